// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Zones;
using Frontier.Decisions.Dns;

namespace Frontier.Dns.Zones;

/// <summary>Chooses by <see cref="RecordChoice"/>, with what is known here of health and places.</summary>
/// <param name="health">Null where nobody asks: everything counts as healthy.</param>
/// <param name="places">Null where nobody knows where clients are: default locations apply.</param>
internal sealed class RoutedSets(IHealthStates? health, IClientPlaces? places) : ISetChoice
{
    private readonly IHealthStates _health = health ?? new AllHealthy();

    public int Choose(Zone zone, ImmutableArray<RecordSetConfig> sets, in ClientNetwork client, Span<int> chosen, out int scopeLength)
    {
        var verdict = RecordChoice.Choose(sets, places?.Find(client) ?? default, _health, zone.RecordSets, (uint)Random.Shared.NextInt64(), chosen);

        // What chance or health decided holds for everybody, what the place decided for the network that was told (RFC 7871 §7.2.1).
        var isByPlace = verdict.Reason is ChoiceReason.Latency or ChoiceReason.Subdivision or ChoiceReason.Country or ChoiceReason.Continent or ChoiceReason.Anywhere or ChoiceReason.NoLocation;
        scopeLength = isByPlace && client.IsTold ? client.PrefixLength : 0;
        return verdict.Count;
    }

    private sealed class AllHealthy : IHealthStates
    {
        public bool IsHealthy(string healthCheckId) => true;
    }
}
