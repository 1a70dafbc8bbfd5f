// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Text;

namespace Frontier.Edge.Origins;

/// <summary>
/// Carries gRPC calls to origins over HTTP/2 (DP-30.2), with the platform's own client: only this leg speaks HTTP/2. Names,
/// addresses and certificates are judged as they are for everything else. Thread-safe.
/// </summary>
internal sealed class GrpcClient(OriginConnector connector, OriginTls tls, OriginClientOptions options, TimeProvider time) : IDisposable
{
    private readonly GrpcChannels _channels = new(connector, tls, options, time);

    public async ValueTask<GrpcResult> SendAsync(OriginRequest request, OriginUse use, CancellationToken cancellationToken)
    {
        if (!OriginTls.HasWhatItShows(request.Endpoint))
        {
            return GrpcResult.Failed(OriginFailure.MutualTlsError);
        }

        if (_channels.TryRent(request.Endpoint) is not { } lease)
        {
            return GrpcResult.Failed(OriginFailure.NoCapacity);
        }

        var quiet = new GrpcQuiet(request.Endpoint.ReadTimeout, time, cancellationToken);
        var upload = new GrpcUpload(request.Body!, quiet);
        GrpcResponse? answer = null;
        try
        {
            using var message = Compose(request, upload);
            var began = time.GetTimestamp();
            var response = await lease.SendAsync(message, quiet.Ended);
            use.Answered(time.GetElapsedTime(began));
            quiet.Broken();
            message.Content = null; // still being sent; the answer sees to its end
            answer = new GrpcResponse(response, await response.Content.ReadAsStreamAsync(cancellationToken), upload, quiet, use, lease);
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
            var failure = FailureOf(error);
            return GrpcResult.Failed(failure is OriginFailure.TlsError && request.Endpoint.ClientCertificate is not null ? OriginFailure.MutualTlsError : failure);
        }
        finally
        {
            if (answer is null)
            {
                quiet.End();
                await upload.Over;
                quiet.Dispose();
                lease.Dispose();
            }
        }
    }

    public void Dispose() => _channels.Dispose();

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

    private static OriginFailure FailureOf(HttpRequestException error) => error.InnerException switch
    {
        GrpcConnectException connecting => connecting.Failure,
        RequestBodyException => OriginFailure.ViewerGone,
        _ => error.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => OriginFailure.TlsError,
            HttpRequestError.ConnectionError => OriginFailure.ConnectError,
            HttpRequestError.ConfigurationLimitExceeded => OriginFailure.HeaderTooBig,
            HttpRequestError.VersionNegotiationError or HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse => OriginFailure.InvalidResponse,
            _ => OriginFailure.ClosedEarly,
        },
    };
}
