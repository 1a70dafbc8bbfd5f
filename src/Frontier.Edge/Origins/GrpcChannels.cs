// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;

namespace Frontier.Edge.Origins;

/// <summary>
/// The HTTP/2 connections that carry gRPC calls, by endpoint. Each counts among the origin pool's, whose bound holds for both kinds
/// together; one without calls closes after the endpoint's keep-alive timeout. Thread-safe.
/// </summary>
internal sealed class GrpcChannels(OriginConnector connector, OriginTls tls, OriginClientOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Connections to one endpoint; each carries a hundred calls or so at once, as the origin allows.</summary>
    private const int MaxConnectionsPerEndpoint = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<OriginEndpoint, Channel> _channels = [];

    /// <summary>
    /// A place for one call on an endpoint's connections; whoever gets it disposes it when the call is over. Null when there are
    /// as many endpoints as there may be and each has calls under way: none of those is dropped for another's sake.
    /// </summary>
    public Lease? TryRent(OriginEndpoint endpoint)
    {
        Channel? idle = null;
        try
        {
            lock (_gate)
            {
                if (!_channels.TryGetValue(endpoint, out var channel))
                {
                    if (_channels.Count >= options.MaxGrpcEndpoints && !TryEvict(out idle))
                    {
                        return null;
                    }

                    _channels[endpoint] = channel = new Channel(endpoint, NewHandler(endpoint));
                }

                channel.Calls++;
                channel.UsedAt = time.GetTimestamp();
                return new Lease(this, channel);
            }
        }
        finally
        {
            idle?.Dispose();
        }
    }

    public void Dispose()
    {
        Channel[] channels;
        lock (_gate)
        {
            channels = [.. _channels.Values];
            _channels.Clear();
        }

        Array.ForEach(channels, static channel => channel.Dispose());
    }

    /// <summary>Takes out the one without calls that was unused for longest. Called under the lock.</summary>
    private bool TryEvict(out Channel? idle)
    {
        idle = _channels.Values.Where(static channel => channel.Calls == 0).MinBy(static channel => channel.UsedAt);
        return idle is not null && _channels.Remove(idle.Endpoint);
    }

    private void Return(Channel channel)
    {
        lock (_gate)
        {
            channel.Calls--;
        }
    }

    private SocketsHttpHandler NewHandler(OriginEndpoint endpoint) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        EnableMultipleHttp2Connections = true,
        MaxConnectionsPerServer = Math.Min(MaxConnectionsPerEndpoint, options.MaxConnectionsPerEndpoint),
        PooledConnectionIdleTimeout = endpoint.KeepAliveTimeout,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        SslOptions = tls.OptionsFor(endpoint),
        ConnectCallback = (_, cancellationToken) => ConnectAsync(endpoint, cancellationToken),
    };

    private async ValueTask<Stream> ConnectAsync(OriginEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(endpoint.ConnectionTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        var (failure, stream) = await connector.DialAsync(endpoint, either.Token);
        return stream ?? throw new GrpcConnectException(failure);
    }

    /// <summary>One call's place.</summary>
    internal sealed class Lease(GrpcChannels channels, Channel channel) : IDisposable
    {
        private int _isOver;

        public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken) => channel.SendAsync(message, cancellationToken);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                channels.Return(channel);
            }
        }
    }

    /// <summary>The connections to one endpoint. Its counters are guarded by the lock of the table.</summary>
    internal sealed class Channel(OriginEndpoint endpoint, SocketsHttpHandler handler) : HttpMessageInvoker(handler, disposeHandler: true)
    {
        public OriginEndpoint Endpoint => endpoint;

        /// <summary>Under way.</summary>
        public int Calls { get; set; }

        public long UsedAt { get; set; }
    }
}
