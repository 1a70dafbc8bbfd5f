// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Control.Api;
using Frontier.Control.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Feed;

/// <summary>
/// The edges' long poll: a report comes in, and the answer goes out as soon as there is something the edge does not have, or
/// empty after <see cref="EdgeReport.LongestWait"/>. Waiters share one signal; none of them polls the store.
/// </summary>
internal sealed partial class FeedEndpoint(IControlStore store, FeedState feed, FeedFollower follower, EdgeRegistry edges, ControlOptions options, TimeProvider time, ILogger<FeedEndpoint> logger, CancellationToken stopping)
{
    public const string Path = "/frontier/v1/feed";

    /// <summary>Entries of the log in one answer.</summary>
    public const int PageEntries = 1_000;

    /// <summary>One entry has at most the megabyte of the request it came in; a page ends soon after four.</summary>
    private const int PageCharacters = 4 << 20;

    /// <summary>A report with the faults of a refused snapshot; edges shorten theirs.</summary>
    private const int LongestReport = 256 * 1024;

    private const int LongestEdgeId = 128;

    private const int LongestRevision = 64;

    public async Task HandleAsync(HttpContext context)
    {
        if (EdgeToken.Refuse(context.Request, options) is { } refused)
        {
            context.Response.StatusCode = refused;
            return;
        }

        if (await ReadReportAsync(context) is not { } report)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        try
        {
            await AnswerAsync(context, report);
        }
        catch (StoreUnavailableException error) when (!context.Response.HasStarted)
        {
            Log.StoreUnavailable(logger, report.EdgeId, error.Message);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task AnswerAsync(HttpContext context, EdgeReport report)
    {
        await follower.CatchUpAsync(report, context.RequestAborted);
        if (!await edges.BeginPollAsync(report, context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        long? sent = null;
        try
        {
            if (report.Refused is { } refused)
            {
                Log.Refused(logger, report.EdgeId, refused.Version, string.Join(" ", refused.Faults));
            }

            var answer = await WaitAsync(report, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(context.Response.Body, answer, ContractsJson.Default.FeedAnswer, context.RequestAborted);
            sent = answer.Snapshot?.Version ?? answer.Delta?.Version;
        }
        finally
        {
            edges.EndPoll(report.EdgeId, sent);
        }
    }

    private async Task<FeedAnswer> WaitAsync(EdgeReport report, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow() + EdgeReport.LongestWait;
        while (true)
        {
            var moment = feed.Read();
            var lacksSnapshot = LacksSnapshot(report, moment);
            var wait = deadline - time.GetUtcNow();
            if (report.AtOnce || lacksSnapshot || moment.HasOtherChallenges(report) || moment.LogEnd > report.InvalidationPosition || wait <= TimeSpan.Zero || stopping.IsCancellationRequested)
            {
                return await ComposeAsync(report, moment, lacksSnapshot, cancellationToken);
            }

            try
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
                await moment.Moved.WaitAsync(wait, time, either.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Nobody waits for a server that is going down; the next turn answers with nothing new.
            }
            catch (TimeoutException)
            {
                // The deadline has come; the next turn answers with nothing new.
            }
        }
    }

    /// <summary>
    /// A snapshot it refused is not sent again and again; neither is one to an edge that serves a version from elsewhere and
    /// keeps it although it was told.
    /// </summary>
    private bool LacksSnapshot(EdgeReport report, FeedMoment moment) =>
        report.SnapshotVersion < moment.Version || !moment.IsOurs(report)
            ? report.Refused?.Version != moment.Version
            : report.SnapshotVersion > moment.Version && moment.Version > 0 && edges.SentVersion(report.EdgeId) != moment.Version;

    private async Task<FeedAnswer> ComposeAsync(EdgeReport report, FeedMoment moment, bool withSnapshot, CancellationToken cancellationToken)
    {
        var rows = moment.LogEnd > report.InvalidationPosition
            ? await store.ReadLogAsync(report.InvalidationPosition, PageEntries, PageCharacters, cancellationToken)
            : ImmutableArray<InvalidationRow>.Empty;
        var delta = withSnapshot ? moment.DeltaFrom(report.SnapshotVersion, report.SnapshotCreatedAt) : null;
        return new FeedAnswer
        {
            Snapshot = withSnapshot && delta is null ? moment.Snapshot : null,
            Delta = delta,
            Invalidations = [.. rows.Select(ToEntry)],
            // Another process may have dropped entries since this one last looked.
            OldestKept = rows is [{ } first, ..] && first.Sequence > report.InvalidationPosition + 1 ? first.Sequence : moment.OldestKept,
            LogEnd = rows.IsEmpty ? moment.LogEnd : Math.Max(moment.LogEnd, rows[^1].Sequence),
            Challenges = moment.HasOtherChallenges(report) ? moment.Challenges : null,
        };
    }

    private static InvalidationEntry ToEntry(InvalidationRow row) => new()
    {
        Sequence = row.Sequence,
        DistributionId = row.DistributionId,
        InvalidationId = row.Id,
        Paths = row.EffectivePaths,
        CreatedAt = row.CreatedAt,
    };

    private async Task<EdgeReport?> ReadReportAsync(HttpContext context)
    {
        if (await RequestBody.ReadAsync(context, LongestReport) is not { } body)
        {
            return null;
        }

        try
        {
            var report = JsonSerializer.Deserialize(body, ContractsJson.Default.EdgeReport);
            return report is { EdgeId.Length: > 0 and <= LongestEdgeId, SnapshotVersion: >= 0, InvalidationPosition: >= 0, ChallengeRevision: null or { Length: <= LongestRevision } } && !(report.EdgeId + report.Pop + report.ChallengeRevision).Contains('\0', StringComparison.Ordinal)
                ? report
                : null;
        }
        catch (JsonException error)
        {
            Log.Malformed(logger, error.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3101, LogLevel.Warning, "Edge {EdgeId} refused snapshot {Version}: {Faults}", EventName = "SnapshotRefused")]
        public static partial void Refused(ILogger logger, string edgeId, long version, string faults);

        [LoggerMessage(3105, LogLevel.Debug, "The report of edge {EdgeId} was answered with 503: {Reason}", EventName = "ReportRefused")]
        public static partial void StoreUnavailable(ILogger logger, string edgeId, string reason);

        [LoggerMessage(3102, LogLevel.Debug, "A report of an edge could not be read: {Fault}", EventName = "ReportMalformed")]
        public static partial void Malformed(ILogger logger, string fault);
    }
}
