// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

/// <summary>An invalidation, or its entry in the log.</summary>
public sealed record InvalidationRow
{
    public required string DistributionId { get; init; }

    public required string Id { get; init; }

    public required string CallerReference { get; init; }

    /// <summary>As the caller gave them, in order.</summary>
    public required ImmutableArray<string> Paths { get; init; }

    /// <summary>What edges are told: <see cref="Paths"/>, and what follows from them.</summary>
    public required ImmutableArray<string> EffectivePaths { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public long Sequence { get; init; }

    public bool Completed { get; init; }
}

/// <summary>An invalidation to append; its sequence is the store's to give.</summary>
/// <param name="PathLimit">How many paths of the distribution's open invalidations there may be, this one's included.</param>
/// <param name="WildcardLimit">The same of paths that end in <c>*</c>.</param>
/// <param name="LogKept">How many entries of the log remain; older ones are dropped.</param>
public sealed record NewInvalidation(InvalidationRow Row, int PathLimit, int WildcardLimit, int LogKept)
{
    /// <summary>Whose invalidation it is: an entry of the audit log is written with it. Null leaves no trace.</summary>
    public AuditCall? Audit { get; init; }
}

public enum AppendOutcome
{
    Appended,

    /// <summary>The caller reference was used before; the row is that invalidation.</summary>
    Existing,
    NoSuchDistribution,
    TooManyPaths,
    TooManyWildcards,
}

/// <param name="Row">Present when <see cref="AppendOutcome.Appended"/> or <see cref="AppendOutcome.Existing"/>.</param>
public sealed record InvalidationAppended(AppendOutcome Outcome, InvalidationRow? Row);
