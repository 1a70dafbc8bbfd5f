// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Frontier.Edge.Origins;

/// <summary>
/// Carries gRPC calls to origins over HTTP/2 (DP-30.2), with the platform's own client: only this leg speaks HTTP/2. Names,
/// addresses and certificates are judged as they are for everything else. Thread-safe.
/// </summary>
internal sealed class GrpcClient(OriginConnector connector, OriginTls tls, OriginClientOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Endpoints with connections of their own; the one unused for longest gives way.</summary>
    private const int MaxEndpoints = 128;

    /// <summary>Connections to one endpoint; each carries a hundred calls or so at once, as the origin allows.</summary>
    private const int MaxConnectionsPerEndpoint = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<OriginEndpoint, Channel> _channels = [];

    public async ValueTask<GrpcResult> SendAsync(OriginRequest request, OriginUse use, CancellationToken cancellationToken)
    {
        var quiet = new GrpcQuiet(request.Endpoint.ReadTimeout, time, cancellationToken);
        var upload = new GrpcUpload(request.Body!, quiet);
        GrpcResponse? answer = null;
        try
        {
            using var message = Compose(request, upload);
            var began = time.GetTimestamp();
            var response = await ChannelOf(request.Endpoint).SendAsync(message, quiet.Ended);
            use.Answered(time.GetElapsedTime(began));
            quiet.Broken();
            message.Content = null; // still being sent; the answer sees to its end
            answer = new GrpcResponse(response, await response.Content.ReadAsStreamAsync(cancellationToken), upload, quiet, use);
            return new GrpcResult(OriginFailure.None, answer);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return GrpcResult.Failed(OriginFailure.ReadTimeout);
        }
        catch (RequestBodyException)
        {
            return GrpcResult.Failed(OriginFailure.ViewerGone);
        }
        catch (HttpRequestException error)
        {
            return GrpcResult.Failed(FailureOf(error));
        }
        finally
        {
            if (answer is null)
            {
                quiet.End();
                await upload.Over;
                quiet.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var channel in _channels.Values)
            {
                channel.Dispose();
            }

            _channels.Clear();
        }
    }

    private static HttpRequestMessage Compose(OriginRequest request, GrpcUpload upload)
    {
        var endpoint = request.Endpoint;
        var address = string.Create(CultureInfo.InvariantCulture, $"https://{endpoint.Host}:{endpoint.Port}{Encoding.Latin1.GetString(request.Target.Span)}");
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = upload,
        };
        for (var i = 0; i < request.Headers.Count; i++)
        {
            var (name, value) = (request.Headers.NameText(i), request.Headers.ValueText(i));
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                upload.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private Channel ChannelOf(OriginEndpoint endpoint)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(endpoint, out var channel))
            {
                if (_channels.Count >= MaxEndpoints)
                {
                    var oldest = _channels.MinBy(static entry => entry.Value.UsedAt);
                    _channels.Remove(oldest.Key);
                    oldest.Value.Dispose();
                }

                _channels[endpoint] = channel = new Channel(NewHandler(endpoint));
            }

            channel.UsedAt = time.GetTimestamp();
            return channel;
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
        var (failure, socket) = await connector.DialAsync(endpoint, either.Token);
        return socket is not null ? new NetworkStream(socket, ownsSocket: true)
            : failure is OriginFailure.ConnectTimeout ? throw new TimeoutException("No connection within the connection timeout.")
            : throw new HttpRequestException(
                failure is OriginFailure.DnsError ? HttpRequestError.NameResolutionError : HttpRequestError.ConnectionError, "There is no connection to the origin.");
    }

    private static OriginFailure FailureOf(HttpRequestException error) => error.InnerException switch
    {
        TimeoutException => OriginFailure.ConnectTimeout,
        RequestBodyException => OriginFailure.ViewerGone,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => OriginFailure.DnsError,
        HttpRequestException => OriginFailure.ConnectError,
        _ => error.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => OriginFailure.TlsError,
            HttpRequestError.ConnectionError => OriginFailure.ConnectError,
            HttpRequestError.ConfigurationLimitExceeded => OriginFailure.HeaderTooBig,
            HttpRequestError.VersionNegotiationError or HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse => OriginFailure.InvalidResponse,
            _ => OriginFailure.ClosedEarly,
        },
    };

    /// <summary>The connections to one endpoint.</summary>
    private sealed class Channel(SocketsHttpHandler handler) : HttpMessageInvoker(handler, disposeHandler: true)
    {
        public long UsedAt { get; set; }
    }
}
