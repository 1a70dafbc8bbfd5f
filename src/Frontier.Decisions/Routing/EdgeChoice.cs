// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;

namespace Frontier.Decisions.Routing;

/// <summary>Which edges serve a client, and how that came about.</summary>
public sealed record EdgeChoice
{
    /// <summary>The best first; none only where the fleet has no edge with such an address.</summary>
    public required ImmutableArray<ChosenEdge> Edges { get; init; }

    /// <summary>Every point of presence: the chosen one, then those that could have served by their cost, then the others.</summary>
    public required ImmutableArray<ConsideredPop> Pops { get; init; }

    /// <summary>What was not asked of edges, for with it nobody would have been left; null where all was.</summary>
    public string? Relaxed { get; init; }
}

/// <param name="Address">Of the family asked for.</param>
public sealed record ChosenEdge(string NodeId, string Pop, IPAddress Address);

/// <summary>A point of presence in a decision.</summary>
/// <param name="Milliseconds">A round trip between the client and it.</param>
/// <param name="IsMeasured">Whether that was measured; otherwise it is made of the distance.</param>
/// <param name="Kilometres">Null where nobody knows where the client is.</param>
/// <param name="LoadPercent">Of its edges, by their weight.</param>
/// <param name="ShedShare">How many of its clients it gives away, 0 to 1.</param>
public sealed record ConsideredPop(string Name, PopVerdict Verdict, double Milliseconds, bool IsMeasured, double? Kilometres, double LoadPercent, double ShedShare);
