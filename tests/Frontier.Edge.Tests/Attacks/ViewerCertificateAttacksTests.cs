// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using Frontier.Contracts;
using Frontier.Edge.Tests.ViewerCertificates;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Attacks;

/// <summary>DP-31.4: ways around a certificate that is asked for by one name, by another.</summary>
public sealed class ViewerCertificateAttacksTests
{
    /// <summary>The handshake names a host that asks for nothing, the request one that does.</summary>
    [Fact]
    public async Task A_handshake_for_another_host_opens_nothing()
    {
        await using var certified = await AskingEdge.StartAsync();
        using var good = certified.Issue();
        foreach (var (serverName, certificate) in new[] { (AskingEdge.OpenHost, null), (AskingEdge.OpenHost, good), ("nobody.example", null), ("", good) })
        {
            await using var viewer = await certified.ConnectAsync(certificate, serverName);
            Assert.StartsWith("HTTP/1.1 421 ", await viewer.GetAsync(TestEdge.Host, "/secret"), StringComparison.Ordinal);
        }

        Assert.Empty(certified.Edge.Origin.Log);
        Assert.Equal(ErrorDetail.InvalidRequestCertificate, (await certified.Edge.Records.OfAsync("/secret")).Detail);
    }

    [Fact]
    public async Task A_cached_object_is_no_way_around_either()
    {
        await using var certified = await AskingEdge.StartAsync();
        using var good = certified.Issue();
        certified.Edge.Publish(certified.Edge.Distribution() with { ViewerCertificates = new ViewerCertificatesConfig(ViewerCertificateMode.Required, "ts_1", false, false) });
        await certified.Edge.DeployedAsync();
        certified.Edge.Origin.On("/kept").Reply(200, "secret", ("Cache-Control", "max-age=60"));
        await using var viewer = await certified.ConnectAsync(good);
        await viewer.GetAsync(TestEdge.Host, "/kept");
        Assert.Contains("Hit from cloudfront", await viewer.GetAsync(TestEdge.Host, "/kept"), StringComparison.Ordinal);
        await using var thief = await certified.ConnectAsync(null, "nobody.example");
        var answer = await thief.GetAsync(TestEdge.Host, "/kept");
        Assert.StartsWith("HTTP/1.1 421 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
        Assert.Equal(403, (await certified.Edge.GetAsync("/kept")).Status);
    }

    /// <summary>Browsers put hosts of one certificate on one connection (RFC 9113, section 9.1.1); a 421 sends them to one of its own.</summary>
    [Fact]
    public async Task A_connection_of_HTTP_2_is_good_for_one_trust_store_alone()
    {
        await using var certified = await AskingEdge.StartAsync();
        using var good = certified.Issue();
        using (var viewer = await Http2Viewer.ConnectAsync(certified.Edge, options => options.TargetHost = AskingEdge.OpenHost))
        {
            Assert.Equal(200, await GetAsync(viewer, 1, AskingEdge.OpenHost));
            Assert.Equal(421, await GetAsync(viewer, 3, TestEdge.Host));
            Assert.Equal(200, await GetAsync(viewer, 5, AskingEdge.OpenHost)); // the connection goes on for what it is good for
        }

        using (var viewer = await Http2Viewer.ConnectAsync(certified.Edge, options => options.ClientCertificateContext = SslStreamCertificateContext.Create(good, null, offline: true)))
        {
            Assert.Equal(200, await GetAsync(viewer, 1, TestEdge.Host));
            Assert.Equal(200, await GetAsync(viewer, 3, AskingEdge.OpenHost));
        }

        static async Task<int> GetAsync(Http2Viewer viewer, int stream, string host)
        {
            await viewer.SendFieldsAsync(stream, [(":method", "GET"), (":scheme", "https"), (":authority", host), (":path", "/a")]);
            return await viewer.ReadStatusAsync(stream);
        }
    }

    /// <summary>Whoever owns a distribution owns its trust store, and can make it vouch for any name.</summary>
    [Fact]
    public async Task A_certificate_of_another_distributions_trust_store_is_told_to_nobody_and_opens_nothing()
    {
        await using var certified = await AskingEdge.StartAsync();
        using var admin = certified.Stranger.Issue("CN=admin");
        var complete = certified.Edge.Completes;
        certified.Edge.Completes = snapshot => complete(snapshot) is var made
            ? made with { TrustStores = made.TrustStores.Add(new TrustStoreConfig { Id = "ts_evil", Certificates = [certified.Stranger.Base64] }) }
            : snapshot;
        var usual = certified.Edge.Distribution() with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestEdge.CachingDisabled, OriginRequestPolicyId = "certificates" } };
        certified.Edge.Publish(
            usual with { ViewerCertificates = new ViewerCertificatesConfig(ViewerCertificateMode.Required, "ts_1", false, false) },
            usual with { Id = "E2A2B3C4D5E6F7", DomainName = AskingEdge.OpenHost },
            usual with { Id = "E3A2B3C4D5E6F7", DomainName = "d333333abcdef8.frontier.localhost", ViewerCertificates = new ViewerCertificatesConfig(ViewerCertificateMode.Required, "ts_evil", false, false) });
        await certified.Edge.DeployedAsync();

