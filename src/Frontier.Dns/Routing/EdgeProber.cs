// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using Frontier.Contracts.Fleet;
using Frontier.Decisions.Routing;
using Microsoft.Extensions.Logging;

namespace Frontier.Dns.Routing;

/// <summary>
/// Asks every edge, again and again, whether it serves, so that a DNS node knows of a death without a control plane. An edge that
/// does not answer twice in a row is taken for dead, and for alive at its first answer. Where none answers, it is rather this node that
/// is cut off, and nothing is said of any. Thread-safe.
/// </summary>
internal sealed partial class EdgeProber : IEdgeHealth, IAsyncDisposable
{
    /// <summary>From the end of one round to the next, a tenth more or less. A death is known after two failures: 2 to 8.5 seconds, with <see cref="Timeout"/> each.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <summary>The same where an edge failed for the first time: long enough for one that only stood still, and soon enough that viewers of a dead one move within ten seconds.</summary>
    public static readonly TimeSpan DoubtfulPause = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);

    /// <summary>What was found longer ago says nothing any more: this process stood still.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(30);

    /// <summary>In a row, before an edge that answered counts as dead.</summary>
    private const int FailuresToDie = 2;

    /// <summary>Probes under way at a time: a fleet that is dead as a whole must not pile them up.</summary>
    private const int MostUnderWay = 256;

    private readonly ConcurrentDictionary<string, Probed> _probed = new(StringComparer.Ordinal);
    private readonly HttpClient _client = Client();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action _changed;
    private Task _running = Task.CompletedTask;
    private volatile Watched _watched = new([]);
    private volatile bool _isBelieved = true;
    private int _rounds;

    /// <param name="changed">Called when an edge has died or come to life.</param>
    public EdgeProber(Action changed, TimeProvider time, ILogger logger) => (_changed, _time, _logger) = (changed, time, logger);

    /// <summary>Rounds that have come to their end.</summary>
    internal int Rounds => Volatile.Read(ref _rounds);

    public void Start() => _running = RunAsync();

    /// <summary>Whom to ask from the next round on.</summary>
    public void Watch(FleetDirectory directory)
    {
        ImmutableArray<NodeConfig> edges = [.. directory.Nodes.Where(static node => node.Facts is { Role: NodeRole.Edge, Addresses.IsEmpty: false } and ({ HttpPort: > 0 } or { HttpsPort: > 0 }))];
        _watched = new Watched(edges);
        foreach (var gone in _probed.Keys.Except(edges.Select(static edge => edge.Id)).ToList())
        {
            _probed.TryRemove(gone, out _);
        }
    }

    public bool? Answers(string nodeId) =>
        _isBelieved && _probed.TryGetValue(nodeId, out var probed) && _time.GetElapsedTime(probed.At) <= GoodFor ? probed.IsAlive : null;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _client.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Nothing is told to an edge, and what it says is no more than whether it serves: its certificate, which is for names, does not matter.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "A probe tells nothing and believes no more than that something answers.")]
    private static HttpClient Client() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = Timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan, // each probe has its own, by the clock given
    };

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await Parallel.ForEachAsync(_watched.Edges, new ParallelOptions { MaxDegreeOfParallelism = MostUnderWay, CancellationToken = _stopping.Token }, ProbeAsync);
                Conclude();
                var pause = _probed.Values.Any(static probed => probed.IsDoubtful) ? DoubtfulPause : Pause;
                await Task.Delay(pause * (0.9 + (0.2 * Random.Shared.NextDouble())), _time, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It is over.
        }
    }

    private void Conclude()
    {
        var isBelieved = _probed.IsEmpty || _probed.Values.Any(static probed => probed.IsAlive is not false);
        if (isBelieved != _isBelieved)
        {
            _isBelieved = isBelieved;
            Log.Alone(_logger, isBelieved ? "Edges are answered again." : "No edge answers; what the control plane said last of them counts.");
            _changed();
        }

        Interlocked.Increment(ref _rounds);
    }

    private async ValueTask ProbeAsync(NodeConfig edge, CancellationToken cancellationToken)
    {
        var fault = await FaultOfAsync(edge, cancellationToken);
        var before = _probed.GetValueOrDefault(edge.Id);
        var failures = fault is null ? 0 : before.Failures + 1;
        // One never asked before is not dead for one answer that was lost; nobody knows it then.
        var isAlive = fault is null ? true : failures >= FailuresToDie ? false : before.IsAlive;
        _probed[edge.Id] = new Probed(isAlive, failures, _time.GetTimestamp());
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
            var facts = edge.Facts;
            var (scheme, port) = facts.HttpPort > 0 ? ("http", facts.HttpPort) : ("https", facts.HttpsPort);
            var uri = new UriBuilder(scheme, facts.Addresses[0], port, NodeFacts.HealthPath).Uri;
            using var answer = await _client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return answer.StatusCode is HttpStatusCode.OK ? null : $"it answers {(int)answer.StatusCode}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "it does not answer in time";
        }
        catch (Exception error) when (error is HttpRequestException or UriFormatException)
        {
            return error.Message;
        }
    }

    private sealed record Watched(ImmutableArray<NodeConfig> Edges);

    /// <param name="IsAlive">Null for not known yet.</param>
    /// <param name="Failures">In a row.</param>
    /// <param name="At">A timestamp of the clock.</param>
    private readonly record struct Probed(bool? IsAlive, int Failures, long At)
    {
        public bool IsDoubtful => Failures is > 0 and < FailuresToDie;
    }

    private static partial class Log
    {
        [LoggerMessage(6041, LogLevel.Warning, "Viewers are not sent to edge {Edge} of {Pop} any more: {Fault}.", EventName = "EdgeDied")]
        public static partial void Died(ILogger logger, string edge, string pop, string fault);

        [LoggerMessage(6042, LogLevel.Information, "Edge {Edge} of {Pop} serves again.", EventName = "EdgeLives")]
        public static partial void Lives(ILogger logger, string edge, string pop);

        [LoggerMessage(6043, LogLevel.Warning, "{What}", EventName = "EdgesAnswered")]
        public static partial void Alone(ILogger logger, string what);
    }
}
