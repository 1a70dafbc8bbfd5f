// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Scenarios.Stability;

/// <summary>Which machines a <see cref="FleetOnNetwork"/> has beside its control plane, its database and its origin.</summary>
internal sealed record FleetShape
{
    /// <summary>In <see cref="WithTiers"/>, an edge whose clock may be set.</summary>
    public const int WillBeAhead = 1;

    /// <inheritdoc cref="WillBeAhead"/>
    public const int WillBeBehind = 4;

    /// <summary>Caches behind and beside caches.</summary>
    public static FleetShape WithTiers { get; } = new() { EdgesPerPop = 2, HasRegional = true, SteppingClocks = [WillBeAhead, WillBeBehind] };

    /// <summary>DNS servers that choose edges.</summary>
    public static FleetShape WithDns { get; } = new() { EdgesPerPop = 1, DnsNodes = 2 };

    public required int EdgesPerPop { get; init; }

    public bool HasRegional { get; init; }

    public int DnsNodes { get; init; }

    /// <summary>Edges by their number.</summary>
    public IReadOnlyList<int> SteppingClocks { get; init; } = [];
}
