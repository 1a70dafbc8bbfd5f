// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts.Fleet;
using Frontier.Contracts.Zones;
using Frontier.Decisions.Models;
using Frontier.Dns.Routing;

namespace Frontier.Dns.Tests.Harness;

/// <summary>Three points of presence of one edge each, two distributions, and clients of three continents.</summary>
internal static class SmallFleet
{
    public const string Everywhere = "d111.cdn.test";

    /// <summary>In North America and Europe alone, without IPv6 and HTTP/2.</summary>
    public const string Cheap = "d222.cdn.test";

    public const string Germany = "203.0.113.7";
    public const string America = "198.51.100.7";
    public const string Japan = "192.0.2.7";

    private const string Version = "1";

    public static FleetDirectory Directory { get; } = new()
    {
        Revision = Version,
        Pops = [Pop("fra1", 50.0, 8.6, PriceClassZone.Europe), Pop("iad1", 38.9, -77.5, PriceClassZone.NorthAmerica), Pop("nrt1", 35.8, 140.4, PriceClassZone.Japan)],
        Nodes = [Edge("fra1", "127.0.1.1", "fd00::1"), Edge("iad1", "127.0.1.2", "fd00::2"), Edge("nrt1", "127.0.1.3", "fd00::3")],
    };

    public static ServedDistributions Distributions { get; } = new()
    {
        Version = 7,
        CreatedAt = DateTimeOffset.UnixEpoch,
        IsWhole = true,
        Put = [new ServedDistribution(Everywhere, "PriceClass_All", HasIPv6: true, HasHttp2: true), new ServedDistribution(Cheap, "PriceClass_100", HasIPv6: false, HasHttp2: false)],
    };

    public static NodeConfig Edge(string pop, params string[] addresses) => new()
    {
        Id = $"edge-{pop}",
        Pop = pop,
        State = NodeState.InService,
        Facts = new NodeFacts { Role = NodeRole.Edge, ProgramVersion = Version, Addresses = [.. addresses], HttpPort = 1, HttpsPort = 443 },
    };

    /// <summary>The same with one edge changed.</summary>
    public static FleetDirectory With(string pop, Func<NodeConfig, NodeConfig> change) =>
        Directory with { Revision = Guid.NewGuid().ToString(), Nodes = [.. Directory.Nodes.Select(node => node.Pop == pop ? change(node) : node)] };

    public static ViewerPlace? PlaceOf(IPAddress address) => address.ToString()[..3] switch
    {
        "203" => new ViewerPlace { Country = "DE" },
        "198" => new ViewerPlace { Country = "US", Latitude = 40.7, Longitude = -74 },
        "192" or "200" => new ViewerPlace { Country = "JP" },
        _ => null,
    };

    public static FleetEdges Edges(ScriptedHealth health)
    {
        var edges = new FleetEdges(health, PlaceOf, Decisions.Routing.LatencyTable.Empty);
        edges.Change(Directory);
        edges.Change(Distributions.Put.ToDictionary(static distribution => distribution.DomainName, StringComparer.Ordinal));
        return edges;
    }

    private static PopConfig Pop(string name, double latitude, double longitude, PriceClassZone zone) => new() { Name = name, Latitude = latitude, Longitude = longitude, Zone = zone, Region = "eu-central-1" };
}
