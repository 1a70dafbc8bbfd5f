// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;

namespace Frontier.Decisions.Delivery;

/// <summary>Headers that no policy can remove from an answer (DP-21.12).</summary>
public static class ProtectedResponseHeaders
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "Connection", "Content-Encoding", "Content-Length", "Expect", "Host", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "Trailer",
        "Transfer-Encoding", "Upgrade", "Via", "Warning", "X-Accel-Buffering", "X-Accel-Charset", "X-Accel-Limit-Rate", "X-Accel-Redirect", "X-Amzn-Auth",
        "X-Amzn-Cf-Billing", "X-Amzn-Cf-Id", "X-Amzn-Cf-Xff", "X-Amzn-ErrorType", "X-Amzn-Fle-Profile", "X-Amzn-Header-Count", "X-Amzn-Header-Order",
        "X-Amzn-Lambda-Integration-Tag", "X-Amzn-RequestId", "X-Cache", "X-Forwarded-Proto", "X-Real-Ip",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string name) =>
        Names.Contains(name) || name.StartsWith("X-Amz-Cf-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Edge-", StringComparison.OrdinalIgnoreCase);
}
