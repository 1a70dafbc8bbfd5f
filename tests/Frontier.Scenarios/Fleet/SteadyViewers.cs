// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Frontier.Scenarios.Fleet;

/// <summary>
/// Viewers of one continent who ask for a page again and again. As a browser with several addresses does, they try the next edge when
/// one cannot be reached or breaks off; what none answers, or one answers wrongly, is an error.
/// </summary>
internal sealed class SteadyViewers : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan PerEdge = TimeSpan.FromSeconds(3);

    private readonly HttpClient _client;
    private readonly IReadOnlyList<NetworkHost> _edges;
    private readonly string _domain;
    private readonly string _path;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Task _running;
    private int _answers;
    private volatile string _page = "";

    /// <param name="from">Where they are.</param>
    /// <param name="edges">In the order in which DNS names them.</param>
    public SteadyViewers(IPAddress from, IReadOnlyList<NetworkHost> edges, string domain, string path)
    {
        (_edges, _domain, _path) = (edges, domain, path);
        _client = new HttpClient(new SocketsHttpHandler
        {
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

    /// <summary>The last page seen.</summary>
    public string Page => _page;

    /// <summary>What went wrong since this was last asked.</summary>
    public IReadOnlyList<string> TakeErrors()
    {
        List<string> errors = [];
        while (_errors.TryDequeue(out var error))
        {
            errors.Add(error);
        }

        return errors;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _client.Dispose();
        _stopping.Dispose();
    }

    /// <summary>The page as one edge gives it.</summary>
    public static async Task<(HttpStatusCode Status, string Page)> AskAsync(HttpClient client, IPAddress edge, string domain, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{edge}{path}")) { Headers = { Host = domain, UserAgent = { new ProductInfoHeaderValue("viewer", "1") } } };
        using var answer = await client.SendAsync(request, cancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private async Task RunAsync()
    {
        using var pause = new PeriodicTimer(Pause);
        try
        {
            while (await pause.WaitForNextTickAsync(_stopping.Token))
            {
                await AskOnceAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It is over.
        }
    }

    private async Task AskOnceAsync()
    {
        var faults = new List<string>();
        foreach (var edge in _edges)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            patience.CancelAfter(PerEdge);
            try
            {
                var (status, page) = await AskAsync(_client, edge.Address, _domain, _path, patience.Token);
                if (status is HttpStatusCode.OK)
                {
                    _page = page;
                    Interlocked.Increment(ref _answers);
                    return;
                }

                faults.Add($"{edge.Namespace} answered {(int)status}");
                break; // an answer is an answer: nobody asks elsewhere for it
            }
            catch (Exception error) when (!_stopping.IsCancellationRequested && error is HttpRequestException or OperationCanceledException or IOException)
            {
                faults.Add($"{edge.Namespace}: {error.Message}");
            }
        }

        _errors.Enqueue(string.Join("; ", faults));
    }
}
