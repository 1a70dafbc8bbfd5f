// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Contracts.Zones;
using Frontier.Control.Api;
using Frontier.Control.Domain.Zones;
using Frontier.Control.Fleet;
using Frontier.Control.Publishing;
using Frontier.Control.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Feed;

/// <summary>
/// The DNS nodes' long poll: a report comes in, and the answer goes out as soon as there is something the node does not have, or
/// empty after <see cref="EdgeReport.LongestWait"/>. A node whose position is 0, or older than the log, gets the whole set in pages;
/// between them its position is a place in that set (<see cref="WholeSetPlace"/>). What a node needs to choose edges comes along (<see cref="DnsDesk"/>).
/// </summary>
internal sealed partial class ZoneFeedEndpoint(
    IControlStore store, CatalogueLoader loader, ZoneFeedState feed, DnsDesk desk, ControlOptions options, TimeProvider time, ILogger<ZoneFeedEndpoint> logger, CancellationToken stopping)
{
    /// <summary>Entries of the log in one answer.</summary>
    public const int PageEntries = 1_000;

    /// <summary>Record sets of whole zones in one answer; the zone that reaches it is the last, and is sent whole.</summary>
    public const int PageRecordSets = 10_000;

    /// <summary>A batch has 32,000 characters of values by default; a page ends soon after four million.</summary>
    private const int PageCharacters = 4 << 20;

    /// <summary>A report with an observation of every health check.</summary>
    private const int LongestReport = 256 * 1024;

    private const int LongestNodeId = 128;
    private const int LongestReason = 256;

    /// <summary>Bounds what somebody who is let to the feed can make the control plane remember.</summary>
    private const int MostNodes = 1_000;

    public async Task HandleAsync(HttpContext context)
    {
        if (await desk.Gate.AdmitAsync(context, isSecret: false) is not { } caller)
        {
            return;
        }

        if (await ReadReportAsync(context) is not { } report || !caller.MayServeZonesAs(report.NodeId))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        try
        {
            if (!await NoteAsync(report, context.RequestAborted))
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            await desk.HearAsync(caller, report, context.RequestAborted);
            var answer = await WaitAsync(caller, report, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(context.Response.Body, answer, ContractsJson.Default.ZoneAnswer, context.RequestAborted);
        }
        catch (StoreUnavailableException error) when (!context.Response.HasStarted)
        {
            Log.StoreUnavailable(logger, report.NodeId, error.Message);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>Writes down what the node has, and settles what all have by now. False when there are too many nodes.</summary>
    private async Task<bool> NoteAsync(ZoneReport report, CancellationToken cancellationToken)
    {
        // A position past the end was earned with another control plane's log and says nothing about this one.
        var head = await store.ReadHeadAsync(cancellationToken);
        feed.Extend(head.ZoneLogEnd);
        var position = report.Position > 0 && report.Position <= head.ZoneLogEnd ? report.Position : 0;
        try
        {
            var observations = report.Observations.Select(observation => new HealthObservationRow(
                report.NodeId, observation.HealthCheckId, observation.IsHealthy, observation.Reason.Length > LongestReason ? observation.Reason[..LongestReason] : observation.Reason, observation.At));
            if (!await store.SaveDnsNodeAsync(new DnsNodeRow(report.NodeId, position), [.. observations], MostNodes, cancellationToken))
            {
                return false;
            }

            await store.SettleZonesAsync(EdgeReport.LongestWait + options.EdgeSilence, cancellationToken);
        }
        catch (StoreFullException)
        {
            // A full disk keeps statuses as they are, and no node from its answer.
        }

        return true;
    }

    private async Task<ZoneAnswer> WaitAsync(FleetCaller caller, ZoneReport report, CancellationToken cancellationToken)
    {
        // Two reports within the silence allowed, so that one may be lost.
        var heard = options.EdgeSilence * 0.6;
        var deadline = time.GetUtcNow() + (heard < EdgeReport.LongestWait ? heard : EdgeReport.LongestWait);
        while (true)
        {
            var (logEnd, moved) = feed.Read();
            var news = desk.NewsFor(caller, report);
            var wait = deadline - time.GetUtcNow();
            if (report.AtOnce || report.Position != logEnd || !news.IsNone || wait <= TimeSpan.Zero || stopping.IsCancellationRequested)
            {
                return await ComposeAsync(report.Position, cancellationToken) with { Fleet = news.Fleet, Distributions = news.Distributions };
            }

            try
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
                await Task.WhenAny(moved, news.Moved).WaitAsync(wait, time, either.Token);
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

    private async Task<ZoneAnswer> ComposeAsync(long position, CancellationToken cancellationToken)
    {
        if (position <= 0 || await store.ReadZoneLogAsync(position, PageEntries, PageCharacters, cancellationToken) is not { } page || position > page.LogEnd)
        {
            return await ComposeWholeAsync(WholeSetPlace.Of(position), cancellationToken);
        }

        var entries = page.Entries;
        var reached = entries.IsEmpty ? position : entries[^1].Sequence;
        return new ZoneAnswer
        {
            Zones = [.. entries.Where(static entry => entry.Kind == ZoneEntryKind.Created).Select(ToZone)],
            Changes = [.. entries.Where(static entry => entry.Kind == ZoneEntryKind.Changed).Select(ToChange)],
            Removed = [.. entries.Where(static entry => entry.Kind == ZoneEntryKind.Removed).Select(static entry => entry.ZoneId)],
            HealthChecks = entries.Any(static entry => entry.Kind == ZoneEntryKind.HealthChecks) ? await ReadHealthChecksAsync(cancellationToken) : null,
            Position = reached,
            HasMore = reached < page.LogEnd,
        };
    }

    /// <summary>The first page says where the log stood, and later ones carry that along: what changes meanwhile is told after the last.</summary>
    private async Task<ZoneAnswer> ComposeWholeAsync(WholeSetPlace place, CancellationToken cancellationToken)
    {
        var page = await store.ReadZonesAsync(place.After, PageRecordSets, cancellationToken);
        var logEnd = place.IsStart ? page.LogEnd : place.LogEnd;
        return new ZoneAnswer
        {
            Zones = [.. page.Zones.Select(static zone => new ZoneConfig
            {
                Id = zone.Id,
                Name = zone.Name,
                Version = zone.Records.Version,
                RecordSets = [.. zone.Records.Rows.Select(RecordSetForms.FromRow).Select(RecordSetForms.ToConfig)],
            })],
            HealthChecks = place.IsStart ? await ReadHealthChecksAsync(cancellationToken) : null,
            StartsAnew = place.IsStart,
            Position = page.HasMore ? new WholeSetPlace(logEnd, page.Zones[^1].Position).ToPosition() : logEnd,
            HasMore = page.HasMore || logEnd < page.LogEnd,
        };
    }

    private async Task<ImmutableArray<HealthCheckConfig>> ReadHealthChecksAsync(CancellationToken cancellationToken) =>
        [.. (await loader.LoadAsync(cancellationToken)).HealthChecks.Select(static check => check.Settings.ToConfig(check.Id))];

    private static ZoneConfig ToZone(ZoneEntryRow entry)
    {
        var document = ReadDocument(entry);
        return new ZoneConfig { Id = entry.ZoneId, Name = document.ZoneName, Version = entry.Sequence, RecordSets = document.Put };
    }

    private static ZoneChange ToChange(ZoneEntryRow entry)
    {
        var document = ReadDocument(entry);
        return new ZoneChange(entry.ZoneId, document.BaseVersion, entry.Sequence, document.Removed, document.Put);
    }

    private static ZoneEntryDocument ReadDocument(ZoneEntryRow entry) =>
        JsonSerializer.Deserialize(entry.Document, RecordSetJson.Default.ZoneEntryDocument) ?? throw new InvalidDataException($"Entry {entry.Sequence} of the log of zones is nothing.");

    private async Task<ZoneReport?> ReadReportAsync(HttpContext context)
    {
        if (await RequestBody.ReadAsync(context, LongestReport) is not { } body)
        {
            return null;
        }

        try
        {
            var report = JsonSerializer.Deserialize(body, ContractsJson.Default.ZoneReport);
            return report is { NodeId.Length: > 0 and <= LongestNodeId, SnapshotVersion: null or >= 0 } && !report.NodeId.Contains('\0', StringComparison.Ordinal)
                && report.Observations.All(static observation => !(observation.HealthCheckId + observation.Reason).Contains('\0', StringComparison.Ordinal))
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
        [LoggerMessage(3110, LogLevel.Debug, "The report of DNS node {NodeId} was answered with 503: {Reason}", EventName = "ZoneReportRefused")]
        public static partial void StoreUnavailable(ILogger logger, string nodeId, string reason);

        [LoggerMessage(3111, LogLevel.Debug, "A report of a DNS node could not be read: {Fault}", EventName = "ZoneReportMalformed")]
        public static partial void Malformed(ILogger logger, string fault);
    }
}
