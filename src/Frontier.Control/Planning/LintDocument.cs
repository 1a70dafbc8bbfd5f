// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Decisions.Linting;

namespace Frontier.Control.Planning;

/// <summary>What the linter says of a configuration.</summary>
public sealed record LintDocument
{
    /// <summary>Null where none was named.</summary>
    public string? DistributionId { get; init; }

    /// <summary>Why the API would refuse it; then there are no findings. Null when it would not.</summary>
    public PlannedFault? Refused { get; init; }

    /// <summary>What is worst first.</summary>
    public ImmutableArray<LintFinding> Findings { get; init => field = value.OrNone; } = [];
}
