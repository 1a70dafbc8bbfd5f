// SPDX-License-Identifier: Apache-2.0

using System.Security.Authentication;
using System.Security.Cryptography;
using Frontier.Contracts;
using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.ViewerCertificates;

/// <summary>DP-31.4 over real sockets: who gets through the handshake, and what the origin hears of it.</summary>
public sealed class ViewerCertificatesTests
{
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Where_a_certificate_is_required_only_those_of_the_trust_store_are_served(SslProtocols protocol)
    {
        await using var certified = await AskingEdge.StartAsync();
        using var good = certified.Issue();
        using var nested = certified.Middle.Issue("CN=nested");
        using var strange = certified.Stranger.Issue("CN=viewer");
        using var forged = certified.Authority.Forge("CN=viewer");
        using var server = certified.Authority.Issue("CN=viewer", usage: TestClientAuthority.ForServers);

        Assert.StartsWith("HTTP/1.1 200 ", await certified.TryGetAsync(good, protocol), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await certified.TryGetAsync(nested, protocol, certified.Middle), StringComparison.Ordinal);
        Assert.Null(await certified.TryGetAsync(null, protocol));
        Assert.Null(await certified.TryGetAsync(strange, protocol));
        Assert.Null(await certified.TryGetAsync(strange, protocol, certified.Stranger));
        Assert.Null(await certified.TryGetAsync(forged, protocol));
        Assert.Null(await certified.TryGetAsync(server, protocol));
        Assert.Equal(2, certified.Edge.Origin.Log.Count); // nobody else has come any further
    }

    [Fact]
    public async Task Where_a_certificate_is_optional_none_is_served_and_a_bad_one_is_not()
    {
        await using var certified = await AskingEdge.StartAsync(ViewerCertificateMode.Optional);
        using var good = certified.Issue();
        using var strange = certified.Stranger.Issue("CN=viewer");
        Assert.StartsWith("HTTP/1.1 200 ", await certified.TryGetAsync(good), StringComparison.Ordinal);
        Assert.Equal("1", certified.Edge.Origin.Log[^1].Header("CloudFront-Viewer-Cert-Present"));
        Assert.StartsWith("HTTP/1.1 200 ", await certified.TryGetAsync(null), StringComparison.Ordinal);
        Assert.Equal(("0", null), (certified.Edge.Origin.Log[^1].Header("CloudFront-Viewer-Cert-Present"), certified.Edge.Origin.Log[^1].Header("CloudFront-Viewer-Cert-Subject")));
        Assert.Null(await certified.TryGetAsync(strange));
        Assert.Equal(200, (await certified.Edge.GetAsync("/clear")).Status); // in the clear nobody can show one
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_certificate_past_its_end_counts_where_that_is_ignored(bool ignoresExpiry)
    {
        await using var certified = await AskingEdge.StartAsync(ignoresExpiry: ignoresExpiry);
        var now = certified.Edge.Clock.GetUtcNow();
        using var expired = certified.Authority.Issue("CN=viewer", now.AddDays(-9), now.AddDays(-1));
        using var early = certified.Authority.Issue("CN=viewer", now.AddDays(1), now.AddDays(9));
        Assert.Equal(ignoresExpiry, await certified.TryGetAsync(expired) is not null);
        Assert.Null(await certified.TryGetAsync(early));
    }

    /// <summary>§10.3; what a viewer says of itself under these names is never used.</summary>
    [Fact]
    public async Task The_origin_is_told_of_the_certificate_as_its_policy_asks()
    {
        await using var certified = await AskingEdge.StartAsync();
        using var certificate = certified.Issue("CN=viewer, O=Example, C=US");
        await using var viewer = await certified.ConnectAsync(certificate);
        await viewer.GetAsync(TestEdge.Host, "/told", "CloudFront-Viewer-Cert-Subject: CN=admin", "CloudFront-Viewer-Cert-Present: 7", "Client-Cert: :AA==:", "Client-Cert-Chain: :AA==:");
        var request = certified.Edge.Origin.Last("/told");
        Assert.Equal("1", request.Header("CloudFront-Viewer-Cert-Present"));
        Assert.Equal("CN=viewer,O=Example,C=US", request.Header("CloudFront-Viewer-Cert-Subject"));
        Assert.Equal("CN=authority", request.Header("CloudFront-Viewer-Cert-Issuer"));
        Assert.Equal(certificate.SerialNumber, request.Header("CloudFront-Viewer-Cert-Serial-Number"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)), request.Header("CloudFront-Viewer-Cert-Sha256"));
        Assert.Equal("NotBefore=2026-07-28T12:00:00Z;NotAfter=2026-08-17T12:00:00Z", request.Header("CloudFront-Viewer-Cert-Validity"));
        Assert.Equal(certificate.ExportCertificatePem() + "\n", Uri.UnescapeDataString(request.Header("CloudFront-Viewer-Cert-Pem")!));
        Assert.Null(request.Header("Client-Cert"));
        Assert.Null(request.Header("Client-Cert-Chain"));
    }

