// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Frontier.Contracts;
using Frontier.Testing;

namespace Frontier.Edge.Tests.ViewerCertificates;

/// <summary>
/// An edge with two distributions: <see cref="TestEdge.Host"/> asks its viewers for certificates of <see cref="Authority"/>,
/// <see cref="OpenHost"/> asks for nothing. Viewers are sockets, so that they can say one name to the handshake and another to the request.
/// </summary>
internal sealed class AskingEdge : IAsyncDisposable
{
    public const string OpenHost = "d222222abcdef8.frontier.localhost";

    private AskingEdge(TestEdge edge)
    {
        Edge = edge;
        Authority = new TestClientAuthority("CN=authority", edge.Clock.GetUtcNow());
        Middle = new TestClientAuthority("CN=middle", edge.Clock.GetUtcNow(), Authority);
        Stranger = new TestClientAuthority("CN=stranger", edge.Clock.GetUtcNow());
    }

    public TestEdge Edge { get; }

    public TestClientAuthority Authority { get; }

    /// <summary>Signed by the authority; the trust store does not hold it.</summary>
    public TestClientAuthority Middle { get; }

    public TestClientAuthority Stranger { get; }

    public static async Task<AskingEdge> StartAsync(
        ViewerCertificateMode mode = ViewerCertificateMode.Required, bool ignoresExpiry = false, bool advertises = false, Func<DistributionConfig, DistributionConfig>? open = null)
    {
        var certified = new AskingEdge(await TestEdge.StartAsync());
        await certified.ConfigureAsync(new ViewerCertificatesConfig(mode, mode is ViewerCertificateMode.Passthrough ? null : "ts_1", advertises, ignoresExpiry), open);
        certified.Edge.Origin.On("*").Handle(static request => ScriptedReply.Of(200, request.Path));
        return certified;
    }

    /// <param name="trusted">What the trust store holds; null for the authority.</param>
    public async Task ConfigureAsync(ViewerCertificatesConfig? asked, Func<DistributionConfig, DistributionConfig>? open = null, TestClientAuthority? trusted = null)
    {
        Edge.Completes = snapshot => snapshot with
        {
            TrustStores = [new TrustStoreConfig { Id = "ts_1", Certificates = [(trusted ?? Authority).Base64] }],
            OriginRequestPolicies = snapshot.OriginRequestPolicies.Add(new OriginRequestPolicyConfig
            {
                Id = "certificates",
                Name = "certificates",
                Headers = OriginRequestHeaders.AllViewerAndWhitelistCloudFront,
                HeaderNames =
                [
                    .. new[] { "Present", "Serial-Number", "Issuer", "Subject", "Sha256", "Validity", "Pem" }.Select(static name => "CloudFront-Viewer-Cert-" + name),
                ],
            }),
        };
        var usual = Edge.Distribution() with
        {
            DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestEdge.CachingDisabled, OriginRequestPolicyId = "certificates" },
        };
        var other = usual with { Id = "E2A2B3C4D5E6F7", DomainName = OpenHost };
        Edge.Publish(usual with { ViewerCertificates = asked }, open?.Invoke(other) ?? other);
        await Edge.DeployedAsync();
    }

    public X509Certificate2 Issue(string subject = "CN=viewer") => Authority.Issue(subject);

    /// <summary>Shakes hands.</summary>
    /// <param name="chain">What is sent beside the certificate.</param>
    /// <param name="choosesByAuthority">Shows its certificate only to an edge that names authorities.</param>
    /// <exception cref="AuthenticationException">The edge, or this viewer, has broken the handshake off.</exception>
    public async Task<CertifiedViewer> ConnectAsync(X509Certificate2? certificate, string serverName = TestEdge.Host, SslProtocols protocol = SslProtocols.None, bool choosesByAuthority = false, params IReadOnlyList<TestClientAuthority> chain)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(Edge.Server.Https);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var viewer = new CertifiedViewer(tls);
        try
        {
            using var handler = TlsViewer.Handler(Edge);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = serverName,
                EnabledSslProtocols = protocol,
                CertificateChainPolicy = handler.SslOptions.CertificateChainPolicy,
                // A name that no distribution has gets the edge's usual certificate.
                RemoteCertificateValidationCallback = static (_, _, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None,
                ClientCertificateContext = certificate is null || choosesByAuthority ? null : SslStreamCertificateContext.Create(certificate, [.. chain.Select(static authority => authority.Certificate)], offline: true),
                LocalCertificateSelectionCallback = !choosesByAuthority ? null : (_, _, _, _, issuers) =>
                {
                    viewer.Advertised = issuers;
                    return issuers.Length > 0 ? certificate! : null!;
                },
            });
            return viewer;
        }
        catch
        {
            await viewer.DisposeAsync();
            throw;
        }
    }

    /// <summary>The head and body of the answer to a GET on a connection of its own; null when the edge has refused the connection.</summary>
    public async Task<string?> TryGetAsync(X509Certificate2? certificate, SslProtocols protocol = SslProtocols.None, params IReadOnlyList<TestClientAuthority> chain)
    {
        try
        {
            await using var viewer = await ConnectAsync(certificate, TestEdge.Host, protocol, choosesByAuthority: false, chain);
            return await viewer.GetAsync(TestEdge.Host, "/a", "Connection: close") is { Length: > 0 } answer ? answer : null;
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Edge.DisposeAsync();
        Authority.Dispose();
        Middle.Dispose();
        Stranger.Dispose();
    }
}

/// <summary>A viewer on one connection, that asks for one thing after another.</summary>
internal sealed class CertifiedViewer(SslStream tls) : IAsyncDisposable
{
    /// <summary>The authorities that the edge has named, where a certificate was there to choose.</summary>
    public string[] Advertised { get; set; } = [];

    /// <summary>Head and body; what came until the end of the connection where that comes first.</summary>
    public async Task<string> GetAsync(string host, string path, params IReadOnlyList<string> lines)
    {
        using var patience = new CancellationTokenSource(ScriptedOrigin.Patience);
        await tls.WriteAsync(Encoding.Latin1.GetBytes($"GET {path} HTTP/1.1\r\nHost: {host}\r\n{string.Concat(lines.Select(static line => line + "\r\n"))}\r\n"), patience.Token);
        var answer = new StringBuilder();
        var buffer = new byte[16_384];
        while (!IsWhole(answer.ToString()) && await tls.ReadAsync(buffer, patience.Token) is > 0 and var read)
        {
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    public ValueTask DisposeAsync() => tls.DisposeAsync();

    private static bool IsWhole(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var at = answer.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        return end >= 0 && at >= 0 && at < end
            && answer.Length - end - 4 >= int.Parse(answer[(at + 16)..answer.IndexOf("\r\n", at, StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
    }
}
