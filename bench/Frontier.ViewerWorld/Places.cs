// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Frontier.Contracts.Fleet;

namespace Frontier.ViewerWorld;

/// <summary>A fleet of forty places in the cities where large networks have theirs, with four edges each.</summary>
internal static class Places
{
    private const string Table = """
        iad 38.9 -77.5 atl 33.6 -84.4 ord 42.0 -87.9 dfw 32.9 -97.0 lax 33.9 -118.4 sea 47.4 -122.3 mia 25.8 -80.3 yyz 43.7 -79.6 qro 20.6 -100.2
        gru -23.4 -46.5 eze -34.8 -58.5 scl -33.4 -70.8 bog 4.7 -74.1 lim -12.0 -77.1 lhr 51.5 -0.5 fra 50.0 8.6 cdg 49.0 2.5 mad 40.5 -3.6
        mxp 45.6 8.7 arn 59.7 17.9 waw 52.2 21.0 sof 42.7 23.4 ist 41.3 28.7 tlv 32.0 34.9 cai 30.1 31.4 dxb 25.3 55.4 nbo -1.3 36.9
        jnb -26.1 28.2 los 6.6 3.3 bom 19.1 72.9 del 28.6 77.1 maa 13.0 80.2 sin 1.4 104.0 cgk -6.1 106.7 mnl 14.5 121.0 hkg 22.3 113.9
        tpe 25.1 121.2 icn 37.5 126.5 nrt 35.8 140.4 syd -33.9 151.2
        """;

    public static FleetDirectory Fleet()
    {
        var rows = Table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(3).ToList();
        return FleetDirectory.Empty with
        {
            Pops = [.. rows.Select(static row => new PopConfig { Name = row[0] + "1", Latitude = Number(row[1]), Longitude = Number(row[2]), Zone = PriceClassZone.Europe, Region = "eu-central-1" })],
            Nodes = [.. rows.Index().SelectMany(static row => EdgesOf(row.Index, row.Item[0] + "1"))],
        };
    }

    private static ImmutableArray<NodeConfig> EdgesOf(int place, string pop) =>
    [
        .. Enumerable.Range(1, 4).Select(number => new NodeConfig
        {
            Id = $"{pop}-{number}",
            Pop = pop,
            State = NodeState.InService,
            Facts = new NodeFacts { Role = NodeRole.Edge, ProgramVersion = "0", Addresses = [$"10.1.{place}.{number}"] },
        }),
    ];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