        await using var viewer = await certified.ConnectAsync(admin, "d333333abcdef8.frontier.localhost");
        Assert.StartsWith("HTTP/1.1 200 ", await viewer.GetAsync("d333333abcdef8.frontier.localhost", "/own"), StringComparison.Ordinal);
        Assert.Equal("CN=admin", certified.Edge.Origin.Last("/own").Header("CloudFront-Viewer-Cert-Subject"));
        Assert.StartsWith("HTTP/1.1 421 ", await viewer.GetAsync(TestEdge.Host, "/secret"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await viewer.GetAsync(AskingEdge.OpenHost, "/open"), StringComparison.Ordinal);
        Assert.Null(certified.Edge.Origin.Last("/open").Header("CloudFront-Viewer-Cert-Subject"));
        Assert.Null(certified.Edge.Origin.Last("/open").Header("CloudFront-Viewer-Cert-Present"));
    }

    /// <summary>The API gives both sides of a continuous deployment the same rules; where they differ none counts for the other.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Neither_side_of_a_continuous_deployment_is_a_way_around_the_other(bool primaryAsks)
    {
        await using var certified = await AskingEdge.StartAsync();
        using var good = certified.Issue();
        var asked = new ViewerCertificatesConfig(ViewerCertificateMode.Required, "ts_1", false, false);
        certified.Edge.Publish(
            certified.Edge.Distribution() with
            {
                ViewerCertificates = primaryAsks ? asked : null,
                ContinuousDeployment = new ContinuousDeploymentConfig { PolicyId = "p", StagingDistributionId = "ESTAGING000000", HeaderName = "aws-cf-cd-try", HeaderValue = "yes" },
            },
            certified.Edge.Distribution() with { Id = "ESTAGING000000", DomainName = "dstaging000000.frontier.localhost", Staging = true, ViewerCertificates = primaryAsks ? null : asked },
            certified.Edge.Distribution() with { Id = "E2A2B3C4D5E6F7", DomainName = AskingEdge.OpenHost });
        await certified.Edge.DeployedAsync();
        await using var thief = await certified.ConnectAsync(null, AskingEdge.OpenHost);
        Assert.StartsWith("HTTP/1.1 421 ", await thief.GetAsync(TestEdge.Host, "/secret", "aws-cf-cd-try: yes"), StringComparison.Ordinal);
        Assert.StartsWith(primaryAsks ? "HTTP/1.1 421 " : "HTTP/1.1 200 ", await thief.GetAsync(TestEdge.Host, "/secret"), StringComparison.Ordinal);
        await using var viewer = await certified.ConnectAsync(good);
        Assert.StartsWith(primaryAsks ? "HTTP/1.1 200 " : "HTTP/1.1 421 ", await viewer.GetAsync(TestEdge.Host, "/own", "aws-cf-cd-try: yes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_end_with_the_rules_and_the_certificates_they_were_made_under()
    {
        await using var certified = await AskingEdge.StartAsync();
        using var good = certified.Issue();
        await using var viewer = await certified.ConnectAsync(good);
        Assert.StartsWith("HTTP/1.1 200 ", await viewer.GetAsync(TestEdge.Host, "/a"), StringComparison.Ordinal);
        await certified.ConfigureAsync(new ViewerCertificatesConfig(ViewerCertificateMode.Required, "ts_1", false, false), trusted: certified.Stranger);
        Assert.StartsWith("HTTP/1.1 421 ", await viewer.GetAsync(TestEdge.Host, "/b"), StringComparison.Ordinal);

        await certified.ConfigureAsync(new ViewerCertificatesConfig(ViewerCertificateMode.Required, "ts_1", false, false));
        using var brief = certified.Authority.Issue("CN=brief", until: certified.Edge.Clock.GetUtcNow().AddSeconds(30));
        await using var second = await certified.ConnectAsync(brief);
        Assert.StartsWith("HTTP/1.1 200 ", await second.GetAsync(TestEdge.Host, "/c"), StringComparison.Ordinal);
        certified.Edge.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.StartsWith("HTTP/1.1 421 ", await second.GetAsync(TestEdge.Host, "/d"), StringComparison.Ordinal);
        Assert.Null(await certified.TryGetAsync(brief));
    }

    /// <summary>A session says which keys were agreed on, not what a viewer may see.</summary>
    [Fact]
    public async Task A_resumed_session_brings_no_certificate_along()
    {
        await using var certified = await AskingEdge.StartAsync();
        using var good = certified.Issue();
        // The platform's client keeps sessions by name and resumes them by itself, where a server lets it.
        for (var i = 0; i < 3; i++)
        {
            await using var viewer = await certified.ConnectAsync(good);
            Assert.StartsWith("HTTP/1.1 200 ", await viewer.GetAsync(TestEdge.Host, "/with"), StringComparison.Ordinal);
            Assert.Null(await certified.TryGetAsync(null));
        }

        // From a host without certificates to the one with.
        for (var i = 0; i < 3; i++)
        {
            await using var open = await certified.ConnectAsync(null, AskingEdge.OpenHost);
            Assert.StartsWith("HTTP/1.1 200 ", await open.GetAsync(AskingEdge.OpenHost, "/open"), StringComparison.Ordinal);
            Assert.Null(await certified.TryGetAsync(null));
        }
    }
}
