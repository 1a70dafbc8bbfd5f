// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Control.OwnApi.Fleet;
using Frontier.OwnApi;

namespace Frontier.Fleet;

/// <summary>Points of presence, machines and how they do, as a terminal shows them.</summary>
internal static class FleetPages
{
    private const string Unknown = "-";

    public static string Pops(IEnumerable<PopDocument> pops) => TextTable.Of(
        ["POP", "CITY", "LATITUDE", "LONGITUDE", "ZONE", "REGION", "MACHINES", "CAPACITY", "STATE"],
        pops.Select(static pop => new[]
        {
            pop.Name, pop.City ?? Unknown, Number(pop.Latitude), Number(pop.Longitude), pop.Zone, pop.Region, Number(pop.Machines), Number(pop.Capacity), pop.IsDrained ? "drained" : "open",
        }));

    public static string Nodes(IEnumerable<NodeDocument> nodes) => TextTable.Of(
        ["MACHINE", "ROLE", "POP", "STATE", "VERSION", "ADDRESSES", "HTTP", "HTTPS", "TIER", "WEIGHT", "JOINED"],
        nodes.Select(static node => new[]
        {
            node.Id, node.Role, node.Pop, node.State + (node.IsDrained ? " (drained)" : ""), node.ProgramVersion, node.Addresses.IsEmpty ? Unknown : string.Join(",", node.Addresses),
            Port(node.HttpPort), Port(node.HttpsPort), node.Tier ?? Unknown, Number(node.Weight), node.JoinedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        }));

    public static string Tokens(IEnumerable<JoinTokenSummaryDocument> tokens) => TextTable.Of(
        ["TOKEN", "ROLE", "POP", "STATE", "USES LEFT", "EXPIRES"],
        tokens.Select(static token => new[]
        {
            token.Id, token.Role, token.Pop, token.State, Number(token.UsesLeft), token.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        }));

    public static string Status(StatusDocument status)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{status.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  configuration {status.SnapshotVersion}  invalidations {status.InvalidationPosition}\n\n");
        if (!status.Pops.IsEmpty)
        {
            text.AppendLine(TextTable.Of(
                ["POP", "ZONE", "REGION", "STATE", "IN SERVICE", "REQUESTS/S"],
                status.Pops.Select(static pop => new[] { pop.Name, pop.Zone, pop.Region, pop.IsDrained ? "drained" : "open", $"{Number(pop.InService)}/{Number(pop.Machines)}", Rate(pop.RequestsPerSecond) })));
            text.AppendLine();
        }

        text.AppendLine(TextTable.Of(
            ["PROCESS", "ROLE", "POP", "STATE", "HEARD", "VERSION", "CONFIGURATION", "LAG", "INVALIDATIONS", "LAG", "LOAD", "REQUESTS/S", "ERRORS/S", "HIT P50", "HIT P99"],
            status.Processes.Select(Row)));
        text.AppendLine();
        text.Append(status.Problems.IsEmpty ? "All is well." : string.Join('\n', status.Problems));
        return text.ToString();
    }

    private static string[] Row(StatusProcessDocument process) =>
    [
        process.Id, process.Role, process.Pop ?? Unknown, process.State, process.LastHeardSeconds is { } ago ? $"{ago.ToString("0", CultureInfo.InvariantCulture)} s" : Unknown, process.ProgramVersion,
        process.SnapshotVersion is { } version ? Number(version) + (process.RefusedVersion is { } refused ? $" (refuses {Number(refused)})" : "") : Unknown,
        process.SnapshotLag > 0 ? $"{Number(process.SnapshotLag)}, {process.SnapshotLagSeconds.ToString("0", CultureInfo.InvariantCulture)} s" : "0",
        process.InvalidationPosition is { } position ? Number(position) : Unknown,
        Number(process.InvalidationLag),
        $"{Number(process.Load)}%", Rate(process.RequestsPerSecond), Rate(process.ErrorsPerSecond), Time(process.HitMedianMicroseconds), Time(process.HitP99Microseconds),
    ];

    private static string Port(int port) => port == 0 ? Unknown : Number(port);

    private static string Rate(double perSecond) => perSecond.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Time(long microseconds) => microseconds == 0 ? Unknown : $"{Number(microseconds)} µs";

    private static string Number<T>(T number)
        where T : IFormattable =>
        number.ToString(null, CultureInfo.InvariantCulture);
}
