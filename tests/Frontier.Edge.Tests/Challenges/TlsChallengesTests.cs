// SPDX-License-Identifier: Apache-2.0

using System.Formats.Asn1;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Frontier.Contracts;

namespace Frontier.Edge.Tests.Challenges;

/// <summary>A certificate authority asks by a handshake whether a name reaches the edge (RFC 8737).</summary>
public sealed class TlsChallengesTests
{
    private const string Name = "new.example.com";
    private const string KeyAuthorization = "token.thumbprint";
    private static readonly SslApplicationProtocol Acme = new("acme-tls/1");
    private static readonly ChallengeConfig Challenge = new(Name, ChallengeKind.TlsAlpn01, "token", KeyAuthorization);

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_name_under_order_shows_the_digest_that_the_authority_looks_for(SslProtocols version)
    {
        await using var edge = await TestEdge.StartAsync();
        await edge.Control.ChallengeAsync(Challenge);
        await using var stream = await ConnectAsync(edge, Name, [Acme], version);
        Assert.Equal(Acme, stream.NegotiatedApplicationProtocol);
        using var shown = X509CertificateLoader.LoadCertificate(stream.RemoteCertificate!.GetRawCertData());
        Assert.Equal([Name], shown.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames());
        var identifier = shown.Extensions.Single(static extension => extension.Oid!.Value == "1.3.6.1.5.5.7.1.31");
        Assert.True(identifier.Critical);
        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(KeyAuthorization)), AsnDecoder.ReadOctetString(identifier.RawData, AsnEncodingRules.DER, out _));
    }

    /// <summary>The certificate proves nothing about a viewer's request, so none may be made behind it.</summary>
    [Fact]
    public async Task Nothing_is_answered_behind_such_a_handshake()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { Aliases = [Name] });
        edge.Origin.On("/a").Reply(200, "secret");
        await edge.Control.ChallengeAsync(Challenge);
        await using var stream = await ConnectAsync(edge, Name, [Acme]);
        var answer = new StringBuilder();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /a HTTP/1.1\r\nHost: {Name}\r\nConnection: close\r\n\r\n"));
            using var reader = new StreamReader(stream);
            answer.Append(await reader.ReadToEndAsync());
        }
        catch (IOException)
        {
            // It was closed before.
        }

        Assert.Equal("", answer.ToString());
        Assert.Empty(edge.Origin.Log);
    }

    /// <summary>Whoever is not under order, or by other means, is not vouched for.</summary>
    [Theory]
    [InlineData(TestEdge.Host)]
    [InlineData("other.example.com")]
    [InlineData("by-http.example.com")]
    public async Task For_any_other_name_that_protocol_is_not_spoken(string name)
    {
        await using var edge = await TestEdge.StartAsync();
        await edge.Control.ChallengeAsync(Challenge, new ChallengeConfig("by-http.example.com", ChallengeKind.Http01, "token", KeyAuthorization));
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(edge, name, [Acme]));
    }

    [Fact]
    public async Task Viewers_of_a_name_under_order_see_its_usual_certificate()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { Aliases = [Name] });
        await edge.Control.ChallengeAsync(Challenge);
        await using var stream = await ConnectAsync(edge, Name, [SslApplicationProtocol.Http11]);
        Assert.Equal("CN=Frontier local authority", stream.RemoteCertificate!.Issuer);
    }

    private static async Task<SslStream> ConnectAsync(TestEdge edge, string name, List<SslApplicationProtocol> protocols, SslProtocols version = SslProtocols.None)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(edge.Server.Https);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = name,
                ApplicationProtocols = protocols,
                EnabledSslProtocols = version,
                RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null, // judged by the test
            });
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
