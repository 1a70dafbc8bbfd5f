// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Contracts.Zones;
using Frontier.Decisions.Dns;
using Frontier.Dns.Tests.Harness;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Tests.Zones;

/// <summary>Routing policies as the server applies them, and for which network an answer holds (RFC 7871 §7.2.1).</summary>
public sealed class RoutedSetsTests
{
    private static readonly Zone Zone = TestZone.Make("example.test.", "target 60 A 192.0.2.1\n");
    private static readonly ClientNetwork German = ClientNetwork.Of(IPAddress.Parse("198.51.100.0")) with { PrefixLength = 24, IsTold = true };

    private static readonly ImmutableArray<RecordSetConfig> ByPlace =
    [
        Set("rest", new RoutingConfig { Geo = new GeoLocationConfig(null, "*", null) }),
        Set("eu", new RoutingConfig { Geo = new GeoLocationConfig("EU", null, null) }),
    ];

    private static readonly ImmutableArray<RecordSetConfig> ByFailover =
    [
        Set("first", new RoutingConfig { IsPrimary = true }) with { HealthCheckId = "down" },
        Set("second", new RoutingConfig { IsPrimary = false }),
    ];

    [Fact]
    public void What_the_place_decided_holds_for_the_network_that_was_told_NB_5_4()
    {
        Assert.Equal(("eu", 24), Choose(ByPlace, German));
        Assert.Equal(("rest", 20), Choose(ByPlace, German with { Address = 0, PrefixLength = 20 }));
        Assert.Equal(("eu", 0), Choose(ByPlace, German with { IsTold = false }));
    }

    [Fact]
    public void What_health_decided_holds_for_everybody_NB_5_5() => Assert.Equal(("second", 0), Choose(ByFailover, German));

    [Fact]
    public void Without_places_the_default_location_applies_and_without_health_all_is_well()
    {
        var sets = new RoutedSets(null, null);
        var chosen = new int[ISetChoice.MostChosen];

        Assert.Equal(1, sets.Choose(Zone, ByPlace, German, chosen, out _));
        Assert.Equal(0, chosen[0]);
        Assert.Equal(1, sets.Choose(Zone, ByFailover, German, chosen, out _));
        Assert.Equal(0, chosen[0]);
    }

    private static (string? Set, int Scope) Choose(ImmutableArray<RecordSetConfig> sets, ClientNetwork client)
    {
        var chosen = new int[ISetChoice.MostChosen];
        Assert.Equal(1, new RoutedSets(new Down(), new Germany()).Choose(Zone, sets, client, chosen, out var scope));
        return (sets[chosen[0]].SetIdentifier, scope);
    }

    private static RecordSetConfig Set(string identifier, RoutingConfig routing) =>
        new() { Name = "www.example.test.", Type = "A", Ttl = 60, Values = ["192.0.2.1"], SetIdentifier = identifier, Routing = routing };

    private sealed class Down : IHealthStates
    {
        public bool IsHealthy(string healthCheckId) => healthCheckId != "down";
    }

    private sealed class Germany : IClientPlaces
    {
        public ClientPlace Find(in ClientNetwork client) => client.Address >> 104 == 0xC63364 ? new ClientPlace("EU", "DE", null, null, null) : default;
    }
}
