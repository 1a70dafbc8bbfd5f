// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Edge.Tests.Listeners;

/// <summary>TLS towards viewers, and the certificates of the local authority (§22).</summary>
public sealed class TlsTests
{
    private const string Alias = "www.example.com";

    [Theory]
    [InlineData(TestEdge.Host)]
    [InlineData(Alias)]
    [InlineData("any.wild.example")]
    public async Task A_name_of_a_distribution_has_a_certificate_of_its_own_that_chains_to_the_authority(string name)
    {
        await using var edge = await WithAliasesAsync();
        using var connection = await HandshakeAsync(edge, name);
        Assert.True(connection.IsTrusted);
        Assert.True(connection.Certificate.MatchesHostname(name));
    }

    [Theory]
    [InlineData("other.example.com")]
    [InlineData("")]
    public async Task A_name_that_belongs_to_nobody_gets_the_default_certificate_DP_22_4(string name)
    {
        await using var edge = await WithAliasesAsync();
        using var connection = await HandshakeAsync(edge, name);
        Assert.True(connection.Certificate.MatchesHostname("anything.frontier.localhost"));
        Assert.False(connection.Certificate.MatchesHostname("other.example.com"));
    }

    [Fact]
    public async Task A_name_that_no_certificate_can_hold_does_not_trouble_the_edge()
    {
        await using var edge = await WithAliasesAsync();
        foreach (var name in new[] { "a..wild.example", new string('a', 70) + ".wild.example", "-._.wild.example" })
        {
            using var viewer = await edge.ConnectTlsAsync();
            await viewer.SendAsync(ClientHello(0x0303, name));
            viewer.EndSending();
            await viewer.ReadToEndAsync();
        }

        using var connection = await HandshakeAsync(edge, Alias);
        Assert.True(connection.IsTrusted);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Tls_1_2_and_1_3_are_spoken_and_told_to_the_log(SslProtocols version)
    {
        await using var edge = await WithAliasesAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        using var connection = await HandshakeAsync(edge, Alias, version);
        Assert.Equal(version, connection.Stream.SslProtocol);
        await connection.Stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET /a HTTP/1.1\r\nHost: {Alias}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(connection.Stream);
        Assert.EndsWith("hello", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        var record = await edge.Records.OfAsync("/a");
        Assert.Equal(version is SslProtocols.Tls12 ? "TLSv1.2" : "TLSv1.3", record.TlsProtocol);
        Assert.Matches(version is SslProtocols.Tls12 ? "^ECDHE-ECDSA-(AES(128|256)-GCM-SHA(256|384)|CHACHA20-POLY1305)$" : "^TLS_(AES_(128|256)_GCM_SHA(256|384)|CHACHA20_POLY1305_SHA256)$", record.TlsCipher);
    }

    [Fact]
    public async Task Tls_1_1_is_refused()
    {
        await using var edge = await WithAliasesAsync();
        using var viewer = await edge.ConnectTlsAsync();
        await viewer.SendAsync(ClientHello(0x0302, Alias));
        var answer = await viewer.ReadToEndAsync();
        Assert.Equal("\u0015\u0003", answer[..2]); // an alert, not a handshake
        Assert.Equal('\u0046', answer[6]); // protocol_version (RFC 5246, section 7.2)
    }

    [Fact]
    public async Task Http_2_is_negotiated_where_the_viewer_offers_it()
    {
        await using var edge = await WithAliasesAsync();
        using var both = await HandshakeAsync(edge, Alias, protocols: [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]);
        Assert.Equal(SslApplicationProtocol.Http2, both.Stream.NegotiatedApplicationProtocol);
        using var old = await HandshakeAsync(edge, Alias, protocols: [SslApplicationProtocol.Http11]);
        Assert.Equal(SslApplicationProtocol.Http11, old.Stream.NegotiatedApplicationProtocol);
    }

    [Fact]
    public async Task Http_2_is_not_offered_for_a_distribution_that_does_not_want_it()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { Http2 = false });
        using var both = await HandshakeAsync(edge, TestEdge.Host, protocols: [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]);
        Assert.Equal(SslApplicationProtocol.Http11, both.Stream.NegotiatedApplicationProtocol);
    }

    [Fact]
    public async Task Secrets_are_the_owners_alone_and_the_authority_survives_a_restart()
    {
        await using var edge = await WithAliasesAsync();
        var before = await File.ReadAllTextAsync(edge.Server.AuthorityPath);
        foreach (var path in new[] { Path.Combine(edge.Directory, "certificates", "ca-key.pem"), Path.Combine(edge.Directory, "snapshot.json") })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        await edge.RestartAsync();
        Assert.Equal(before, await File.ReadAllTextAsync(edge.Server.AuthorityPath));
        using var connection = await HandshakeAsync(edge, Alias);
        Assert.True(connection.IsTrusted);
    }

    private static Task<TestEdge> WithAliasesAsync() => TestEdge.StartAsync(static distribution => distribution with { Aliases = [Alias, "*.wild.example"] });

    private static async Task<Connection> HandshakeAsync(TestEdge edge, string name, SslProtocols version = SslProtocols.None, List<SslApplicationProtocol>? protocols = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(edge.Server.Https);
        var trusted = false;
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = name,
            EnabledSslProtocols = version,
            ApplicationProtocols = protocols,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                VerificationTime = edge.Clock.GetUtcNow().UtcDateTime,
                VerificationTimeIgnored = false,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(edge.Server.AuthorityPath) },
            },
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            {
                trusted = errors is SslPolicyErrors.None; // judged by the test
                return certificate is not null;
            },
        });
        return new Connection(stream, trusted);
    }

    /// <summary>A first message as an old viewer sends it: one version, four suites, the server's name.</summary>
    internal static string ClientHello(int version, string name)
    {
        var suites = "\u00c0\u002b\u00c0\u002f\u00c0\u0009\u0000\u002f";
        var serverName = Block($"\u0000{Block(name)}");
        var extensions = $"\u0000\u0000{Block(serverName)}\u0000\u000a{Block(Block("\u0000\u0017"))}\u0000\u000b\u0000\u0002\u0001\u0000\u0000\u000d{Block(Block("\u0004\u0003\u0002\u0003\u0004\u0001"))}";
        var body = $"\u0003{(char)(version & 0xFF)}{new string('r', 32)}\u0000{Block(suites)}\u0001\u0000{Block(extensions)}";
        var message = $"\u0001\u0000{Block(body)}";
        return $"\u0016\u0003\u0001{Block(message)}";

        static string Block(string content) => $"{(char)(content.Length >> 8)}{(char)(content.Length & 0xFF)}{content}";
    }

    private sealed record Connection(SslStream Stream, bool IsTrusted) : IDisposable
    {
        public X509Certificate2 Certificate => (X509Certificate2)Stream.RemoteCertificate!;

        public void Dispose() => Stream.Dispose();
    }
}
