// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Server;

/// <summary>What is answered to a query for everything: host information that says which RFC allows it (RFC 8482 §4.2).</summary>
internal static class MinimalAny
{
    /// <summary>Long, so that resolvers do not ask again.</summary>
    public const uint TtlSeconds = 3_600;

    /// <summary>Two character strings, the second one empty.</summary>
    public static ReadOnlySpan<byte> Data => "\aRFC8482\0"u8;
}
