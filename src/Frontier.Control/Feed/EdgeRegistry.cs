// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Control.Store;

namespace Frontier.Control.Feed;

/// <summary>
/// The edges that report to this process. What they acknowledged lies in the store, together with that of edges which report to
/// other processes, so that nothing is called deployed before all have it. An edge is in service while it has been heard of
/// within the silence allowed; edges known before a start count from there. Thread-safe.
/// </summary>
internal sealed class EdgeRegistry(IControlStore store, FeedState feed, TimeSpan silence, TimeProvider time)
{
    /// <summary>Bounds what somebody who holds the token can make the control plane remember.</summary>
    private const int MostEdges = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, EdgeState> _edges = [];

    /// <summary>How often <see cref="NoteAsync"/> is due where other processes wait for the edges heard here: two may be lost before any counts as silent.</summary>
    public TimeSpan NoteInterval => silence / 4;

    /// <summary>Notes a report; until <see cref="EndPoll"/> the edge counts as heard. False when there are too many edges.</summary>
    public async Task<bool> BeginPollAsync(EdgeReport report, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!_edges.TryGetValue(report.EdgeId, out var edge))
            {
                ForgetSilent(now);
                if (_edges.Count >= MostEdges)
                {
                    return false;
                }

                _edges[report.EdgeId] = edge = new EdgeState { LastHeard = now };
            }

            edge.LastHeard = now;
            edge.OpenPolls++;
        }

        try
        {
            // A position past the end was earned with another control plane's log and says nothing about this one.
            var moment = feed.Read();
            var version = report.SnapshotVersion <= moment.Version && moment.IsOurs(report) ? report.SnapshotVersion : 0;
            var position = report.InvalidationPosition <= moment.LogEnd ? report.InvalidationPosition : 0;
            await WhereThereIsRoomAsync(store.SaveEdgeAsync(new EdgeRow(report.EdgeId, report.Pop, version, position) { Challenges = report.ChallengeRevision ?? "" }, cancellationToken));
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
    public Task SettleAsync(CancellationToken cancellationToken) => WhereThereIsRoomAsync(store.SettleAsync(Heard(), silence, cancellationToken));

    /// <summary>The edges in service, whichever process hears them.</summary>
    public Task<ImmutableArray<EdgeRow>> InServiceAsync(CancellationToken cancellationToken) => store.ListEdgesInServiceAsync(Heard(), silence, cancellationToken);

    /// <summary>Counts the edges of before a start as heard now.</summary>
    public Task ReviveAsync(CancellationToken cancellationToken) => WhereThereIsRoomAsync(store.ReviveEdgesAsync(cancellationToken));

    /// <summary>Tells other processes of the edges that are heard here.</summary>
    public Task NoteAsync(CancellationToken cancellationToken) => Heard() is { IsEmpty: false } heard ? store.NoteEdgesAsync(heard, cancellationToken) : Task.CompletedTask;

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

    private ImmutableArray<EdgeHeard> Heard()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            ForgetSilent(now);
            return [.. _edges.Select(edge => new EdgeHeard(edge.Key, edge.Value.OpenPolls > 0 ? TimeSpan.Zero : now - edge.Value.LastHeard))];
        }
    }

    private void ForgetSilent(DateTimeOffset now)
    {
        foreach (var id in _edges.Where(edge => edge.Value.OpenPolls == 0 && now - edge.Value.LastHeard > silence).Select(edge => edge.Key).ToList())
        {
            _edges.Remove(id);
        }
    }
}
