// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Frontier.Caching;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Decisions.Freshness;
using Frontier.Edge.Certificates;
using Frontier.Edge.Challenges;
using Frontier.Edge.Telemetry;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Distributions;

/// <summary>
/// The conversation with the control plane: report, receive, apply, report again (<c>design.md</c> §6). One loop owns snapshot
/// and invalidation position; while the control plane is away, the edge serves what it has.
/// </summary>
internal sealed partial class ControlFeed(
    EdgeOptions options, string edgeId, EdgeState state, LiveSnapshot live, FleetFile fleetFile, HeldCertificates certificates, HeldChallenges challenges, HttpCache cache, HealthReports health, TimeProvider time,
    ILogger<ControlFeed> logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    /// <summary>The long poll's end plus what a busy control plane may take on top.</summary>
    private static readonly TimeSpan AnswerTimeout = EdgeReport.LongestWait + TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _client = new(options.ControlTransport ?? new HttpClientHandler(), disposeHandler: options.ControlTransport is null) { BaseAddress = options.Control, Timeout = AnswerTimeout };
    private readonly TaskCompletionSource _firstAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    /// <summary>Whether a control plane has answered to them. Another one may not have them from the first.</summary>
    private bool _toldFacts;

    /// <summary>How long the control plane waits for this edge, as its last answer said; zero where it does not say.</summary>
    private TimeSpan _silence;

    /// <summary>What this machine says of itself; set before <see cref="Start"/>.</summary>
    public NodeFacts? Facts { get; set; }

    /// <summary>Completes when the control plane has been heard for the first time, and what it said is in effect.</summary>
    public Task Connected => _firstAnswer.Task;

    /// <summary>Grows while what a snapshot names is fetched.</summary>
    public int CertificatesHeld => certificates.Count;

    /// <summary>Knows the fleet as it was last told of it. Call it before <see cref="Start"/>.</summary>
    public void Restore()
    {
        if (options.Identity is not null && fleetFile.Load() is { } fleet)
        {
            state.Publish(fleet, edgeId);
        }
    }

    /// <summary>Starts the loop.</summary>
    public void Start()
    {
        if (options.EdgeToken is { } token)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        _running = RunAsync(_stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        live.End();
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
                if (live.Snapshot is { } snapshot && !(await LackingOfAsync(snapshot, fetch, cancellationToken)).IsEmpty)
                {
                    // Files were lost since; a newer snapshot may name others, so the report goes out all the same.
                    Log.CertificatesLacking(logger, snapshot.Version);
                }

                var sentAt = state.Fence.Now;
                await ApplyAsync(await ExchangeAsync(cancellationToken), sentAt, fetch, cancellationToken);
                _firstAnswer.TrySetResult();
                _toldFacts = true;
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
                _toldFacts = false;
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

    private async Task<HeardAnswer> ExchangeAsync(CancellationToken cancellationToken)
    {
        var report = new EdgeReport
        {
            EdgeId = edgeId,
            Pop = options.Pop,
            SnapshotVersion = live.Snapshot?.Version ?? 0,
            SnapshotCreatedAt = live.Snapshot?.CreatedAt,
            InvalidationPosition = cache.Position,
            Refused = live.Refused,
            AtOnce = !_firstAnswer.Task.IsCompleted,
            Facts = _toldFacts ? null : Facts,
            FleetRevision = state.Fleet.Revision,
            WaitMilliseconds = NextWait(),
            Health = health.Take(),
            ChallengeRevision = challenges.Revision,
        };
        return await _client.AskAsync("/frontier/v1/feed", report, ContractsJson.Default.EdgeReport, HeardAnswer.Read, cancellationToken);
    }

    /// <summary>
    /// A little more or less each time: edges that were cut off together do not come back together for ever. Three reports fit into the time for which
    /// the control plane waits: the fence counts from the last but one, which is the last that was answered, and must not be reached in calm.
    /// </summary>
    private int NextWait()
    {
        var interval = _silence > TimeSpan.Zero && _silence / 3 < EdgeReport.Interval ? _silence / 3 : EdgeReport.Interval;
        var jitter = interval * (EdgeReport.Jitter / EdgeReport.Interval);
        return (int)(interval - jitter + (2 * Random.Shared.NextDouble() * jitter)).TotalMilliseconds;
    }

    private async Task ApplyAsync(HeardAnswer heard, FenceMoment sentAt, CertificateFetch fetch, CancellationToken cancellationToken)
    {
        var answer = heard.Answer;
        _silence = TimeSpan.FromMilliseconds(answer.SilenceMilliseconds);
        Take(answer.Fleet);
        if (answer.ApiPort is > 0 and <= IPEndPoint.MaxPort)
        {
            state.ApiPort = answer.ApiPort;
        }

        if (answer.Challenges is { } told)
        {
            challenges.Take(told); // needs nothing of what follows, and somebody is waiting for it
        }

        // The configuration first: a disk that takes no invalidations must not keep it from going live. What cannot be had of its
        // certificates keeps it away until it can, and the invalidations from nobody.
        var lacking = ImmutableArray<string>.Empty;
        live.Look();
        if (heard.Unreadable is { } refusal)
        {
            live.Refuse(refusal);
        }

        if (live.Next(answer) is { } snapshot)
        {
            lacking = await LackingOfAsync(snapshot, fetch, cancellationToken);
            if (lacking.IsEmpty)
            {
                live.Take(snapshot, answer.Delta);
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

        if (cache.Position >= answer.LogEnd)
        {
            state.Fence.Answered(sentAt, _silence);
        }

        if (!lacking.IsEmpty)
        {
            throw new IOException($"certificates of the newest snapshot cannot be had: {string.Join(", ", lacking.Take(3))}");
        }
    }

    /// <summary>It counts whether or not the disk takes it.</summary>
    private void Take(FleetDirectory? fleet)
    {
        if (fleet is null)
        {
            return;
        }

        state.Publish(fleet, edgeId);
        try
        {
            fleetFile.Save(fleet);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.FleetNotSaved(logger, error.Message);
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

    private static partial class Log
    {
        [LoggerMessage(2002, LogLevel.Warning, "The feed is interrupted ({Reason}); the last snapshot stays live.", EventName = "ControlLost")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(2003, LogLevel.Information, "The feed goes on.", EventName = "ControlReconnected")]
        public static partial void Reconnected(ILogger logger);

        [LoggerMessage(2007, LogLevel.Error, "The live snapshot {Version} names certificates that this edge does not have; viewers are shown its own instead.", EventName = "CertificatesLacking")]
        public static partial void CertificatesLacking(ILogger logger, long version);

        [LoggerMessage(2008, LogLevel.Warning, "The directory of the fleet could not be written to disk: {Reason}", EventName = "FleetNotSaved")]
        public static partial void FleetNotSaved(ILogger logger, string reason);

        [LoggerMessage(2006, LogLevel.Warning, "The invalidation log goes from {OldestKept} to {LogEnd}, this edge is at {Position}; everything stored before is dropped.", EventName = "InvalidationLogGap")]
        public static partial void LogGap(ILogger logger, long position, long oldestKept, long logEnd);
    }
}
