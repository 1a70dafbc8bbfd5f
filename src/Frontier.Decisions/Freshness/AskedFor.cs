// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Decisions.Freshness;

/// <summary>What of a request bears on storing its answer.</summary>
public readonly record struct AskedFor(RequestMethod Method, RequestCacheControl Control, bool HasAuthorization)
{
    /// <summary>From the request to the origin until its answer began: the answer may have aged on its way (RFC 9111, section 4.2.3).</summary>
    public TimeSpan ResponseDelay { get; init; }

    public static AskedFor Of(RequestHead request) =>
        new(request.Method, RequestCacheControl.Parse(request.Headers), request.Headers.Contains("authorization"u8));
}
