// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Decisions.Linting;
using Frontier.Decisions.Planning;

namespace Frontier.Control.Planning;

/// <summary>What would come of a configuration if it were sent now.</summary>
public sealed record PlanDocument
{
    /// <summary>Null for a distribution that would be new.</summary>
    public string? DistributionId { get; init; }

    /// <summary>Of the configuration that it was compared with: the If-Match of the update.</summary>
    public string? ETag { get; init; }

    /// <summary>Why the API would refuse it; then nothing else is told. Null when it would not.</summary>
    public PlannedFault? Refused { get; init; }

    /// <summary>What changes beside the behaviors.</summary>
    public ImmutableArray<PlannedSetting> Settings { get; init => field = value.OrNone; } = [];

    /// <summary>Behaviors that change, in the order they would be tried; removed ones last.</summary>
    public ImmutableArray<PlannedBehavior> Behaviors { get; init => field = value.OrNone; } = [];

    /// <summary>Findings that the present configuration does not have.</summary>
    public ImmutableArray<LintFinding> NewFindings { get; init => field = value.OrNone; } = [];

    /// <summary>Findings that both have.</summary>
    public ImmutableArray<LintFinding> KeptFindings { get; init => field = value.OrNone; } = [];

    /// <summary>Findings that would be gone.</summary>
    public ImmutableArray<LintFinding> GoneFindings { get; init => field = value.OrNone; } = [];

    /// <summary>Null when no log was given, or there is nothing to compare with.</summary>
    public ReplaySummary? Replay { get; init; }
}

/// <summary>The API's error, as it would answer.</summary>
public sealed record PlannedFault(string Code, string Message);

/// <summary>A setting before and after; null where there is none.</summary>
public sealed record PlannedSetting(string Name, string? Before = null, string? After = null);

/// <summary>A behavior that changes.</summary>
/// <param name="Pattern"><c>default</c> for the default one.</param>
public sealed record PlannedBehavior(string Pattern, BehaviorChange Change, ImmutableArray<PlannedSetting> Settings);

/// <summary>What becomes of a behavior.</summary>
public enum BehaviorChange
{
    Changed,
    Added,
    Removed,

    /// <summary>It is tried before others that were tried before it, or the other way round; it may have changed as well.</summary>
    Moved,
}
