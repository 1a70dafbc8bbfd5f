// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Contracts.Zones;
using Frontier.Control.Fleet;

namespace Frontier.Control.Feed;

/// <summary>What the feed of zones has to do with the fleet: which DNS node reports, and what it lacks to answer with edges. Thread-safe.</summary>
internal sealed class DnsDesk(FleetDesk fleet, FeedState feed, FeedFollower follower)
{
    public FleetGate Gate => fleet.Gate;

    /// <summary>Notes that a machine is there, and what it says of itself. The server beside this control plane is no machine.</summary>
    public async Task HearAsync(FleetCaller caller, ZoneReport report, CancellationToken cancellationToken)
    {
        await follower.CatchUpAsync(report, cancellationToken);
        await fleet.HearAsync(caller, report.Facts, cancellationToken);
        if (caller is { Name: { } name, Settings: { } settings })
        {
            fleet.Presence.Note(name.Id, new MachineReport(name.RoleName, settings.Pop, (report.Facts ?? settings.Facts).ProgramVersion) { Joined = true });
        }
    }

    public DnsNews NewsFor(FleetCaller caller, ZoneReport report)
    {
        var moment = feed.Read();
        return new DnsNews(report.FleetRevision is { } revision ? fleet.LackingOf(caller, revision) : null, DistributionViews.LackingOf(moment, report), moment.Moved);
    }
}

/// <summary>What a DNS node lacks beside zones.</summary>
/// <param name="Fleet">Null where it has the newest.</param>
/// <param name="Distributions">Null likewise.</param>
/// <param name="Moved">Completes when there may be something newer.</param>
internal readonly record struct DnsNews(FleetDirectory? Fleet, ServedDistributions? Distributions, Task Moved)
{
    public bool IsNone => Fleet is null && Distributions is null;
}
