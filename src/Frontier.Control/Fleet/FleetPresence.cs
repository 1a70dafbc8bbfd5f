// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Control.Store;

namespace Frontier.Control.Fleet;

/// <summary>
/// Which machines this process hears, and what they said last. Where several control processes work on one store, each writes what it
/// hears into it, so that all of them know the whole. Thread-safe.
/// </summary>
internal sealed class FleetPresence(TimeProvider time)
{
    /// <summary>Bounds what machines can make the control plane remember.</summary>
    private const int MostMachines = NodePlans.MostNodes + 100;

    /// <summary>Of a snapshot's faults the first are enough to know what is wrong.</summary>
    private const int MostFaults = 3;
    private const int LongestFault = 500;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Heard> _heard = [];

    /// <summary>Notes a report: the machine is heard when it comes, not while its answer is awaited, for one without power awaits its answer, too.</summary>
    public void Note(FleetCaller caller, EdgeReport report)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var before = _heard.GetValueOrDefault(report.EdgeId);
            if (before is null && _heard.Count >= MostMachines)
            {
                return;
            }

            var facts = report.Facts ?? caller.Settings?.Facts;
            _heard[report.EdgeId] = new Heard(now, ToReport(caller, report, facts, before, now));
        }
    }

    /// <summary>A process that speaks for itself, such as this one.</summary>
    public void Note(string id, MachineReport report)
    {
        lock (_gate)
        {
            _heard[id] = new Heard(time.GetTimestamp(), report);
        }
    }

    /// <summary>What was heard here within that time.</summary>
    public ImmutableArray<PresenceRow> Read(TimeSpan within)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            return [.. _heard.Select(machine => ToRow(machine.Key, machine.Value, now)).Where(row => row.Ago <= within)];
        }
    }

    /// <summary>Lets go of machines that were not heard for that long.</summary>
    public void Forget(TimeSpan after)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            foreach (var id in _heard.Where(machine => time.GetElapsedTime(machine.Value.At, now) > after).Select(static machine => machine.Key).ToList())
            {
                _heard.Remove(id);
            }
        }
    }

    /// <summary>What a row says; null where a later version wrote it in another form.</summary>
    public static MachineReport? ReportOf(PresenceRow row)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Report, MachineReportJson.Default.MachineReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private PresenceRow ToRow(string id, Heard heard, long now) =>
        new(id, time.GetElapsedTime(heard.At, now), JsonSerializer.Serialize(heard.Report, MachineReportJson.Default.MachineReport));

    private MachineReport ToReport(FleetCaller caller, EdgeReport report, NodeFacts? facts, Heard? before, long now)
    {
        var seconds = before is null ? 0 : time.GetElapsedTime(before.At, now).TotalSeconds;
        double PerSecond(long count) => seconds > 0 ? Math.Round(count / seconds, 1) : 0;
        return new MachineReport(
            caller.Name?.RoleName ?? NodeRoleNames.Of(facts?.Role ?? NodeRole.Edge),
            caller.Settings?.Pop ?? report.Pop,
            facts?.ProgramVersion ?? before?.Report.ProgramVersion ?? "")
        {
            Joined = caller.Name is not null,
            SnapshotVersion = report.SnapshotVersion,
            InvalidationPosition = report.InvalidationPosition,
            RefusedVersion = report.Refused?.Version ?? 0,
            Faults = [.. (report.Refused?.Faults ?? []).Take(MostFaults).Select(static fault => fault.Length > LongestFault ? fault[..LongestFault] : fault)],
            Load = report.Health is { } health ? LoadSteps.Next(before?.Report.Load ?? 0, health.LoadPercent) : before?.Report.Load ?? 0,
            RequestsPerSecond = PerSecond(report.Health?.Requests ?? 0),
            ErrorsPerSecond = PerSecond(report.Health?.ServerErrors ?? 0),
            HitMedianMicroseconds = report.Health?.HitMedianMicroseconds ?? 0,
            HitP99Microseconds = report.Health?.HitP99Microseconds ?? 0,
        };
    }

    /// <param name="At">As <see cref="TimeProvider.GetTimestamp"/> counts: a clock that is set silences nobody.</param>
    private sealed record Heard(long At, MachineReport Report);
}
