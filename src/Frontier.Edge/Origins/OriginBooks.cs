// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Runtime.InteropServices;
using Frontier.Http.Limits;

namespace Frontier.Edge.Origins;

/// <summary>
/// Keeps count of what goes on with every origin: its health, and how much of it each viewer holds. All state is under one
/// lock, but for the tallies, which have their own.
/// </summary>
/// <param name="maxPerViewer">Exchanges that one viewer may have under way with one origin.</param>
internal sealed class OriginBooks(int maxPerViewer, TimeProvider time)
{
    /// <summary>Origins whose counters are kept; the one unused for longest gives way. Many more than an edge's distributions use at a time.</summary>
    private const int MaxOrigins = 1_024;

    private readonly Lock _gate = new();
    private readonly Dictionary<OriginAddress, OriginTally> _tallies = [];
    private readonly Dictionary<(OriginAddress Origin, UInt128 Viewer), int> _shares = [];

    /// <summary>Enters an exchange; null when its viewer has as many under way there as it may. Whoever gets a use ends it.</summary>
    public OriginUse? TryBegin(OriginEndpoint endpoint, IPAddress? viewer)
    {
        var origin = OriginAddress.Of(endpoint);
        OriginTally tally;
        (OriginAddress Origin, UInt128 Viewer)? share = viewer is null ? null : (origin, ViewerNetwork.Of(viewer));
        var granted = true;
        lock (_gate)
        {
            tally = TallyOf(origin);
            if (share is { } key)
            {
                ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(_shares, key, out _);
                granted = held < maxPerViewer;
                held += granted ? 1 : 0;
            }
        }

        tally.Began();
        if (granted)
        {
            return new OriginUse(this, tally, share);
        }

        tally.Failed(OriginFailure.NoCapacity, time.GetUtcNow());
        return null;
    }

    public DateTimeOffset Now => time.GetUtcNow();

    public void GiveBack((OriginAddress Origin, UInt128 Viewer) share)
    {
        lock (_gate)
        {
            ref var held = ref CollectionsMarshal.GetValueRefOrNullRef(_shares, share);
            if (--held == 0)
            {
                _shares.Remove(share); // so that there are never more entries than exchanges under way
            }
        }
    }

    /// <param name="occupancy">Connections open and idle, by origin.</param>
    public ImmutableArray<OriginHealth> Snapshot(Dictionary<OriginAddress, (int Open, int Idle)> occupancy)
    {
        KeyValuePair<OriginAddress, OriginTally>[] tallies;
        lock (_gate)
        {
            tallies = [.. _tallies];
        }

        return
        [
            .. tallies.Select(entry => (Tally: entry.Value, Connections: occupancy.GetValueOrDefault(entry.Key)))
                .Select(static entry => entry.Tally.Snapshot(entry.Connections.Open, entry.Connections.Idle))
                .OrderBy(static health => health.Host, StringComparer.Ordinal).ThenBy(static health => health.Port),
        ];
    }

    private OriginTally TallyOf(OriginAddress origin)
    {
        if (!_tallies.TryGetValue(origin, out var tally))
        {
            if (_tallies.Count >= MaxOrigins)
            {
                _tallies.Remove(_tallies.MinBy(static entry => entry.Value.UsedAt).Key);
            }

            _tallies[origin] = tally = new OriginTally(origin);
        }

        tally.UsedAt = time.GetTimestamp();
        return tally;
    }
}
