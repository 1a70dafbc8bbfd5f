// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Contracts;
using Frontier.Control.Api;
using Frontier.Control.Fleet;
using Frontier.Control.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Feed;

/// <summary>
/// The edges' long poll: a report comes in, and the answer goes out as soon as there is something the edge does not have, or
/// empty when its next report is due. Waiters share one signal and the bytes of their answers; none of them asks the store.
/// </summary>
internal sealed partial class FeedEndpoint(FeedAnswers answers, FeedState feed, FeedFollower follower, EdgeRegistry edges, FleetDesk fleet, TimeProvider time, ILogger<FeedEndpoint> logger, CancellationToken stopping)
{
    public const string Path = "/frontier/v1/feed";

    /// <summary>A report with the faults of a refused snapshot; edges shorten theirs.</summary>
    private const int LongestReport = 64 * 1024;

    private const int LongestEdgeId = 128;

    private const int LongestRevision = 64;

    public async Task HandleAsync(HttpContext context)
    {
        if (await fleet.Gate.AdmitAsync(context, isSecret: false) is not { } caller)
        {
            return;
        }

        if (await ReadReportAsync(context) is not { } report || !caller.MayReportAs(report.EdgeId))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        try
        {
            await fleet.HearAsync(caller, report.Facts, context.RequestAborted);
            await AnswerAsync(context, caller, report);
        }
        catch (StoreUnavailableException error) when (!context.Response.HasStarted)
        {
            Log.StoreUnavailable(logger, report.EdgeId, error.Message);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task AnswerAsync(HttpContext context, FleetCaller caller, EdgeReport report)
    {
        await follower.CatchUpAsync(report, context.RequestAborted);
        if (!await edges.NoteReportAsync(report, context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        fleet.Presence.Note(caller, report);
        if (report.Refused is { } refused)
        {
            Log.Refused(logger, report.EdgeId, refused.Version, string.Join(" ", refused.Faults));
        }

        var (composed, version) = await WaitAsync(caller, report, context.RequestAborted);
        if (composed is not { } answer)
        {
            await FleetGate.RefuseAsync(context, StatusCodes.Status403Forbidden, FleetGate.Removed);
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.BodyWriter.WriteAsync(answer, context.RequestAborted);
        if (version is { } sent)
        {
            edges.NoteSent(report.EdgeId, sent);
        }
    }

    /// <returns>The answer, and the version of the snapshot in it, or null for none; no answer where the machine was removed from the fleet while it waited.</returns>
    private async Task<(ReadOnlyMemory<byte>? Answer, long? Version)> WaitAsync(FleetCaller caller, EdgeReport report, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow() + TimeSpan.FromMilliseconds(Math.Min(report.WaitMilliseconds ?? EdgeReport.Interval.TotalMilliseconds, EdgeReport.LongestWait.TotalMilliseconds));
        while (true)
        {
            var moment = feed.Read();
            if (!await fleet.Gate.IsOfFleetAsync(caller, cancellationToken))
            {
                return default;
            }

            var snapshot = moment.For(report) is { } wanted && LacksSnapshot(report, moment, wanted) ? wanted : null;
            var directory = fleet.LackingOf(caller, report.FleetRevision);
            var wait = deadline - time.GetUtcNow();
            if (report.AtOnce || snapshot is not null || directory is not null || moment.HasOtherChallenges(report) || moment.LogEnd > report.InvalidationPosition || wait <= TimeSpan.Zero || stopping.IsCancellationRequested)
            {
                return (await answers.ComposeAsync(report, moment, snapshot, directory, cancellationToken), snapshot?.Version);
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
    /// A snapshot it refused is not sent again and again; neither is one to an edge that serves a later version, of a rollout that was halted
    /// or from elsewhere, and keeps it although it was told.
    /// </summary>
    private bool LacksSnapshot(EdgeReport report, FeedMoment moment, ConfigSnapshot wanted) =>
        report.SnapshotVersion < wanted.Version || !moment.IsOurs(report)
            ? report.Refused?.Version != wanted.Version
            : report.SnapshotVersion > wanted.Version && edges.SentVersion(report.EdgeId) != wanted.Version;

    private async Task<EdgeReport?> ReadReportAsync(HttpContext context)
    {
        if (await RequestBody.ReadAsync(context, LongestReport) is not { } body)
        {
            return null;
        }

        try
        {
            var report = JsonSerializer.Deserialize(body, ContractsJson.Default.EdgeReport);
            return report is { EdgeId.Length: > 0 and <= LongestEdgeId, SnapshotVersion: >= 0, InvalidationPosition: >= 0, WaitMilliseconds: null or >= 0, ChallengeRevision: null or { Length: <= LongestRevision } }
                && !(report.EdgeId + report.Pop + report.ChallengeRevision).Contains('\0', StringComparison.Ordinal)
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
