// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Frontier.Dns.Zones;
using Microsoft.Extensions.Logging;

namespace Frontier.Dns.Server;

/// <summary>
/// Queries over TCP at one address (RFC 7766): so many connections at a time, so many of them from one address, and none that is
/// silent for long.
/// </summary>
internal sealed partial class StreamServer : IAsyncDisposable
{
    /// <summary>Connections that the kernel has accepted and we not yet.</summary>
    private const int Backlog = 512;

    /// <summary>After a connection that could not be taken: where descriptors are short, the next one cannot either.</summary>
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<StreamConnection, Task> _connections = new();
    private readonly ConcurrentDictionary<ClientNetwork, int> _perAddress = new();
    private readonly Socket _listener;
    private readonly DnsOptions _options;
    private readonly ResponderPool _responders;
    private readonly ServedZones _zones;
    private readonly TimeProvider _time;
    private readonly ILogger<StreamServer> _logger;
    private readonly ITimer _sweep;
    private Task _accepting = Task.CompletedTask;

    /// <exception cref="SocketException">The address cannot be had.</exception>
    public StreamServer(IPEndPoint endpoint, DnsOptions options, ResponderPool responders, ServedZones zones, TimeProvider time, ILogger<StreamServer> logger)
    {
        (_options, _responders, _zones, _time, _logger) = (options, responders, zones, time, logger);
        _listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            _listener.Bind(endpoint);
            _listener.Listen(Backlog);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        _sweep = time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    public int Connections => _connections.Count;

    public void Start() => _accepting = AcceptAsync();

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        await _sweep.DisposeAsync();
        foreach (var (connection, _) in _connections)
        {
            connection.Close();
        }

        await Task.WhenAll(_connections.Values);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var socket = await _listener.AcceptAsync();
                if (!TryAdmit(socket))
                {
                    socket.Dispose();
                }
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.OperationAborted)
            {
                return;
            }
            catch (SocketException error)
            {
                // A connection that was gone before it was taken, or no descriptors left: the next one may fare better.
                Log.NotAccepted(_logger, error.Message);
                await Task.Delay(AcceptPause, _time);
            }
        }
    }

    private bool TryAdmit(Socket socket)
    {
        if (_connections.Count >= _options.MaxConnections || socket.RemoteEndPoint is not IPEndPoint remote)
        {
            return false;
        }

        var owner = OwnerOf(remote.Address);
        var count = _perAddress.AddOrUpdate(owner, 1, static (_, count) => count + 1);
        if (count > _options.MaxConnectionsPerAddress)
        {
            Leave(owner);
            return false;
        }

        socket.NoDelay = true;
        var connection = new StreamConnection(socket, remote.Address, _options, _responders, _zones, _time);
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = ServeAsync(connection, owner, begin.Task);
        begin.SetResult(); // in the table before it can be at its end
        return true;
    }

    private async Task ServeAsync(StreamConnection connection, ClientNetwork owner, Task begin)
    {
        await begin;
        try
        {
            await connection.RunAsync();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The client is gone, or was silent for too long.
        }
        catch (Exception error)
        {
            Log.Failed(_logger, error);
        }
        finally
        {
            connection.Close();
            Leave(owner);
            _connections.TryRemove(connection, out _);
        }
    }

    /// <summary>One address of IPv4, and of IPv6 the network that has one owner, as a rule (/64).</summary>
    private static ClientNetwork OwnerOf(IPAddress address)
    {
        var network = ClientNetwork.Of(address);
        return network.IsIPv6 ? network with { Address = network.Address >> 64 << 64, PrefixLength = 64 } : network;
    }

    private void Leave(ClientNetwork owner)
    {
        while (_perAddress.TryGetValue(owner, out var count))
        {
            if (count > 1 ? _perAddress.TryUpdate(owner, count - 1, count) : _perAddress.TryRemove(new KeyValuePair<ClientNetwork, int>(owner, count)))
            {
                return;
            }
        }
    }

    private void Sweep()
    {
        foreach (var (connection, _) in _connections)
        {
            if (_time.GetElapsedTime(connection.LastActive) > _options.IdleTimeout)
            {
                connection.Close();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6002, LogLevel.Error, "A connection ended by a fault of the server.", EventName = "DnsConnectionFailed")]
        public static partial void Failed(ILogger logger, Exception error);

        [LoggerMessage(6003, LogLevel.Debug, "A connection could not be taken: {Reason}", EventName = "DnsNotAccepted")]
        public static partial void NotAccepted(ILogger logger, string reason);
    }
}
