// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Testing;

/// <summary>
/// An origin that does as it is told, over real TCP (and TLS, when given a certificate) on a loopback port of its own. It
/// records every request and can be slow, wrong and rude on command. Paths without a script are answered 404. Thread-safe.
/// </summary>
/// <example><c>origin.On("/a").Reply(200, "v1", ("Cache-Control", "max-age=60"));</c></example>
public sealed class ScriptedOrigin : IAsyncDisposable
{
    /// <summary>How long a wait of a test may take before it fails; generous, since only failing tests wait so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, ScriptedRoute> _routes = [];
    private readonly List<ScriptedRequest> _requests = [];
    private readonly List<SslProtocols> _tlsVersions = [];
    private readonly List<Task> _connections = [];
    private readonly Socket _listener;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inFlight;
    private int _open;
    private long _bytesSent;

    private ScriptedOrigin(X509Certificate2? certificate)
    {
        _certificate = certificate;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint { get; }

    public int Port => EndPoint.Port;

    /// <summary>Every request in order of arrival, also those whose reply is still held.</summary>
    public IReadOnlyList<ScriptedRequest> Log
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Requests whose head arrived and whose reply is not over.</summary>
    public int RequestsInFlight => Volatile.Read(ref _inFlight);

    public int ConnectionsAccepted
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    public int ConnectionsOpen => Volatile.Read(ref _open);

    /// <summary>The TLS version of each connection that completed its handshake.</summary>
    public IReadOnlyList<SslProtocols> TlsVersions
    {
        get
        {
            lock (_gate)
            {
                return [.. _tlsVersions];
            }
        }
    }

    /// <summary>Bytes handed to sockets so far.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    public static ScriptedOrigin Start(X509Certificate2? certificate = null) => new(certificate);

    /// <summary>The script of a path, without its query; made at the first call. <c>*</c> is for all paths that have none.</summary>
    public ScriptedRoute On(string path)
    {
        lock (_gate)
        {
            if (!_routes.TryGetValue(path, out var route))
            {
                _routes[path] = route = new ScriptedRoute();
            }

            return route;
        }
    }

    /// <summary>How many requests came for this path, whatever their query.</summary>
    public int Requests(string path) => Log.Count(request => request.Path == path);

    /// <summary>The last request for this path.</summary>
    public ScriptedRequest Last(string path) => Log.Last(request => request.Path == path);

    public Task WaitForRequestsAsync(string path, int count) => WaitUntilAsync(() => Requests(path) >= count);

    /// <summary>Waits until the condition holds; it is asked again whenever anything here changes.</summary>
    /// <exception cref="TimeoutException">It did not within <see cref="Patience"/>.</exception>
    public async Task WaitUntilAsync(Func<bool> condition)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }

            if (condition())
            {
                return;
            }

            await changed.WaitAsync(Patience);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Task[] connections;
        lock (_gate)
        {
            connections = [.. _connections];
        }

        await Task.WhenAll(connections);
        _stopping.Dispose();
    }

    internal ScriptedRoute? Find(string path)
    {
        lock (_gate)
        {
            return _routes.GetValueOrDefault(path) ?? _routes.GetValueOrDefault("*");
        }
    }

    internal void Secured(SslProtocols version)
    {
        lock (_gate)
        {
            _tlsVersions.Add(version);
        }
    }

    internal void Began(ScriptedRequest request)
    {
        lock (_gate)
        {
            _requests.Add(request);
        }

        Interlocked.Increment(ref _inFlight);
        Changed();
    }

    internal void Ended()
    {
        Interlocked.Decrement(ref _inFlight);
        Changed();
    }

    internal void Sent(int bytes)
    {
        Interlocked.Add(ref _bytesSent, bytes);
        Changed();
    }

    private async Task AcceptAsync()
    {
        try
        {
            for (var number = 1; ; number++)
            {
                var socket = await _listener.AcceptAsync(_stopping.Token);
                socket.NoDelay = true;
                lock (_gate)
                {
                    _connections.Add(ServeAsync(socket, number));
                }

                Changed();
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The origin is being disposed of.
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        await Task.Yield();
        Interlocked.Increment(ref _open);
        try
        {
            using (socket)
            {
                await new ScriptedConnection(this, socket, _certificate, number).ServeAsync(_stopping.Token);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            Changed();
        }
    }

    private void Changed()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
