// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>The call that a change belongs to: who, when, from where, and by which operation.</summary>
/// <param name="Source">The address that the call came from.</param>
/// <param name="Kept">How many entries of changes the log keeps, give or take <see cref="AuditLimits.PruneEvery"/>; older ones are dropped.</param>
public sealed record AuditCall(DateTimeOffset At, string AccessKeyId, string Source, string Operation, string RequestId, int Kept)
{
    /// <summary>What tells the call from every other, by what was signed; null where nothing was.</summary>
    public string? Signed { get; init; }
}

/// <summary>An entry of the audit log. It holds no secrets: what its documents are made of leaves them out.</summary>
public sealed record AuditRow
{
    /// <summary>The store's to give; grows, and may leave numbers out.</summary>
    public long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string AccessKeyId { get; init; }

    public required string Source { get; init; }

    public required string Operation { get; init; }

    public required string RequestId { get; init; }

    /// <summary>A <see cref="ResourceKind"/>, <c>Invalidation</c> or <c>AccessKey</c>; empty for a refused attempt.</summary>
    public required string Kind { get; init; }

    /// <summary>Of an invalidation that of its distribution; may be empty for a refused attempt.</summary>
    public required string ResourceId { get; init; }

    public string? ETagBefore { get; init; }

    public string? ETagAfter { get; init; }

    /// <summary>XML, at most <see cref="AuditLimits.LongestDocument"/> characters; null where there was nothing.</summary>
    public string? Before { get; init; }

    /// <summary>The same afterwards.</summary>
    public string? After { get; init; }

    /// <summary>The call's <see cref="AuditCall.Signed"/>, by which its repetition is known; null for a refused attempt.</summary>
    public string? Signed { get; init; }

    /// <summary>The code that a refused attempt was answered with; null for a change that was made.</summary>
    public string? Error { get; init; }
}

/// <summary>Which entries are asked for; all that is given must hold.</summary>
/// <param name="Before">Only those with a smaller sequence.</param>
public sealed record AuditQuery(long Before, int Limit)
{
    public DateTimeOffset? Since { get; init; }

    public string? ResourceId { get; init; }

    public string? AccessKeyId { get; init; }
}

/// <summary>What bounds the audit log.</summary>
public static class AuditLimits
{
    /// <summary>In characters; what is longer is cut and says so.</summary>
    public const int LongestDocument = 16_384;

    /// <summary>Old entries are dropped with every so many new ones: that costs a walk over those that stay.</summary>
    public const int PruneEvery = 64;
}
