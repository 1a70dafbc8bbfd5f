// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Frontier.Scenarios.Stability;

/// <summary>
/// A viewer who asks again and again. It is told a list of edges; where one cannot be reached or breaks off it asks the next, and does
/// not come back until it is told to.
/// </summary>
internal sealed class SteadyViewer : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    /// <summary>A machine that is busy with other things answers late, and that is no error; whoever waited for a machine that is gone would be later still.</summary>
    private static readonly TimeSpan PerEdge = TimeSpan.FromSeconds(10);

    private readonly int _number;
    private readonly HttpClient _client;
    private readonly IDirections _directions;
    private readonly IReadOnlyList<(PromisedSite Site, string Path)> _round;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<ViewerFault> _faults = new();
    private readonly Task _running;
    private int _answers;
    private long _slowest;

    /// <param name="from">Where it is.</param>
    /// <param name="directions">Tells where to go.</param>
    /// <param name="round">What it asks for in turn; a path that ends with a slash is completed to one that nobody has asked for before.</param>
    public SteadyViewer(int number, IPAddress from, IDirections directions, IReadOnlyList<(PromisedSite Site, string Path)> round)
    {
        (_number, _directions, _round) = (number, directions, round);
        _client = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    socket.Bind(new IPEndPoint(from, 0));
                    await socket.ConnectAsync(IPAddress.Parse(context.DnsEndPoint.Host), context.DnsEndPoint.Port, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        });
        _running = RunAsync();
    }

    /// <summary>Requests answered well.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>The longest that an answer took since this was last asked.</summary>
    public TimeSpan TakeSlowest() => TimeSpan.FromTicks(Interlocked.Exchange(ref _slowest, 0));

    /// <summary>What went wrong since this was last asked.</summary>
    public IReadOnlyList<ViewerFault> TakeFaults()
    {
        List<ViewerFault> faults = [];
        while (_faults.TryDequeue(out var fault))
        {
            faults.Add(fault);
        }

        return faults;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _client.Dispose();
        _stopping.Dispose();
    }

    /// <summary>A page as one edge gives it.</summary>
    public static async Task<(HttpStatusCode Status, string Page)> AskAsync(HttpClient client, NetworkHost edge, string domain, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{edge.Address}{path}")) { Headers = { Host = domain } };
        using var answer = await client.SendAsync(request, cancellationToken);
        return (answer.StatusCode, (await answer.Content.ReadAsStringAsync(cancellationToken)).Trim());
    }

    private async Task RunAsync()
    {
        using var pause = new PeriodicTimer(Pause);
        try
        {
            for (var turn = _number; await pause.WaitForNextTickAsync(_stopping.Token); turn++)
            {
                var (site, path) = _round[turn % _round.Count];
                await AskAsync(site, path.EndsWith('/') ? string.Create(CultureInfo.InvariantCulture, $"{path}{_number}-{turn}") : path);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It is over.
        }
    }

    private async Task AskAsync(PromisedSite site, string path)
    {
        NetworkHost? last = null;
        foreach (var edge in await _directions.FindAsync(site.Site.Domain, _stopping.Token))
        {
            last = edge;
            var promised = site.Promised;
            var began = Stopwatch.GetTimestamp();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            patience.CancelAfter(PerEdge);
            try
            {
                Judge(edge, site, path, promised, await AskAsync(_client, edge, site.Site.Domain, path, patience.Token), Stopwatch.GetElapsedTime(began));
                return;
            }
            catch (Exception error) when (!_stopping.IsCancellationRequested && error is HttpRequestException or OperationCanceledException or IOException)
            {
                _faults.Enqueue(new ViewerFault(ViewerFaultKind.Moved, edge, site, path, error.Message));
                _directions.LeadsNowhere(edge);
            }
        }

        _faults.Enqueue(new ViewerFault(last is null ? ViewerFaultKind.Unresolved : ViewerFaultKind.Unanswered, last, site, path, last is null ? "nobody says where to go" : "no edge answers"));
    }

    private void Judge(NetworkHost edge, PromisedSite site, string path, int promised, (HttpStatusCode Status, string Page) answer, TimeSpan took)
    {
        if (answer.Status is not HttpStatusCode.OK || SiteOrigin.VersionOf(answer.Page) is not { } version)
        {
            _faults.Enqueue(new ViewerFault(ViewerFaultKind.Refused, edge, site, path, $"status {(int)answer.Status}"));
            return;
        }

        if (version < promised)
        {
            _faults.Enqueue(new ViewerFault(ViewerFaultKind.Stale, edge, site, path, $"version {version}, where {promised} was promised"));
        }

        if (took.Ticks > Volatile.Read(ref _slowest))
        {
            Volatile.Write(ref _slowest, took.Ticks); // it alone writes anything but zero
        }

        Interlocked.Increment(ref _answers);
    }
}
