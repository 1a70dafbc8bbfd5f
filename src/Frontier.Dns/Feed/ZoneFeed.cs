// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Frontier.Contracts;
using Frontier.Contracts.Zones;
using Frontier.Dns.Routing;
using Microsoft.Extensions.Logging;

namespace Frontier.Dns.Feed;

/// <summary>
/// The conversation with the control plane about zones: report, receive, apply, keep on disk, report again. While it is away, what was
/// heard last is served. An answer is acknowledged when it is in effect.
/// </summary>
internal sealed partial class ZoneFeed(DnsOptions options, ZoneBook book, ZoneJournal journal, IHealthWatch? health, FleetRouting? routing, HttpClient client, TimeProvider time, ILogger<ZoneFeed> logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _firstAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableArray<HealthCheckConfig>? _checks;
    private ImmutableArray<HealthObservation> _untold = [];
    private long _position;
    private Task _running = Task.CompletedTask;

    /// <summary>Completes when the control plane has been heard for the first time.</summary>
    public Task Connected => _firstAnswer.Task;

    /// <summary>Serves what was heard last. Call it before <see cref="Start"/>.</summary>
    public void Restore()
    {
        foreach (var answer in journal.Read())
        {
            Take(answer);
        }

        if (book.IsGathering)
        {
            // The set was not whole when the server ended: ask for it again.
            _position = 0;
        }
    }

    /// <summary>Starts the loop.</summary>
    public void Start()
    {
        if (options.Token.Length > 0)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        }

        _running = RunAsync(_stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        client.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var retry = FirstRetry;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ExchangeAsync(cancellationToken);
                _firstAnswer.TrySetResult();
                retry = FirstRetry;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it was, the loop is the server's only ear: it keeps answering, and asks again.
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

    private async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        _untold = [.. _untold, .. health?.TakeObservations() ?? []];
        var isFirst = !_firstAnswer.Task.IsCompleted;
        var report = new ZoneReport
        {
            NodeId = options.NodeId,
            Position = _position,
            AtOnce = isFirst,
            Observations = _untold,
            Facts = isFirst ? options.Facts : null,
            FleetRevision = routing?.FleetRevision,
            SnapshotVersion = routing?.SnapshotVersion,
            SnapshotCreatedAt = routing?.SnapshotCreatedAt,
        };
        using var response = await client.PostAsJsonAsync(ZoneReport.Path, report, ContractsJson.Default.ZoneReport, cancellationToken);
        await EnsureAnsweredAsync(response, cancellationToken);

        // A large zone takes a second to read and compile. Here may be the thread that polls sockets (decision 0009).
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var answer = await response.Content.ReadFromJsonAsync(ContractsJson.Default.ZoneAnswer, cancellationToken) ?? throw new InvalidDataException("the control plane's answer is empty");
        _untold = [];
        routing?.Take(answer); // before zones: an alias leads to a distribution
        answer = answer with { Fleet = null, Distributions = null }; // which lie in files of their own
        if (answer is { Zones.IsEmpty: true, Changes.IsEmpty: true, Removed.IsEmpty: true, HealthChecks: null, StartsAnew: false } && answer.Position == _position && !book.IsGathering)
        {
            return;
        }

        Take(answer);
        Save(answer);
    }

    /// <summary>A control plane says why it refuses a machine, and what to do.</summary>
    private static async Task EnsureAnsweredAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && response.Content.Headers.ContentType?.MediaType == "text/plain")
        {
            throw new HttpRequestException(await response.Content.ReadAsStringAsync(cancellationToken), null, response.StatusCode);
        }

        response.EnsureSuccessStatusCode();
    }

    private void Take(ZoneAnswer answer)
    {
        foreach (var fault in book.Apply(answer))
        {
            Log.Fault(logger, fault);
        }

        if (answer.HealthChecks is { } checks)
        {
            _checks = checks;
            health?.Watch(checks);
        }

        _position = answer.Position;
    }

    private void Save(ZoneAnswer answer)
    {
        try
        {
            journal.Append(answer);
            if (journal.IsLong && !book.IsGathering)
            {
                journal.Rewrite(book.Zones, answer with { HealthChecks = _checks });
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is in effect all the same; only a restart without control plane would go back to what was before.
            Log.NotSaved(logger, error.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6021, LogLevel.Warning, "The feed of zones is interrupted ({Reason}); what was heard last is served.", EventName = "ZoneFeedLost")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(6022, LogLevel.Error, "{Fault}", EventName = "ZoneFault")]
        public static partial void Fault(ILogger logger, string fault);

        [LoggerMessage(6023, LogLevel.Warning, "Zones could not be written to disk: {Reason}", EventName = "ZonesNotSaved")]
        public static partial void NotSaved(ILogger logger, string reason);
    }
}
