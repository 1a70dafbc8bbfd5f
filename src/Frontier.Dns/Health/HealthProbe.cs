// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Frontier.Contracts.Zones;
using Frontier.Decisions.Addresses;

namespace Frontier.Dns.Health;

/// <summary>
/// One request of a health check (NB-5.6): a connection and, of HTTP, an answer of status 2xx or 3xx. Redirects are not followed and
/// certificates not judged, as Route 53 has it. It connects only where origins might be too: whoever makes a check chooses the address.
/// </summary>
internal sealed class HealthProbe(HealthProberOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeProvider time)
{
    private const int SearchedBytes = 5_120;

    private static readonly TimeSpan HttpConnect = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan HttpAnswer = TimeSpan.FromSeconds(2);

    /// <summary>Checks of TCP have no answer to wait for, and so longer to connect.</summary>
    private static readonly TimeSpan TcpConnect = TimeSpan.FromSeconds(10);

    public async Task<ProbeResult> RunAsync(HealthCheckConfig check, CancellationToken cancellationToken)
    {
        var isTcp = check.Type == "TCP";
        using var deadline = new CancellationTokenSource(isTcp ? TcpConnect : HttpConnect, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var address = await FindAddressAsync(check, either.Token);
            if (address is null)
            {
                return ProbeResult.Failure("The name has no address.");
            }

            var verdict = AddressCheck.Decide(new IPEndPoint(address, check.Port), options.Rules);
            if (verdict != AddressVerdict.Allowed)
            {
                return ProbeResult.Failure($"{address} {verdict.Why}, and is not asked.");
            }

            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(address, check.Port), either.Token);
            if (isTcp)
            {
                return ProbeResult.Success("The connection was made.");
            }

            await using var stream = new NetworkStream(socket, ownsSocket: true); // or a read that is given up would wait on
            deadline.CancelAfter(HttpAnswer);
            return await AskAsync(check, stream, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProbeResult.Failure("The endpoint did not answer in time.");
        }
        catch (SocketException error)
        {
            return ProbeResult.Failure($"The connection was not made: {error.SocketErrorCode}.");
        }
        catch (AuthenticationException)
        {
            return ProbeResult.Failure("No TLS handshake came about.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidOperationException or FormatException)
        {
            return ProbeResult.Failure("The endpoint did not answer with HTTP.");
        }
    }

    private async Task<IPAddress?> FindAddressAsync(HealthCheckConfig check, CancellationToken cancellationToken)
    {
        if (check.Address is { } given)
        {
            return IPAddress.TryParse(given, out var address) ? address : null;
        }

        // By IPv4 alone, as Route 53 does where a check has a name only.
        return check.Host is { } host ? (await resolve(host, cancellationToken)).FirstOrDefault(static found => found.AddressFamily == AddressFamily.InterNetwork) : null;
    }

    private static async Task<ProbeResult> AskAsync(HealthCheckConfig check, Stream connection, CancellationToken cancellationToken)
    {
        var isTls = check.Type.StartsWith("HTTPS", StringComparison.Ordinal);
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxConnectionsPerServer = 1,
            MaxResponseHeadersLength = 64,
            ConnectCallback = async (_, token) => isTls ? await HandshakeAsync(check, connection, token) : connection,
        };
        using var invoker = new HttpMessageInvoker(handler);

        // TLS is spoken by the callback, so the request goes over what it returns as if it were plain.
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://health.invalid:{check.Port}{check.Path}"));
        request.Headers.TryAddWithoutValidation("Host", HostOf(check, isTls));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Frontier-Health-Check", "1.0"));
        request.Headers.ConnectionClose = true;
        using var response = await invoker.SendAsync(request, cancellationToken);
        var status = $"HTTP Status Code {(int)response.StatusCode}, {response.ReasonPhrase}";
        if ((int)response.StatusCode is < 200 or > 399)
        {
            return ProbeResult.Failure(status);
        }

        return check.SearchString is not { Length: > 0 } wanted ? ProbeResult.Success(status)
            : await HasAsync(response, wanted, cancellationToken) ? ProbeResult.Success(status + "; the search string was found")
            : ProbeResult.Failure(status + "; the search string was not found");
    }

    [SuppressMessage("Security", "CA5359", Justification = "Nothing secret is sent, and what comes back decides only whether the endpoint counts as up.")]
    private static async Task<Stream> HandshakeAsync(HealthCheckConfig check, Stream connection, CancellationToken cancellationToken)
    {
        var tls = new SslStream(connection, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = check is { EnableSni: true, Host: { } host } ? host : "",
                RemoteCertificateValidationCallback = AcceptAny,
            },
            cancellationToken);
        return tls;
    }

    /// <summary>A check is whether something answers, not who (NB-5.6): an endpoint with an expired certificate is up.</summary>
    private static bool AcceptAny(object sender, System.Security.Cryptography.X509Certificates.X509Certificate? certificate, System.Security.Cryptography.X509Certificates.X509Chain? chain, SslPolicyErrors errors) => true;

    private static string HostOf(HealthCheckConfig check, bool isTls)
    {
        var host = check.Host ?? (check.Address!.Contains(':', StringComparison.Ordinal) ? $"[{check.Address}]" : check.Address);
        return check.Port == (isTls ? 443 : 80) ? host : $"{host}:{check.Port}";
    }

    private static async Task<bool> HasAsync(HttpResponseMessage response, string wanted, CancellationToken cancellationToken)
    {
        var buffer = new byte[SearchedBytes];
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer.AsSpan(0, length).IndexOf(Encoding.UTF8.GetBytes(wanted)) >= 0;
    }
}
