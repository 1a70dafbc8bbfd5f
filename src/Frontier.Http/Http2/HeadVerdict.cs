// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>What is to become of a request, by its head.</summary>
internal enum HeadVerdict
{
    Sound,

    /// <summary>RFC 9113, section 8.1.1: a stream error of type PROTOCOL_ERROR.</summary>
    Malformed,

    /// <summary>In good form, but nothing that a CDN serves (§5, DP-30.8): answered with 400, as over HTTP/1.1.</summary>
    Unservable,

    /// <summary>Longer than <see cref="Http1.Http1Limits.HeadBytes"/>, counted as over HTTP/1.1: answered with 413.</summary>
    TooBig,

    /// <summary>A path longer than <see cref="Http1.Http1Limits.TargetBytes"/>: answered with 414.</summary>
    TargetTooLong,
}
