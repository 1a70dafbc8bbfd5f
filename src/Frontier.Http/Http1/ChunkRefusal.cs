// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http1;

/// <summary>Why a chunked body was refused (RFC 9112, section 7.1).</summary>
public enum ChunkRefusal
{
    None,

    /// <summary>Not one to sixteen hexadecimal digits, or more than <see cref="Http1Limits.ChunkBytes"/>.</summary>
    InvalidSize,

    /// <summary>A control in an extension, or more of it than <see cref="Http1Limits.ChunkExtensionBytes"/>.</summary>
    InvalidExtension,

    /// <summary>A line of the coding does not end in CRLF.</summary>
    InvalidLineEnd,

    /// <summary>A trailer field that could not stand in a head either.</summary>
    InvalidTrailer,

    /// <summary>Trailers longer than <see cref="Http1Limits.TrailerBytes"/>.</summary>
    TrailersTooBig,
}
