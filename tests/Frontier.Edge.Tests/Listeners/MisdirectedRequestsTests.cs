// SPDX-License-Identifier: Apache-2.0

using Frontier.Usage;

namespace Frontier.Edge.Tests.Listeners;

/// <summary>A connection's certificate says for whom it speaks, and no request on it gets past that (DP-22.7).</summary>
public sealed class MisdirectedRequestsTests
{
    private const string Alias = CertifiedEdge.Alias;
    private const string Secret = "secret.example.org";

    [Theory]
    [InlineData(Alias, Alias, "200")]
    [InlineData(Alias, "WWW.EXAMPLE.COM:443", "200")]
    [InlineData(Alias, Secret, "421")] // fronting: one name to whoever looks on, another one for the edge
    [InlineData(Alias, TestEdge.Host, "421")]
    [InlineData(TestEdge.Host, Secret, "421")]
    [InlineData("", Secret, "421")]
    [InlineData(TestEdge.Host, TestEdge.Host, "200")]
    public async Task A_host_that_the_certificate_does_not_cover_is_answered_421(string serverName, string host, string status)
    {
        await using var edge = await TwoAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        for (var i = 0; i < 2; i++) // the second time round it would be a hit
        {
            Assert.StartsWith($"HTTP/1.1 {status} ", await CertifiedEdge.AskAsync(edge, serverName, host), StringComparison.Ordinal);
        }

        var record = await edge.Records.OfAsync("/a");
        Assert.Equal(status == "421" ? ErrorDetail.InvalidRequestCertificate : ErrorDetail.None, record.Detail);
        Assert.Equal(host == Secret ? "E2" : TestEdge.Id, record.DistributionId);
    }

    [Fact]
    public async Task A_connection_is_good_for_every_host_that_its_certificate_covers_also_for_hits()
    {
        await using var edge = await CertifiedEdge.StartAsync(names: [Alias, "img.example.com"]);
        edge.Origin.On("/a").Reply(200, "hello");
        await CertifiedEdge.AskAsync(edge, Alias, Alias);
        var hit = await CertifiedEdge.AskAsync(edge, Alias, "img.example.com");
        Assert.StartsWith("HTTP/1.1 200 ", hit, StringComparison.Ordinal);
        Assert.Contains("X-Cache: Hit from cloudfront", hit, StringComparison.Ordinal);
    }

    /// <summary>A hit takes another way through the edge, which must come to the same.</summary>
    [Fact]
    public async Task What_is_in_the_cache_is_not_served_on_another_names_connection()
    {
        await using var edge = await TwoAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        await CertifiedEdge.AskAsync(edge, Secret, Secret);
        Assert.Contains("X-Cache: Hit", await CertifiedEdge.AskAsync(edge, Secret, Secret), StringComparison.Ordinal);
        await using var stream = await CertifiedEdge.ConnectAsync(edge, Alias);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET /a HTTP/1.1\r\nHost: {Alias}\r\n\r\nGET /a HTTP/1.1\r\nHost: {Secret}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var answers = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200 ", answers, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 421 Misdirected Request", answers, StringComparison.Ordinal);
    }

    /// <summary>Two distributions of one owner, each with a certificate of its own.</summary>
    private static async Task<TestEdge> TwoAsync()
    {
        var edge = await TestEdge.StartAsync();
        CertifiedEdge.Import(edge, "c", CertifiedEdge.Authority.Issue(Alias), [Alias]);
        CertifiedEdge.Import(edge, "s", CertifiedEdge.Authority.Issue(Secret), [Secret]);
        var first = edge.Distribution() with { Aliases = [Alias], CertificateId = "c" };
        edge.Publish(first, first with { Id = "E2", DomainName = "d222222abcdef8.frontier.localhost", Aliases = [Secret], CertificateId = "s" });
        await edge.DeployedAsync();
        return edge;
    }
}
