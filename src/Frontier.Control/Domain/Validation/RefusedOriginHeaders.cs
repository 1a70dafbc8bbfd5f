// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;

namespace Frontier.Control.Domain.Validation;

/// <summary>Headers that may not be configured for an origin (<c>dataplane.md</c> §10.5), and the one by which loops are told (RFC 8586, section 2).</summary>
internal static class RefusedOriginHeaders
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
    [
        "Cache-Control", "Connection", "Content-Length", "Cookie", "Host", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range",
        "If-Unmodified-Since", "Max-Forwards", "Pragma", "Proxy-Authorization", "Proxy-Connection", "Range", "Request-Range", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "Via", "X-Real-Ip", "CDN-Loop",
    ],
    StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string name) =>
        Names.Contains(name) || name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Edge-", StringComparison.OrdinalIgnoreCase);
}
