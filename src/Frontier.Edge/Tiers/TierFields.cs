// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tiers;

/// <summary>
/// The header fields by which machines of a fleet speak of a request and its answer. Origins and viewers are never told them, and what they
/// send under such names is dropped (§10.2, §21.2).
/// </summary>
internal static class TierFields
{
    /// <summary>As what the receiver is asked: <c>owner</c>, <c>regional</c> or <c>shield</c>.</summary>
    public static ReadOnlySpan<byte> Level => "X-Edge-Tier"u8;

    /// <summary>The distribution's own domain name.</summary>
    public static ReadOnlySpan<byte> Distribution => "X-Edge-Distribution"u8;

    /// <summary>The digest of the key (<see cref="Decisions.Tiers.TierKey"/>); absent where the sender's cache has no part in the request.</summary>
    public static ReadOnlySpan<byte> Key => "X-Edge-Key"u8;

    /// <summary>How much of the purge log must be in effect in whatever answers.</summary>
    public static ReadOnlySpan<byte> Position => "X-Edge-Position"u8;

    /// <summary>The viewer: <c>http</c> or <c>https</c>, its version of HTTP, address, port, and the proxy that asks for it or a hyphen.</summary>
    public static ReadOnlySpan<byte> Viewer => "X-Edge-Viewer"u8;

    /// <summary>The id of the viewer's request.</summary>
    public static ReadOnlySpan<byte> RequestId => "X-Edge-Request-Id"u8;

    /// <summary>The one origin of its group that a shield is asked for.</summary>
    public static ReadOnlySpan<byte> Origin => "X-Edge-Origin"u8;

    /// <summary>Of an answer: how the receiver came by it, in the words of the access log.</summary>
    public static ReadOnlySpan<byte> Result => "X-Edge-Result"u8;

    /// <summary>Of an answer: how much longer it is good (<see cref="Decisions.Freshness.ToldLifetime"/>).</summary>
    public static ReadOnlySpan<byte> Lifetime => "X-Edge-Lifetime"u8;

    /// <summary>Of an answer: the origin gave none, and how.</summary>
    public static ReadOnlySpan<byte> Failure => "X-Edge-Failure"u8;

    /// <summary>Of an answer: the code for which the group's second origin was asked.</summary>
    public static ReadOnlySpan<byte> Failover => "X-Edge-Failover"u8;

    /// <summary>The receiver does not answer, and why: the sender goes on without it.</summary>
    public static ReadOnlySpan<byte> Declined => "X-Edge-Declined"u8;
}
