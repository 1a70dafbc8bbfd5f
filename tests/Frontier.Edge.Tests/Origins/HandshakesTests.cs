// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>What the edge offers to an origin's TLS, and what it cannot show (DP-11.7 to DP-11.9).</summary>
public sealed class HandshakesTests : IDisposable
{
    private readonly TestAuthority _authority = new();

#pragma warning disable CA5397, CA5398, SYSLIB0039 // Origins may be old.
    [Theory]
    [InlineData(SslProtocols.Tls12 | SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls12 | SslProtocols.Tls13, "TLSv1.2")]
    [InlineData(SslProtocols.Tls, "TLSv1")]
    [InlineData(SslProtocols.Tls11, "TLSv1.1")]
    [InlineData(SslProtocols.Tls | SslProtocols.Tls11 | SslProtocols.Tls12 | SslProtocols.Tls13, "TLSv1", "TLSv1.2")] // no gaps
    [InlineData(SslProtocols.Tls11, "SSLv3", "TLSv1.1")]
    [InlineData(SslProtocols.Tls12 | SslProtocols.Tls13, "SSLv3")]
    public void The_versions_are_a_set_and_not_a_minimum_DP_11_7(SslProtocols offered, params string[] listed) => Assert.Equal(offered, TlsVersions.Of([.. listed]));

    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, SslProtocols.Tls12)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, SslProtocols.Tls12)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, SslProtocols.Tls12)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, SslProtocols.Tls12)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, SslProtocols.Tls12 | SslProtocols.Tls11)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, SslProtocols.Tls12 | SslProtocols.Tls11)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, SslProtocols.Tls12 | SslProtocols.Tls11)]
    public async Task An_origin_that_knows_one_suite_is_understood_DP_11_9(TlsCipherSuite suite, SslProtocols offered)
    {
        await using var bench = Bench(offered);
        var (result, used) = await AskAsync(bench, new SslServerAuthenticationOptions { CipherSuitesPolicy = new CipherSuitesPolicy([suite]) });

        await using var response = result.Response!;
        Assert.Equal((OriginFailure.None, suite), (result.Failure, used));
    }

    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, SslProtocols.Tls12 | SslProtocols.Tls11)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, SslProtocols.Tls12)]
    public async Task A_suite_that_is_not_offered_is_a_TLS_error_DP_11_9(TlsCipherSuite suite, SslProtocols offered)
    {
        await using var bench = Bench(offered);
        var (result, _) = await AskAsync(bench, new SslServerAuthenticationOptions { CipherSuitesPolicy = new CipherSuitesPolicy([suite]) });

        Assert.Equal(OriginFailure.TlsError, result.Failure);
    }
#pragma warning restore CA5397, CA5398, SYSLIB0039

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task An_origin_that_insists_on_a_certificate_gets_none_and_the_answer_is_502_DP_11_8(SslProtocols version)
    {
        await using var bench = Bench(version);
        var (result, _) = await AskAsync(bench, new SslServerAuthenticationOptions
        {
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
        });

        Assert.Null(result.Response);
        Assert.Equal(502, result.Failure.Status);
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    public void Dispose() => _authority.Dispose();

    private OriginBench Bench(SslProtocols offered)
    {
        var options = new OriginClientOptions();
        options.AdditionalRoots.Add(_authority.Root);
        var bench = new OriginBench(options, new OriginBench.Names(("origin.example", [IPAddress.Loopback])));
        bench.Endpoint = bench.Endpoint with { Host = "origin.example", Tls = true, TlsProtocols = offered, ConnectionAttempts = 1 };
        return bench;
    }

    private async Task<(OriginResult Result, TlsCipherSuite? Used)> AskAsync(OriginBench bench, SslServerAuthenticationOptions handshake)
    {
        using var certificate = _authority.Issue("origin.example");
        handshake.ServerCertificate = certificate;
        return await HandshakeOrigin.AskAsync(bench, handshake);
    }
}
