// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Explaining;

/// <summary>
/// Why one request is answered the way it is, stage by stage as in <c>dataplane.md</c> §1. A stage that was not reached is
/// null. Times are UTC, lengths of time whole seconds.
/// </summary>
public sealed record Explanation
{
    public required ExplainedRequest Request { get; init; }

    /// <summary>Null when the Host belongs to none.</summary>
    public ExplainedDistribution? Distribution { get; init; }

    public ExplainedBehavior? Behavior { get; init; }

    public required ExplainedAccess Access { get; init; }

    /// <summary>Null where there is no key (DP-6.13).</summary>
    public ExplainedKey? Key { get; init; }

    public ExplainedCache? Cache { get; init; }

    /// <summary>The arithmetic of the object found or, on a live request, of the answer that came; null when there is neither.</summary>
    public ExplainedLifetime? Lifetime { get; init; }

    public ExplainedOrigin? Origin { get; init; }

    /// <summary>Null unless the request was really served.</summary>
    public ExplainedAnswer? Answer { get; init; }
}
