// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Security;
using Frontier.Edge.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>Chains of certificates as origins send them: whole, or with a part missing (DP-11.2).</summary>
public sealed class ChainsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chain_that_the_origin_sends_whole_leads_to_a_root_that_is_trusted(bool trustsSystem)
    {
        var (intermediate, certificate) = _authority.IssueByIntermediate("origin.example");
        using (certificate)
        using (intermediate)
        {
            Assert.Equal(OriginFailure.None, await AskAsync(SslStreamCertificateContext.Create(certificate, [intermediate], offline: true), trustsSystem));
        }
    }

    /// <summary>The address would be fetched from within the operator's network, and whoever made the certificate chose it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_missing_of_a_chain_is_not_fetched_from_where_the_certificate_says(bool trustsSystem)
    {
        await using var inside = ScriptedOrigin.Start();
        var (intermediate, certificate) = _authority.IssueByIntermediate(new Uri($"http://127.0.0.1:{inside.Port}/issuer.cer"), ["origin.example"]);
        using (certificate)
        using (intermediate)
        {
            inside.On("/issuer.cer").Reply(200, intermediate.RawData, ("Content-Type", "application/pkix-cert"));
            Assert.Equal(OriginFailure.TlsError, await AskAsync(SslStreamCertificateContext.Create(certificate, [], offline: true), trustsSystem));
            Assert.Equal(0, inside.ConnectionsAccepted);
        }
    }

    [Fact]
    public async Task Where_the_system_is_not_trusted_a_root_of_nobody_is_not_either()
    {
        using var certificate = _authority.Issue("origin.example");
        using var stranger = new TestAuthority();
        Assert.Equal(OriginFailure.TlsError, await AskAsync(SslStreamCertificateContext.Create(certificate, [], offline: true), trustsSystem: false, stranger));
        Assert.Equal(OriginFailure.None, await AskAsync(SslStreamCertificateContext.Create(certificate, [], offline: true), trustsSystem: false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_for_clients_is_not_a_server_s(bool trustsSystem)
    {
        using var certificate = _authority.IssueClient("origin.example");
        Assert.Equal(OriginFailure.TlsError, await AskAsync(SslStreamCertificateContext.Create(certificate, [], offline: true), trustsSystem));
    }

    [Fact]
    public async Task A_root_that_the_origin_sends_along_is_not_trusted_for_that()
    {
        using var alone = new TestAuthority();
        using var certificate = alone.Issue("origin.example");
        Assert.Equal(OriginFailure.TlsError, await AskAsync(SslStreamCertificateContext.Create(certificate, [alone.Root], offline: true), trustsSystem: true)); // though the root is sent along
    }

    public void Dispose() => _authority.Dispose();

    private async Task<OriginFailure> AskAsync(SslStreamCertificateContext context, bool trustsSystem, TestAuthority? trusted = null)
    {
        var options = new OriginClientOptions { TrustsSystem = trustsSystem };
        options.AdditionalRoots.Add((trusted ?? _authority).Root);
        await using var bench = new OriginBench(options, new OriginBench.Names(("origin.example", [IPAddress.Loopback])));
        bench.Endpoint = bench.Endpoint with { Host = "origin.example", Tls = true, ConnectionAttempts = 1 };
        var (result, _) = await HandshakeOrigin.AskAsync(bench, new SslServerAuthenticationOptions { ServerCertificateContext = context });
        await (result.Response?.DisposeAsync() ?? ValueTask.CompletedTask);
        return result.Failure;
    }
}
