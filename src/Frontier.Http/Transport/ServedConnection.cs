// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using Frontier.Http.Http1;
using Frontier.Http.Http2;
using Frontier.Http.Limits;

namespace Frontier.Http.Transport;

/// <summary>One connection of a server: its handshake, then what is spoken on it.</summary>
/// <param name="visit">Null where a balancer is yet to say who comes.</param>
internal sealed class ServedConnection(
    Socket socket, bool isSecure, HttpServerOptions options, IExchangeHandler handler, ServerClock clock, ViewerGate viewers, BodySpace bodies, ViewerVisit? visit)
{
    private ViewerVisit? _visit = visit;
    private readonly long _handshakeUntil = clock.Seconds + (long)options.Limits.HandshakeTimeout.TotalSeconds;
    private volatile HttpConnection? _spoken;
    private volatile bool _drains;

    /// <summary>0 until the handshake is over: it has a time of its own.</summary>
    public long RestedSeconds => _spoken?.RestedSeconds ?? 0;

    /// <summary>In the table; only under its lock.</summary>
    public int Place { get; set; }

    public async Task RunAsync(ConnectionTable table)
    {
        await Task.Yield(); // the loop that accepts goes on at once: handshakes are work for all cores
        try
        {
            await ServeAsync();
        }
        catch (ViewerGoneException)
        {
            // Before it said anything.
        }
        catch (Exception fault)
        {
            options.OnFault(fault);
        }
        finally
        {
            socket.Dispose();
            table.Remove(this);
            _visit?.Leave();
        }
    }

    public void Sweep()
    {
        if (_spoken is { } spoken)
        {
            spoken.Sweep();
        }
        else if (clock.Seconds > _handshakeUntil)
        {
            Abort();
        }
    }

    public void Drain()
    {
        _drains = true;
        if (_spoken is { } spoken)
        {
            spoken.Drain();
        }
        else
        {
            Abort(); // nothing has been asked yet
        }
    }

    public void Abort()
    {
        socket.Close(timeout: 0);
        _spoken?.Leave();
    }

    private async Task ServeAsync()
    {
        try
        {
            socket.NoDelay = true;
            socket.Blocking = false;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return; // reset, or cut, already
        }

        var plain = new PlainConnection(socket);
        Connection connection = plain;
        try
        {
            if (options.IsBalancer(plain.Remote.Address))
            {
                if (await ProxyPreface.ReadAsync(plain) is not { } viewer)
                {
                    return;
                }

                plain.SpeakFor(viewer);
                _visit = viewers.Admit(viewer.Address, isSecure);
                if (_visit is null)
                {
                    Abort();
                    return;
                }
            }

            var isHttp2 = false;
            if (isSecure)
            {
                if (await SecureConnection.AcceptAsync(plain, options) is not { } secure)
                {
                    return;
                }

                connection = secure;
                isHttp2 = secure.IsHttp2;
            }

            HttpConnection spoken = isHttp2
                ? new Http2Connection(connection, handler, options.Limits, clock) { Visit = _visit, Bodies = bodies }
                : new Http1Connection(connection, handler, options.Limits, clock) { Visit = _visit };
            _spoken = spoken;
            if (_drains)
            {
                spoken.Drain();
            }

            await spoken.RunAsync();
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }
}
