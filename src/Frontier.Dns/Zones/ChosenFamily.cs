// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Zones;
using Frontier.Dns.Wire;

namespace Frontier.Dns.Zones;

/// <summary>All record sets of one name and type, of which some are answered.</summary>
internal sealed class ChosenFamily(TypeNumber type, ImmutableArray<ChosenSet> sets)
{
    public TypeNumber Type { get; } = type;

    public ImmutableArray<ChosenSet> Sets { get; } = sets;

    /// <summary>What the choice is made among, in the same order.</summary>
    public ImmutableArray<RecordSetConfig> Configs { get; } = [.. sets.Select(static set => set.Config)];

    /// <summary>One set that needs no choice: an alias that stands alone.</summary>
    public bool IsSimple => Sets is [{ Config: { Routing: null, HealthCheckId: null } }];
}
