// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Store;

namespace Frontier.Control.Feed;

/// <summary>
/// The edges in service and what they acknowledged. An edge is in service while it has been heard of within the silence allowed.
/// Edges known before a restart count from its beginning, with nothing acknowledged, so that nothing is called deployed before
/// they have spoken or gone silent. Thread-safe.
/// </summary>
internal sealed class EdgeRegistry(IControlStore store, FeedState feed, TimeSpan silence, TimeProvider time)
{
    /// <summary>Bounds what somebody who holds the token can make the control plane remember.</summary>
    private const int MostEdges = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, EdgeState> _edges = [];
    private long _settledVersion;
    private long _settledSequence;

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var edge in await store.ListEdgesAsync(cancellationToken))
        {
            lock (_gate)
            {
                _edges[edge.EdgeId] = new EdgeState { LastHeard = now };
            }
        }
    }

    /// <summary>Notes a report; until <see cref="EndPoll"/> the edge counts as heard. False when there are too many edges.</summary>
    public async Task<bool> BeginPollAsync(EdgeReport report, CancellationToken cancellationToken)
    {
        bool isNew;
        lock (_gate)
        {
            isNew = !_edges.TryGetValue(report.EdgeId, out var edge);
            if (edge is null)
            {
                if (_edges.Count >= MostEdges)
                {
                    return false;
                }

                _edges[report.EdgeId] = edge = new EdgeState { LastHeard = time.GetUtcNow() };
            }

            edge.LastHeard = time.GetUtcNow();
            edge.OpenPolls++;

            // A position past the end was earned with another control plane's log and says nothing about this one.
            var moment = feed.Read();
            edge.SnapshotVersion = report.SnapshotVersion <= moment.Version && moment.IsOurs(report) ? report.SnapshotVersion : 0;
            edge.InvalidationPosition = report.InvalidationPosition <= moment.LogEnd ? report.InvalidationPosition : 0;
        }

        try
        {
            if (isNew)
            {
                await store.SaveEdgeAsync(new EdgeRow(report.EdgeId, report.Pop), cancellationToken);
            }

            await SettleAsync(cancellationToken);
            return true;
        }
        catch
        {
            EndPoll(report.EdgeId, null); // or an edge that is gone would count as heard for ever
            throw;
        }
    }

    public void EndPoll(string edgeId, long? sentVersion)
    {
        lock (_gate)
        {
            if (_edges.TryGetValue(edgeId, out var edge))
            {
                edge.OpenPolls--;
                edge.LastHeard = time.GetUtcNow();
                edge.SentVersion = sentVersion ?? edge.SentVersion;
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

    /// <summary>Writes down what every edge in service has by now. Called at every report, and before statuses are read: edges gone silent are noticed then.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        long version, sequence;
        List<string> silent;
        lock (_gate)
        {
            var oldest = time.GetUtcNow() - silence;
            silent = [.. _edges.Where(edge => edge.Value.OpenPolls == 0 && edge.Value.LastHeard < oldest).Select(edge => edge.Key)];
            silent.ForEach(id => _edges.Remove(id));
            version = _edges.Count == 0 ? 0 : _edges.Values.Min(edge => edge.SnapshotVersion);
            sequence = _edges.Count == 0 ? 0 : _edges.Values.Min(edge => edge.InvalidationPosition);
            if (version <= _settledVersion && sequence <= _settledSequence)
            {
                version = sequence = 0;
            }
        }

        foreach (var id in silent)
        {
            await store.ForgetEdgeAsync(id, cancellationToken);
        }

        if (version > 0 || sequence > 0)
        {
            await store.SettleAsync(version, sequence, cancellationToken);
            lock (_gate)
            {
                _settledVersion = Math.Max(_settledVersion, version);
                _settledSequence = Math.Max(_settledSequence, sequence);
            }
        }
    }
}
