// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text.Json;
using Frontier.Caching;
using Frontier.Contracts;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Models;
using Frontier.Edge.Certificates;
using Frontier.Edge.Challenges;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Distributions;

/// <summary>
/// The conversation with the control plane: report, receive, apply, report again (<c>design.md</c> §6). One loop owns snapshot
/// and invalidation position; while the control plane is away, the edge serves what it has.
/// </summary>
internal sealed partial class ControlFeed(
    EdgeOptions options, string edgeId, EdgeState state, SnapshotFile file, HeldCertificates certificates, HeldChallenges challenges, HttpCache cache, TimeProvider time, ILogger<ControlFeed> logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    /// <summary>The long poll's end plus what a busy control plane may take on top.</summary>
    private static readonly TimeSpan AnswerTimeout = EdgeReport.LongestWait + TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _client = new() { BaseAddress = options.Control, Timeout = AnswerTimeout };
    private readonly TaskCompletionSource _firstAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SnapshotRefusal? _refused;
    private ConfigSnapshot? _snapshot;
    private Task _running = Task.CompletedTask;

    /// <summary>Completes when the control plane has been heard for the first time.</summary>
    public Task Connected => _firstAnswer.Task;

    /// <summary>Makes the last good snapshot live. Call it before <see cref="Start"/>.</summary>
    public void Restore()
    {
        if (file.Load() is { } snapshot)
        {
            TryPublish(snapshot);
        }
    }

    /// <summary>Starts the loop.</summary>
    public void Start()
    {
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.EdgeToken);
        _running = RunAsync(_stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var retry = FirstRetry;
        var fetch = new CertificateFetch(_client, certificates);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (_snapshot is { } live && !(await LackingOfAsync(live, fetch, cancellationToken)).IsEmpty)
                {
                    // Files were lost since; a newer snapshot may name others, so the report goes out all the same.
                    Log.CertificatesLacking(logger, live.Version);
                }

                await ApplyAsync(await ExchangeAsync(cancellationToken), fetch, cancellationToken);
                _firstAnswer.TrySetResult();
                if (retry > FirstRetry)
                {
                    Log.Reconnected(logger);
                }

                retry = FirstRetry;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it was, the loop is the edge's only ear: it keeps serving, and asks again.
                if (retry == FirstRetry)
                {
                    Log.Lost(logger, error.Message);
                }

                try
                {
                    await Task.Delay(retry, time, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
            }
        }
    }

    private async Task<FeedAnswer> ExchangeAsync(CancellationToken cancellationToken)
    {
        var report = new EdgeReport
        {
            EdgeId = edgeId,
            Pop = options.Pop,
            SnapshotVersion = _snapshot?.Version ?? 0,
            SnapshotCreatedAt = _snapshot?.CreatedAt,
            InvalidationPosition = cache.Position,
            Refused = _refused,
            AtOnce = !_firstAnswer.Task.IsCompleted,
            ChallengeRevision = challenges.Revision,
        };
        return await _client.AskAsync("/frontier/v1/feed", report, ContractsJson.Default.EdgeReport, ContractsJson.Default.FeedAnswer, cancellationToken) ?? new FeedAnswer();
    }

    private async Task ApplyAsync(FeedAnswer answer, CertificateFetch fetch, CancellationToken cancellationToken)
    {
        if (answer.Challenges is { } told)
        {
            challenges.Take(told); // needs nothing of what follows, and somebody is waiting for it
        }

        // The configuration first: a disk that takes no invalidations must not keep it from going live. What cannot be had of its
        // certificates keeps it away until it can, and the invalidations from nobody.
        var lacking = ImmutableArray<string>.Empty;
        if (Next(answer) is { } snapshot && !IsLive(snapshot) && snapshot.Version != _refused?.Version)
        {
            lacking = await LackingOfAsync(snapshot, fetch, cancellationToken);
            if (lacking.IsEmpty && TryPublish(snapshot))
            {
                Save(snapshot, answer.Delta);
            }
        }

        // A gap, or a log that is shorter than what was applied: entries were missed, so nothing stored can be trusted.
        var next = cache.Position + 1;
        if (answer.OldestKept > next || answer.LogEnd < cache.Position || (answer.Invalidations is [{ } first, ..] && first.Sequence > next))
        {
            Log.LogGap(logger, cache.Position, answer.OldestKept, answer.LogEnd);
            await cache.ForgetEverythingAsync(answer.LogEnd, cancellationToken);
        }
        else if (answer.Invalidations.Length > 0)
        {
            state.Invalidations.Remember(answer.Invalidations);
            await cache.ApplyAsync([.. answer.Invalidations.Select(ToPurge)], cancellationToken);
        }

        if (!lacking.IsEmpty)
        {
            throw new IOException($"certificates of the newest snapshot cannot be had: {string.Join(", ", lacking.Take(3))}");
        }
    }

    private static async Task<ImmutableArray<string>> LackingOfAsync(ConfigSnapshot snapshot, CertificateFetch fetch, CancellationToken cancellationToken)
    {
        try
        {
            return await fetch.CompleteAsync(snapshot, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException or UnauthorizedAccessException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested)) // no answer within the client's time
        {
            return [$"({error.Message})"];
        }
    }

    /// <summary>Paths and cache tags stand in one list and are told apart by the tag's <c>#</c> (DP-27.12).</summary>
    private static PurgeEntry ToPurge(InvalidationEntry entry) =>
        new(entry.Sequence, entry.DistributionId, [.. entry.Paths.Where(static path => !CacheTags.IsTag(path))])
        {
            Tags = [.. entry.Paths.Where(CacheTags.IsTag).Select(CacheTags.Invalidated)],
        };

    /// <summary>A version that was made at another time is another one: the control plane was restored.</summary>
    private bool IsLive(ConfigSnapshot snapshot) => snapshot.Version == _snapshot?.Version && snapshot.CreatedAt == _snapshot.CreatedAt;

    private ConfigSnapshot? Next(FeedAnswer answer) =>
        answer.Delta is { } delta && _snapshot is { } live && live.Version == delta.BaseVersion ? delta.ApplyTo(live) : answer.Snapshot;

    private bool TryPublish(ConfigSnapshot snapshot)
    {
        var result = SnapshotCompiler.Compile(snapshot, state.Routes);
        if (!result.Succeeded)
        {
            _refused = new SnapshotRefusal(snapshot.Version, result.Faults);
            Log.Refused(logger, snapshot.Version, string.Join(" ", result.Faults));
            return false;
        }

        certificates.Know(snapshot);
        state.Publish(result.Table);
        _snapshot = snapshot;
        _refused = null;
        Log.Published(logger, snapshot.Version, result.Table.Distributions);
        return true;
    }

    private void Save(ConfigSnapshot snapshot, SnapshotDelta? delta)
    {
        try
        {
            file.Save(snapshot, delta);
            certificates.DropOthers(snapshot);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is live all the same; only a restart without control plane would go back to the one before.
            Log.NotSaved(logger, snapshot.Version, error.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Information, "Snapshot {Version} is live with {Distributions} distributions.", EventName = "SnapshotPublished")]
        public static partial void Published(ILogger logger, long version, int distributions);

        [LoggerMessage(2002, LogLevel.Warning, "The feed is interrupted ({Reason}); the last snapshot stays live.", EventName = "ControlLost")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(2003, LogLevel.Information, "The feed goes on.", EventName = "ControlReconnected")]
        public static partial void Reconnected(ILogger logger);

        [LoggerMessage(2004, LogLevel.Error, "Snapshot {Version} is refused; the one before stays live. {Faults}", EventName = "SnapshotRefused")]
        public static partial void Refused(ILogger logger, long version, string faults);

        [LoggerMessage(2005, LogLevel.Warning, "Snapshot {Version} could not be written to disk: {Reason}", EventName = "SnapshotNotSaved")]
        public static partial void NotSaved(ILogger logger, long version, string reason);

        [LoggerMessage(2007, LogLevel.Error, "The live snapshot {Version} names certificates that this edge does not have; viewers are shown its own instead.", EventName = "CertificatesLacking")]
        public static partial void CertificatesLacking(ILogger logger, long version);

        [LoggerMessage(2006, LogLevel.Warning, "The invalidation log goes from {OldestKept} to {LogEnd}, this edge is at {Position}; everything stored before is dropped.", EventName = "InvalidationLogGap")]
        public static partial void LogGap(ILogger logger, long position, long oldestKept, long logEnd);
    }
}
