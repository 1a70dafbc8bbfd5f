// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Control.Rollout;
using Frontier.Control.Store;

namespace Frontier.Control.Feed;

/// <summary>
/// The edges that report to this process. What they acknowledged lies in the store, together with that of edges which report to
/// other processes, so that nothing is called deployed before all have it. An edge is in service while it has been heard of
/// within the silence allowed; edges known before a start count from there. A report that says nothing new costs the store nothing, and
/// many that do share a transaction. Thread-safe.
/// </summary>
internal sealed class EdgeRegistry
{
    /// <summary>Bounds what somebody who holds the token can make the control plane remember.</summary>
    private const int MostEdges = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, EdgeState> _edges = [];
    private readonly IControlStore _store;
    private readonly FeedState _feed;
    private readonly TimeSpan _silence;
    private readonly TimeProvider _time;
    private readonly GroupCommit _acknowledging;

    public EdgeRegistry(IControlStore store, FeedState feed, TimeSpan silence, TimeProvider time)
    {
        (_store, _feed, _silence, _time) = (store, feed, silence, time);
        _acknowledging = new GroupCommit(AcknowledgeAsync);
    }

    /// <summary>How often <see cref="NoteAsync"/> is due where other processes wait for the edges heard here: two may be lost before any counts as silent.</summary>
    public TimeSpan NoteInterval => _silence / 4;

    /// <summary>
    /// How long an edge is waited for. Where another process hears it this one knows of that with the next note only, and must not give
    /// it up before the edge itself knows that it is cut off.
    /// </summary>
    private TimeSpan Patience => _store is ISharedControlStore ? _silence + NoteInterval : _silence;

    /// <summary>Notes a report, and what it acknowledges for good. False when there are too many edges.</summary>
    public async Task<bool> NoteReportAsync(EdgeReport report, CancellationToken cancellationToken)
    {
        // A position past the end was earned with another control plane's log and says nothing about this one.
        var moment = _feed.Read();
        var version = report.SnapshotVersion <= moment.Version && moment.IsOurs(report) ? report.SnapshotVersion : 0;
        var position = report.InvalidationPosition <= moment.LogEnd ? report.InvalidationPosition : 0;
        var row = new EdgeRow(report.EdgeId, report.Pop, version, position) { Challenges = report.ChallengeRevision ?? "" };
        bool isNew;
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            if (!_edges.TryGetValue(report.EdgeId, out var edge))
            {
                ForgetSilent(now);
                if (_edges.Count >= MostEdges)
                {
                    return false;
                }

                _edges[report.EdgeId] = edge = new EdgeState { LastHeard = now, Row = row };
            }

            edge.LastHeard = now;
            edge.Row = row;
            edge.Refused = report.Refused;
            edge.Health.Add(version, report.Health);
            edge.IsUnsaved = isNew = edge.Saved != row;
        }

        if (isNew)
        {
            await _acknowledging.JoinAsync().WaitAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>Remembers which version an edge was sent.</summary>
    public void NoteSent(string edgeId, long version)
    {
        lock (_gate)
        {
            if (_edges.TryGetValue(edgeId, out var edge))
            {
                edge.SentVersion = version;
            }
        }
    }

    public long SentVersion(string edgeId)
    {
        lock (_gate)
        {
            return _edges.TryGetValue(edgeId, out var edge) ? edge.SentVersion : 0;
        }
    }

    /// <summary>What is known here of edges that are heard here, for whoever judges a rollout; others are left out.</summary>
    public ImmutableArray<EdgeObservation> Observe(IEnumerable<string> edgeIds)
    {
        lock (_gate)
        {
            return [.. edgeIds.Where(_edges.ContainsKey).Select(id => new EdgeObservation(id, _edges[id].Refused, _edges[id].Health.Before, _edges[id].Health.Now))];
        }
    }

    /// <summary>All edges in service, whichever process hears them, and what they acknowledged.</summary>
    public async Task<ImmutableArray<EdgeRow>> ListInServiceAsync(CancellationToken cancellationToken)
    {
        await WhereThereIsRoomAsync(NoteAsync(cancellationToken));
        return await _store.ListEdgesAsync(Patience, cancellationToken);
    }

    /// <summary>Writes down what every edge in service has by now. Called with every new acknowledgement, and before statuses are read: edges gone silent are noticed then.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => WhereThereIsRoomAsync(_store.SettleAsync(Heard(), Patience, cancellationToken));

    /// <summary>Counts the edges of before a start as heard now.</summary>
    public Task ReviveAsync(CancellationToken cancellationToken) => WhereThereIsRoomAsync(_store.ReviveEdgesAsync(cancellationToken));

    /// <summary>Tells other processes of the edges that are heard here. One that they have given up comes back with its next report.</summary>
    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        if (Heard() is not { IsEmpty: false } heard || await _store.NoteEdgesAsync(heard, cancellationToken) >= heard.Length)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var edge in _edges.Values)
            {
                edge.Saved = null;
            }
        }
    }

    /// <summary>A full disk keeps statuses as they are, and no edge from its answer.</summary>
    private static async Task WhereThereIsRoomAsync(Task write)
    {
        try
        {
            await write;
        }
        catch (StoreFullException)
        {
            // Whoever changes something is told; what is noted here is noted again with the next report.
        }
    }

    /// <summary>Saves what is new of all edges, whichever report it came with. Many wait for it, so it ends with none of them.</summary>
    private async Task AcknowledgeAsync()
    {
        ImmutableArray<EdgeRow> rows;
        lock (_gate)
        {
            rows = [.. _edges.Values.Where(static edge => edge.IsUnsaved).Select(static edge => edge.Row)];
        }

        if (!rows.IsEmpty)
        {
            await WhereThereIsRoomAsync(SaveAsync(rows));
        }

        await SettleAsync(CancellationToken.None);
    }

    private async Task SaveAsync(ImmutableArray<EdgeRow> rows)
    {
        await _store.SaveEdgesAsync(rows, CancellationToken.None);
        lock (_gate)
        {
            foreach (var row in rows)
            {
                if (_edges.TryGetValue(row.EdgeId, out var edge))
                {
                    edge.Saved = row;
                    edge.IsUnsaved = edge.Row != row;
                }
            }
        }
    }

    private ImmutableArray<EdgeHeard> Heard()
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            ForgetSilent(now);
            return [.. _edges.Select(edge => new EdgeHeard(edge.Key, _time.GetElapsedTime(edge.Value.LastHeard, now)))];
        }
    }

    private void ForgetSilent(long now)
    {
        foreach (var id in _edges.Where(edge => _time.GetElapsedTime(edge.Value.LastHeard, now) > _silence).Select(static edge => edge.Key).ToList())
        {
            _edges.Remove(id);
        }
    }
}
