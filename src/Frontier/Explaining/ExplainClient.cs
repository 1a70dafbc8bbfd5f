// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Frontier.Decisions.Explaining;
using Frontier.Edge.Explaining;

namespace Frontier.Explaining;

/// <summary>Asks the running edge, as a viewer who knows its token.</summary>
internal static class ExplainClient
{
    /// <summary>A live request may wait for its origin: three attempts of 30 seconds, and a little.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <exception cref="ExplainException">No edge answers, or none that knows the token.</exception>
    public static async Task<Explanation> AskAsync(ExplainSettings settings, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(settings.Data, "edge");
        var contact = Contact(directory, settings);
        var https = settings.Url.Scheme == Uri.UriSchemeHttps;
        var flag = https ? "--https" : "--http";
        var address = (https ? settings.Https ?? contact.Https : settings.Http ?? contact.Http)
            ?? throw new ExplainException($"No edge runs on {settings.Data}. Start one with: frontier up --data {settings.Data}, or say with {flag} where it answers.");
        if (!settings.Url.IsDefaultPort && settings.Url.Port != address.Port)
        {
            throw new ExplainException($"The URL names port {settings.Url.Port}, and the edge answers {settings.Url.Scheme} at {address}. Leave the port out, or say with {flag} where the edge answers.");
        }

        using var client = Client(Reachable(address), Path.Combine(directory, "certificates", "ca.pem"));
        try
        {
            using var request = Request(settings, contact.Token);
            using var response = await client.SendAsync(request, cancellationToken);
            if (!response.Headers.Contains(ExplainQuestion.Field))
            {
                throw new ExplainException($"Who answers at {address} does not know the token in {directory}: it is another node's edge. Give its --data, or another {flag}.");
            }

            return await response.Content.ReadFromJsonAsync(ExplanationJson.Default.Explanation, cancellationToken)
                ?? throw new ExplainException($"The edge at {address} gave no explanation.");
        }
        catch (HttpRequestException error) when (error.InnerException is AuthenticationException tls)
        {
            throw new ExplainException($"The edge at {address} has no certificate for {settings.Url.Host}: {tls.Message} Ask with http:// instead, to see whether a distribution has the name.", error);
        }
        catch (HttpRequestException error)
        {
            throw new ExplainException($"No edge answers at {address}: {error.Message} Start one with: frontier up --data {settings.Data}, or say with {flag} where it answers.", error);
        }
        catch (JsonException error)
        {
            throw new ExplainException($"The edge at {address} is of another version: {error.Message}", error);
        }
    }

    private static EdgeContact Contact(string directory, ExplainSettings settings)
    {
        try
        {
            return EdgeContact.Find(directory) ?? throw new ExplainException($"No edge has ever run on {settings.Data}. Name the data directory of the running node with --data.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ExplainException($"{directory} cannot be read: {error.Message} Ask as the user who runs the node.", error);
        }
    }

    /// <summary>An edge that listens everywhere is reached here.</summary>
    private static IPEndPoint Reachable(IPEndPoint address) =>
        address.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, address.Port)
        : address.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, address.Port)
        : address;

    private static HttpRequestMessage Request(ExplainSettings settings, string token)
    {
        var question = new ExplainQuestion(token, settings.IsLive, settings.Method == "GET" ? null : settings.Method, settings.Client);
        var request = new HttpRequestMessage(HttpMethod.Get, settings.Url);
        request.Headers.TryAddWithoutValidation(ExplainQuestion.Field, question.FieldValue);
        if (settings.Client is { } client)
        {
            request.Headers.TryAddWithoutValidation(ExplainQuestion.ClientField, client.ToString());
        }

        foreach (var (name, value) in settings.Headers)
        {
            if (name.Equals("host", StringComparison.OrdinalIgnoreCase))
            {
                request.Headers.Host = value;
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private static HttpClient Client(IPEndPoint edge, string authority)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null, // a header the operator did not ask for would be part of the request
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(edge.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(edge, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        if (File.Exists(authority))
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(authority) },
            };
        }

        return new HttpClient(handler) { Timeout = Patience };
    }
}