    /// <summary>RFC 9440: the origin judges, of what the edge has seen and nobody else has said.</summary>
    [Fact]
    public async Task Passed_through_any_certificate_reaches_the_origin_with_its_chain_and_none_reaches_it_as_none()
    {
        await using var certified = await AskingEdge.StartAsync(ViewerCertificateMode.Passthrough);
        using var nested = certified.Middle.Issue("CN=nested");
        await using (var viewer = await certified.ConnectAsync(nested, chain: [certified.Middle]))
        {
            Assert.StartsWith("HTTP/1.1 200 ", await viewer.GetAsync(TestEdge.Host, "/passed", "Client-Cert: :AA==:", "Client-Cert-Chain: :AA==:"), StringComparison.Ordinal);
        }

        var request = certified.Edge.Origin.Last("/passed");
        Assert.Equal($":{Convert.ToBase64String(nested.RawData)}:", request.Header("Client-Cert"));
        Assert.Equal($":{certified.Middle.Base64}:", request.Header("Client-Cert-Chain"));
        Assert.Null(request.Header("CloudFront-Viewer-Cert-Subject")); // nobody has vouched for it
        Assert.Null(request.Header("CloudFront-Viewer-Cert-Present"));

        await using var nobody = await certified.ConnectAsync(null);
        await nobody.GetAsync(TestEdge.Host, "/none", "Client-Cert: :AA==:");
        Assert.Null(certified.Edge.Origin.Last("/none").Header("Client-Cert"));
        using var deep = new TestClientAuthority("CN=deep", certified.Edge.Clock.GetUtcNow(), certified.Middle);
        using var deeper = new TestClientAuthority("CN=deeper", certified.Edge.Clock.GetUtcNow(), deep);
        using var fourth = new TestClientAuthority("CN=fourth", certified.Edge.Clock.GetUtcNow(), deeper);
        using var deepest = deeper.Issue("CN=deepest");
        using var beyond = fourth.Issue("CN=beyond");
        Assert.StartsWith("HTTP/1.1 200 ", await certified.TryGetAsync(deepest, SslProtocols.None, deeper, deep, certified.Middle), StringComparison.Ordinal);
        Assert.Null(await certified.TryGetAsync(beyond, SslProtocols.None, fourth, deeper, deep, certified.Middle));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_authorities_are_named_to_viewers_where_that_is_asked_for(bool advertises)
    {
        await using var certified = await AskingEdge.StartAsync(ViewerCertificateMode.Optional, advertises: advertises);
        using var certificate = certified.Issue();
        await using var viewer = await certified.ConnectAsync(certificate, choosesByAuthority: true);
        Assert.Equal(advertises, viewer.Advertised.Contains("CN=authority"));
        Assert.StartsWith("HTTP/1.1 200 ", await viewer.GetAsync(TestEdge.Host, "/a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_clear_a_distribution_that_requires_certificates_serves_nobody()
    {
        await using var certified = await AskingEdge.StartAsync();
        var answer = await certified.Edge.GetAsync("/a");
        Assert.Equal(403, answer.Status);
        Assert.Contains("over HTTPS", answer.Body, StringComparison.Ordinal);
        Assert.Equal(ErrorDetail.InvalidRequestCertificate, (await certified.Edge.Records.OfAsync(answer)).Detail);
        Assert.Empty(certified.Edge.Origin.Log);
    }

    [Fact]
    public async Task A_connection_that_asks_for_nothing_is_as_it_was()
    {
        await using var certified = await AskingEdge.StartAsync();
        using var certificate = certified.Issue();
        await using var viewer = await certified.ConnectAsync(certificate, AskingEdge.OpenHost);
        Assert.StartsWith("HTTP/1.1 200 ", await viewer.GetAsync(AskingEdge.OpenHost, "/a", "Client-Cert: :AA==:"), StringComparison.Ordinal);
        Assert.Null(certified.Edge.Origin.Last("/a").Header("CloudFront-Viewer-Cert-Present"));
        Assert.Equal(":AA==:", certified.Edge.Origin.Last("/a").Header("Client-Cert")); // a header like any other
    }
}
