// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Decisions.Freshness;

/// <summary>What of a request bears on storing its answer.</summary>
public readonly record struct AskedFor(RequestMethod Method, RequestCacheControl Control, bool HasAuthorization)
{
    public static AskedFor Of(RequestHead request) =>
        new(request.Method, RequestCacheControl.Parse(request.Headers), request.Headers.Contains("authorization"u8));
}
