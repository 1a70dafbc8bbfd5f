// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Frontier.Contracts.Fleet;
using Frontier.Control.Api;
using Frontier.Control.Feed;
using Frontier.Control.Fleet;

namespace Frontier.Control.OwnApi.Fleet;

/// <summary>How the fleet does: what every process serves, how far it is behind, and what is not as it should be.</summary>
internal sealed class StatusOperations(FleetBoard board, FeedState feed, ControlOptions options, TimeProvider time)
{
    /// <summary>Longer than any change takes to reach an edge in order.</summary>
    private static readonly TimeSpan LagAllowed = TimeSpan.FromSeconds(10);

    public IEnumerable<OwnRoute> Routes =>
    [
        new("GetStatus", "GET", "status", "How the fleet does: every process with its versions, positions, lag, health and load", Changes: false, GetAsync) { Answer = OwnJson.Default.StatusDocument },
    ];

    private async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        await board.RefreshAsync(cancellationToken);
        var document = Compose(board.Read(), feed.Read(), options.EdgeSilence, time.GetUtcNow());
        return new ApiResponse { Content = ApiContent.OfJson(document, OwnJson.Default.StatusDocument) };
    }

    internal static StatusDocument Compose(FleetMoment fleet, FeedMoment feed, TimeSpan silence, DateTimeOffset now)
    {
        var machines = fleet.Directory.Nodes.Select(node => ToProcess(node.Id, node, fleet.Heard.GetValueOrDefault(node.Id), feed, silence, now));

        // Control processes, and the edge beside one: nobody let them in, so they are of the fleet while they are heard.
        var others = fleet.Heard.Where(heard => heard.Value is { Report.Joined: false } && heard.Value.Ago <= silence)
            .Select(heard => ToProcess(heard.Key, null, heard.Value, feed, silence, now));
        var processes = others.Concat(machines).OrderBy(static process => process.Pop is not null).ThenBy(static process => process.Pop, StringComparer.Ordinal).ThenBy(static process => process.Id, StringComparer.Ordinal).ToImmutableArray();
        var pops = fleet.Directory.Pops.Select(pop => ToPop(pop, [.. processes.Where(process => process.Pop == pop.Name)])).ToImmutableArray();
        return new StatusDocument(now, feed.Version, feed.LogEnd, pops, processes, [.. pops.SelectMany(ProblemsOf), .. processes.SelectMany(ProblemsOf)]);
    }

    private static StatusPopDocument ToPop(PopConfig pop, ImmutableArray<StatusProcessDocument> machines) => new(
        pop.Name, pop.Zone.ToString(), pop.Region, pop.IsDrained, machines.Count(static machine => machine.State == nameof(NodeState.InService)), machines.Length,
        Math.Round(machines.Where(static machine => machine.State != nameof(NodeState.Silent)).Sum(static machine => machine.RequestsPerSecond), 1));

    private static StatusProcessDocument ToProcess(string id, NodeConfig? node, HeardMachine? heard, FeedMoment feed, TimeSpan silence, DateTimeOffset now)
    {
        var report = heard?.Report;
        var state = node?.State ?? (heard?.Ago <= silence ? NodeState.InService : NodeState.Silent);
        var pop = node?.Pop ?? (report?.Pop is { Length: > 0 } at ? at : null);
        var role = node is null ? report?.Role ?? "" : NodeRoleNames.Of(node.Facts.Role);
        var document = new StatusProcessDocument(id, role, state.ToString(), node?.Facts.ProgramVersion ?? report?.ProgramVersion ?? "", pop, heard is null ? null : Math.Round(heard.Ago.TotalSeconds, 1));
        if (report is null)
        {
            return document;
        }

        // Who serves nothing that a snapshot says, such as a DNS node, is not behind.
        var reads = node?.Facts.Role is not NodeRole.Dns;
        var appliesLog = reads && pop is not null;
        return document with
        {
            SnapshotVersion = reads ? report.SnapshotVersion : null,
            SnapshotLag = reads ? Math.Max(0, feed.Version - report.SnapshotVersion) : 0,
            SnapshotLagSeconds = reads ? Math.Round(LagOf(report.SnapshotVersion, feed, now).TotalSeconds, 1) : 0,
            InvalidationPosition = appliesLog ? report.InvalidationPosition : null,
            InvalidationLag = appliesLog ? Math.Max(0, feed.LogEnd - report.InvalidationPosition) : 0,
            RefusedVersion = report.RefusedVersion > 0 ? report.RefusedVersion : null,
            Faults = report.Faults,
            Load = report.Load,
            RequestsPerSecond = report.RequestsPerSecond,
            ErrorsPerSecond = report.ErrorsPerSecond,
            HitMedianMicroseconds = report.HitMedianMicroseconds,
            HitP99Microseconds = report.HitP99Microseconds,
        };
    }

    /// <summary>How long ago the first version was made that is newer than <paramref name="version"/>, as far back as versions are remembered.</summary>
    private static TimeSpan LagOf(long version, FeedMoment feed, DateTimeOffset now) =>
        feed.Recent.FirstOrDefault(recent => recent.Version > version) is { } missed ? now - missed.CreatedAt : TimeSpan.Zero;

    private static IEnumerable<string> ProblemsOf(StatusPopDocument pop)
    {
        if (pop is { Machines: > 0, InService: 0, IsDrained: false })
        {
            yield return $"{pop.Name}: none of its machines is in service.";
        }
    }

    private static IEnumerable<string> ProblemsOf(StatusProcessDocument process)
    {
        if (process.State == nameof(NodeState.Silent))
        {
            yield return process.LastHeardSeconds is { } ago
                ? string.Create(CultureInfo.InvariantCulture, $"{process.Id}: not heard of for {ago:0} seconds.")
                : $"{process.Id}: not heard of.";
        }
        else if (process.RefusedVersion is { } refused)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{process.Id}: refuses version {refused}: {string.Join(" ", process.Faults)}");
        }
        else if (process.SnapshotLagSeconds > LagAllowed.TotalSeconds)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{process.Id}: {process.SnapshotLag} versions behind, for {process.SnapshotLagSeconds:0} seconds.");
        }
    }
}
