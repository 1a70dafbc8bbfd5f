// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Frontier.Edge.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>Certificates by which the edge proves to origins who it is (DP-11.8).</summary>
public sealed class MutualTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task An_origin_that_insists_is_shown_the_certificate_with_its_chain(SslProtocols version)
    {
        var (intermediate, certificate) = _authority.IssueByIntermediate("edge.example");
        using (intermediate)
        using (certificate)
        {
            await using var bench = Bench(Certificate("one", SslStreamCertificateContext.Create(certificate, [intermediate], offline: true)));
            bench.Endpoint = bench.Endpoint with { TlsProtocols = version };
            string? shown = null;
            var sent = new List<string>();
            using var own = _authority.Issue("origin.example");
            var (result, _) = await HandshakeOrigin.AskAsync(bench, new SslServerAuthenticationOptions
            {
                ServerCertificate = own,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, peer, chain, _) =>
                {
                    shown = (peer as X509Certificate2)?.Thumbprint;
                    sent.AddRange(chain!.ChainPolicy.ExtraStore.Select(static part => part.Thumbprint));
                    return true;
                },
            });
            await using var response = result.Response!;
            Assert.Equal(200, response.Head.Status);
            Assert.Equal(certificate.Thumbprint, shown);
            Assert.Contains(intermediate.Thumbprint, sent);
        }
    }

    [Fact]
    public async Task A_connection_serves_only_requests_that_are_proven_as_it_was()
    {
        using var own = _authority.Issue("origin.example");
        using var one = _authority.IssueClient("one.example");
        using var two = _authority.IssueClient("two.example");
        await using var bench = Bench(null, ScriptedOrigin.Start(own));
        bench.Origin.On("/a").Reply(200, "a");
        var nobody = bench.Endpoint;
        var first = nobody with { ClientCertificate = Certificate("one", SslStreamCertificateContext.Create(one, [], offline: true)) };
        var second = nobody with { ClientCertificate = Certificate("two", SslStreamCertificateContext.Create(two, [], offline: true)) };
        var again = nobody with { ClientCertificate = Certificate("one", SslStreamCertificateContext.Create(one, [], offline: true)) };
        var used = new List<int>();
        foreach (var endpoint in new[] { first, nobody, second, again, nobody, second })
        {
            bench.Endpoint = endpoint;
            Assert.Equal("a", await bench.GetAsync("/a"));
            used.Add(bench.Origin.Last("/a").Connection);
        }

        Assert.Equal([1, 2, 3, 1, 2, 3], used);
    }

    [Fact]
    public async Task Without_the_certificate_that_is_to_be_shown_nothing_is_sent()
    {
        await using var bench = Bench(new OriginClientCertificate("lost", static () => null));
        Assert.Equal(OriginFailure.MutualTlsError, await bench.FailAsync("/a"));
        Assert.Equal((0, 0, 503), (bench.Origin.ConnectionsAccepted, bench.Client.OpenConnections, OriginFailure.MutualTlsError.Status));
    }

    [Fact]
    public async Task Over_plain_HTTP_there_is_nothing_to_show_it_to()
    {
        await using var bench = Bench(new OriginClientCertificate("lost", static () => null));
        bench.Endpoint = bench.Endpoint with { Tls = false };
        bench.Origin.On("/a").Reply(200, "a");
        Assert.Equal("a", await bench.GetAsync("/a"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_handshake_that_fails_as_often_as_it_may_be_tried_is_503_DP_11_8(int attempts)
    {
        using var one = _authority.IssueClient("one.example");
        await using var bench = Bench(Certificate("one", SslStreamCertificateContext.Create(one, [], offline: true)));
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        bench.Endpoint = bench.Endpoint with { Port = ((IPEndPoint)listener.LocalEndPoint!).Port, ConnectionAttempts = attempts };
        var asking = bench.FailAsync("/a");
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            (await listener.AcceptAsync().WaitAsync(ScriptedOrigin.Patience)).Dispose();
        }

        Assert.Equal(OriginFailure.MutualTlsError, await asking);
    }

    public void Dispose() => _authority.Dispose();

    private static OriginClientCertificate Certificate(string fingerprint, SslStreamCertificateContext context) => new(fingerprint, () => context);

    private OriginBench Bench(OriginClientCertificate? certificate, ScriptedOrigin? origin = null)
    {
        var options = new OriginClientOptions();
        options.AdditionalRoots.Add(_authority.Root);
        var bench = new OriginBench(options, new OriginBench.Names(("origin.example", [IPAddress.Loopback])), origin: origin);
        bench.Endpoint = bench.Endpoint with { Host = "origin.example", Tls = true, ClientCertificate = certificate };
        return bench;
    }
}
