// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Frontier.Contracts.Fleet;
using Frontier.Decisions.Routing;
using Microsoft.Extensions.Logging;

namespace Frontier.Dns.Routing;

/// <summary>
/// Asks every edge, again and again, whether it serves, so that a DNS node knows of a death without a control plane. An edge that
/// does not answer twice in a row is taken for dead, and for alive at its first answer. Thread-safe.
/// </summary>
internal sealed partial class EdgeProber : IEdgeHealth, IAsyncDisposable
{
    /// <summary>With two failures and <see cref="Timeout"/> each, a death is known after 2 to 7 seconds.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);

    /// <summary>In a row, before an edge that answered counts as dead.</summary>
    private const int FailuresToDie = 2;

    /// <summary>Probes under way at a time: a fleet that is dead as a whole must not pile them up.</summary>
    private const int MostUnderWay = 128;

    private readonly ConcurrentDictionary<string, Probed> _probed = new(StringComparer.Ordinal);
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = Timeout, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _time;
    private readonly ILogger<EdgeProber> _logger;
    private readonly Action _changed;
    private ImmutableArray<NodeConfig> _edges = [];
    private Task _running = Task.CompletedTask;

    /// <param name="changed">Called when an edge has died or come to life.</param>
    public EdgeProber(Action changed, TimeProvider time, ILogger<EdgeProber> logger)
    {
        (_changed, _time, _logger) = (changed, time, logger);
        _client.Timeout = System.Threading.Timeout.InfiniteTimeSpan; // each probe has its own, by the clock given
        _running = RunAsync();
    }

    /// <summary>Whom to ask from now on.</summary>
    public void Watch(FleetDirectory directory)
    {
        _edges = [.. directory.Nodes.Where(static node => node.Facts is { Role: NodeRole.Edge, HttpPort: > 0, Addresses.IsEmpty: false })];
        foreach (var gone in _probed.Keys.Except(_edges.Select(static edge => edge.Id)).ToList())
        {
            _probed.TryRemove(gone, out _);
        }
    }

    public bool? Answers(string nodeId) => _probed.TryGetValue(nodeId, out var probed) ? probed.IsAlive : null;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await Parallel.ForEachAsync(_edges, new ParallelOptions { MaxDegreeOfParallelism = MostUnderWay, CancellationToken = _stopping.Token }, ProbeAsync);
                await Task.Delay(Pause, _time, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It is over.
        }
    }

    private async ValueTask ProbeAsync(NodeConfig edge, CancellationToken cancellationToken)
    {
        var fault = await FaultOfAsync(edge, cancellationToken);
        var before = _probed.GetValueOrDefault(edge.Id);
        var failures = fault is null ? 0 : before.Failures + 1;
        // One never asked before is not dead for one answer that was lost; nobody knows it then.
        var isAlive = fault is null ? true : failures >= FailuresToDie ? false : before.IsAlive;
        _probed[edge.Id] = new Probed(isAlive, failures);
        if (isAlive == before.IsAlive)
        {
            return;
        }

        if (isAlive is false)
        {
            Log.Died(_logger, edge.Id, edge.Pop, fault!);
        }
        else if (before.IsAlive is false)
        {
            Log.Lives(_logger, edge.Id, edge.Pop);
        }

        _changed();
    }

    /// <summary>Null for an edge that serves.</summary>
    private async Task<string?> FaultOfAsync(NodeConfig edge, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var address = IPAddress.Parse(edge.Facts.Addresses[0]);
            var uri = new UriBuilder("http", address.ToString(), edge.Facts.HttpPort, NodeFacts.HealthPath).Uri;
            using var answer = await _client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return answer.StatusCode is HttpStatusCode.OK ? null : $"it answers {(int)answer.StatusCode}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "it does not answer in time";
        }
        catch (Exception error) when (error is HttpRequestException or FormatException)
        {
            return error.Message;
        }
    }

    /// <param name="IsAlive">Null for not known yet.</param>
    /// <param name="Failures">In a row.</param>
    private readonly record struct Probed(bool? IsAlive, int Failures);

    private static partial class Log
    {
        [LoggerMessage(5201, LogLevel.Warning, "Edge {Edge} of {Pop} is answered no more: {Fault}.", EventName = "EdgeDied")]
        public static partial void Died(ILogger logger, string edge, string pop, string fault);

        [LoggerMessage(5202, LogLevel.Information, "Edge {Edge} of {Pop} serves again.", EventName = "EdgeLives")]
        public static partial void Lives(ILogger logger, string edge, string pop);
    }
}
