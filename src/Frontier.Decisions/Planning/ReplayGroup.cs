// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Decisions.Planning;

/// <summary>Requests for which the same changes.</summary>
/// <param name="Before">The behavior that they met.</param>
/// <param name="After">The behavior that they would meet.</param>
/// <param name="Changes">What changes, in words.</param>
public sealed record ReplayGroup(string Before, string After, ImmutableArray<string> Changes, long Requests, ImmutableArray<ReplayExample> Examples)
{
    /// <summary>Enough to see what is meant.</summary>
    public const int MostExamples = 3;

    /// <summary>The same for groups that are one.</summary>
    internal string Identity => $"{Before}\n{After}\n{string.Join('\n', Changes)}";

    internal ReplayGroup Plus(ReplayGroup other) => this with { Requests = Requests + other.Requests, Examples = [.. Examples.Concat(other.Examples).DistinctBy(static example => example.Request).Take(MostExamples)] };
}

/// <summary>A request of a group.</summary>
/// <param name="Request">Method and URL.</param>
/// <param name="LoggedStatus">As the viewer was answered.</param>
public sealed record ReplayExample(string Request, int LoggedStatus, ReplayOutcome Before, ReplayOutcome After);
