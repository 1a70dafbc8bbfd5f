// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Frontier.Edge.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>Certificates of origins (DP-10.1, DP-11.2).</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    [Fact]
    public async Task A_certificate_for_the_domain_name_is_accepted_and_the_connection_reused()
    {
        using var certificate = _authority.Issue("origin.example");
        await using var bench = Bench(certificate);
        bench.Origin.On("/a").Reply(200, "a");
        bench.Origin.On("/b").Reply(200, "b").Chunked();

        Assert.Equal("a", await bench.GetAsync("/a"));
        Assert.Equal("b", await bench.GetAsync("/b"));
        Assert.Equal("a", await bench.GetAsync("/a"));
        Assert.Equal(1, bench.Origin.ConnectionsAccepted);
    }

    [Theory]
    [InlineData("origin.example")]
    [InlineData("www.viewer.example")]
    [InlineData("*.viewer.example")]
    public async Task A_certificate_for_the_domain_name_or_for_the_forwarded_host_is_accepted(string name)
    {
        using var certificate = _authority.Issue(name);
        await using var bench = Bench(certificate);
        bench.Endpoint = bench.Endpoint with { TlsServerName = "www.viewer.example" };
        bench.Origin.On("/a").Reply(200, "a");

        Assert.Equal("a", await bench.GetAsync("/a"));
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_a_TLS_error()
    {
        using var certificate = _authority.Issue("other.example");
        await using var bench = Bench(certificate);
        bench.Endpoint = bench.Endpoint with { TlsServerName = "www.viewer.example" };

        await AssertRefusedAsync(bench);
    }

    [Fact]
    public async Task An_expired_certificate_is_a_TLS_error()
    {
        using var certificate = _authority.IssueExpired("origin.example");
        await using var bench = Bench(certificate);

        await AssertRefusedAsync(bench);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_a_TLS_error()
    {
        using var stranger = new TestAuthority();
        using var certificate = stranger.Issue("origin.example");
        await using var bench = Bench(certificate);

        await AssertRefusedAsync(bench);
    }

    [Fact]
    public async Task A_certificate_is_a_TLS_error_when_only_the_machines_roots_are_trusted()
    {
        using var certificate = _authority.Issue("origin.example");
        await using var bench = Bench(certificate, trust: false);

        await AssertRefusedAsync(bench);
    }

    [Fact]
    public async Task An_origin_that_speaks_no_TLS_is_a_TLS_error()
    {
        await using var bench = new OriginBench();
        bench.Endpoint = bench.Endpoint with { Tls = true };

        await AssertRefusedAsync(bench);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Each_version_can_be_the_only_one_offered_DP_11_7(SslProtocols version)
    {
        using var certificate = _authority.Issue("origin.example");
        await using var bench = Bench(certificate);
        bench.Endpoint = bench.Endpoint with { TlsProtocols = version };
        bench.Origin.On("/a").Reply(200, "a");

        Assert.Equal("a", await bench.GetAsync("/a"));
        Assert.Equal(version, Assert.Single(bench.Origin.TlsVersions));
    }

    [Fact]
    public async Task A_large_body_and_an_upload_pass_through_TLS()
    {
        using var certificate = _authority.Issue("origin.example");
        await using var bench = Bench(certificate);
        var bytes = new byte[1_000_000];
        new Random(7).NextBytes(bytes);
        bench.Origin.On("/echo").Handle(request => new ScriptedReply { Body = request.Body, Framing = ScriptedFraming.Chunked });

        var result = await bench.SendAsync("/echo", "POST", ScriptedBody.Of(bytes, 30_000, announceLength: false));

        await using var response = result.Response!;
        var (body, failure) = await OriginBench.ReadToEndAsync(response, 100_000);
        Assert.Equal(OriginFailure.None, failure);
        Assert.Equal(OriginBench.Read(bytes), body);
    }

    [Fact]
    public async Task A_second_response_behind_the_first_condemns_a_TLS_connection_too()
    {
        using var certificate = _authority.Issue("origin.example");
        await using var bench = Bench(certificate);
        bench.Origin.On("/a").Raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
        bench.Origin.On("/b").Reply(200, "b");

        Assert.Equal("a", await bench.GetAsync("/a"));
        Assert.Equal("b", await bench.GetAsync("/b"));
        Assert.Equal(2, bench.Origin.Last("/b").Connection);
    }

    public void Dispose() => _authority.Dispose();

    private static async Task AssertRefusedAsync(OriginBench bench)
    {
        Assert.Equal(OriginFailure.TlsError, await bench.FailAsync("/a"));
        Assert.Equal(0, bench.Origin.Requests("/a"));
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    private OriginBench Bench(X509Certificate2 certificate, bool trust = true)
    {
        var options = new OriginClientOptions();
        if (trust)
        {
            options.AdditionalRoots.Add(_authority.Root);
        }

        var names = new OriginBench.Names(("origin.example", [IPAddress.Loopback]));
        var bench = new OriginBench(options, names, origin: ScriptedOrigin.Start(certificate));
        bench.Endpoint = bench.Endpoint with { Host = "origin.example", Tls = true };
        return bench;
    }
}
