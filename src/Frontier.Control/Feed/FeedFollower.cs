// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Contracts.Zones;
using Frontier.Control.Credentials;
using Frontier.Control.Publishing;
using Frontier.Control.Rollout;
using Frontier.Control.Store;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Feed;

/// <summary>
/// Brings what other control processes commit to a shared store to the edges of this one, and tells those processes which edges
/// are heard here. Changed access keys count here from then on. Hints make it prompt; a look at the store every half second makes it certain. A store that belongs to one
/// process is not followed. Thread-safe.
/// </summary>
internal sealed partial class FeedFollower(
    IControlStore store, SnapshotHistory history, FeedState feed, RolloutStore rollout, ZoneFeedState zones, EdgeRegistry edges, AccessKeyRing keys, TimeProvider time, ILogger<FeedFollower> logger) : IAsyncDisposable
{
    /// <summary>One row is read each time; a change that nobody hinted at is live within a second.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly ISharedControlStore? _shared = store as ISharedControlStore;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = _shared is null ? Task.CompletedTask : RunAsync(_shared, _stopping.Token);

    /// <summary>Before an edge is judged to know what this process does not, the store is asked: the edge may come from another process.</summary>
    public Task CatchUpAsync(EdgeReport report, CancellationToken cancellationToken)
    {
        var moment = feed.Read();
        var isAhead = report.SnapshotVersion > (moment.For(report)?.Version ?? 0) || report.InvalidationPosition > moment.LogEnd;
        return _shared is not null && isAhead ? RefreshAsync(cancellationToken) : Task.CompletedTask;
    }

    /// <summary>The same for a DNS node.</summary>
    public Task CatchUpAsync(ZoneReport report, CancellationToken cancellationToken) =>
        _shared is not null && report.SnapshotVersion > feed.Read().Version ? RefreshAsync(cancellationToken) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(ISharedControlStore shared, CancellationToken cancellationToken)
    {
        var noted = time.GetTimestamp();
        var lost = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await shared.WaitForHintAsync(LongestPause, cancellationToken);
                if (lost)
                {
                    // Nobody could be heard meanwhile, so nobody may count as silent.
                    await edges.ReviveAsync(cancellationToken);
                }

                await RefreshAsync(cancellationToken);
                if (lost || time.GetElapsedTime(noted) >= edges.NoteInterval)
                {
                    await edges.NoteAsync(cancellationToken);
                    noted = time.GetTimestamp();
                }

                if (lost)
                {
                    Log.Found(logger);
                }

                lost = false;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it was, the loop is this process's only ear: edges keep what they have, and the store is asked again.
                if (!lost)
                {
                    Log.Lost(logger, error.InnerException?.Message ?? error.Message);
                }

                lost = true;
            }
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var head = await store.ReadHeadAsync(cancellationToken);
        var known = feed.Read().Snapshot;
        if (head.SnapshotVersion > (known?.Version ?? 0) && await history.ReadAsync(head.SnapshotVersion, known, cancellationToken) is { } snapshot)
        {
            feed.Publish(snapshot);
        }

        await rollout.RefreshAsync(cancellationToken);
        feed.Extend(head.LogEnd, head.OldestKept);
        zones.Extend(head.ZoneLogEnd);
        if (head.KeyRevision > keys.Revision)
        {
            await keys.RefreshAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3103, LogLevel.Warning, "The store does not answer ({Reason}); edges keep what they have.", EventName = "StoreLost")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(3104, LogLevel.Information, "The store answers again.", EventName = "StoreFound")]
        public static partial void Found(ILogger logger);
    }
}
