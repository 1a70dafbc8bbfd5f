// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Tests.Delivery;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>Requests with bodies, and methods that change things: passed through, never cached (§4).</summary>
public sealed class UploadsTests
{
    [Theory]
    [InlineData("POST", false)]
    [InlineData("PUT", true)]
    [InlineData("PATCH", false)]
    [InlineData("DELETE", true)]
    public async Task An_upload_arrives_byte_for_byte_framed_as_it_came(string method, bool chunked)
    {
        await using var edge = await UploadsAsync();
        var body = Bodies.Random(3_000_001);
        (string, string)[] framing = chunked ? [("Transfer-Encoding", "chunked")] : [];
        for (var i = 0; i < 2; i++)
        {
            using var content = new ByteArrayContent(body);
            var answer = await edge.SendAsync(new HttpMethod(method), "/up?x=1", content, framing);
            Assert.Equal((201, "made", "Miss from cloudfront"), (answer.Status, answer.Body, answer.Cache));
        }

        var request = edge.Origin.Last("/up");
        Assert.Equal((method, chunked ? null : "3000001"), (request.Method, request.Header("Content-Length")));
        Assert.True(body.AsSpan().SequenceEqual(request.Body));
        Assert.Equal(2, edge.Origin.Requests("/up"));
    }

    [Fact]
    public async Task An_upload_over_64_GB_is_refused_by_its_announced_length()
    {
        await using var edge = await UploadsAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync($"PUT /up HTTP/1.1\r\nHost: {TestEdge.Host}\r\nContent-Length: 64000000001\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Empty(edge.Origin.Log);
        Assert.Equal(413, (await edge.Records.OfAsync("/up")).Status);
    }

    [Fact]
    public async Task The_origin_sees_the_beginning_of_an_upload_before_its_end_is_sent()
    {
        await using var edge = await UploadsAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync($"POST /up HTTP/1.1\r\nHost: {TestEdge.Host}\r\nContent-Length: 10\r\nConnection: close\r\n\r\nhello");
        await edge.Origin.WaitForRequestsAsync("/up", 1);
        await viewer.SendAsync("world");
        Assert.EndsWith("made", await viewer.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal("helloworld", edge.Origin.Last("/up").BodyText);
    }

    [Fact]
    public async Task An_origin_may_answer_before_it_has_the_whole_upload()
    {
        await using var edge = await UploadsAsync();
        edge.Origin.On("/early").Reply(ScriptedReply.Of(409, "enough") with { IgnoreRequestBody = true });
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync($"POST /early HTTP/1.1\r\nHost: {TestEdge.Host}\r\nContent-Length: 1000000\r\n\r\nbeginning");
        Assert.StartsWith("HTTP/1.1 409 ", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("enough", System.Text.Encoding.ASCII.GetString(await viewer.ReadExactlyAsync(6)));
    }

    [Fact]
    public async Task An_upload_does_not_touch_what_is_cached()
    {
        await using var edge = await UploadsAsync();
        edge.Origin.On("/a").Handle(static request => ScriptedReply.Of(200, request.Method));
        await edge.GetAsync("/a");
        using var content = new StringContent("x");
        Assert.Equal("POST", (await edge.SendAsync(HttpMethod.Post, "/a", content)).Body);
        Assert.Equal(("GET", "Hit from cloudfront"), Told(await edge.GetAsync("/a")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Options_is_cached_where_the_behavior_says_so_DP_4_6(bool cached)
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            DefaultBehavior = TestEdge.Behavior("*") with { AllowedMethods = ["GET", "HEAD", "OPTIONS"], CachedMethods = cached ? ["GET", "HEAD", "OPTIONS"] : ["GET", "HEAD"] },
        });
        edge.Origin.On("/a").Handle(static request => ScriptedReply.Of(200, request.Method, ("Cache-Control", "max-age=60")));
        Assert.Equal(("OPTIONS", "Miss from cloudfront"), Told(await edge.SendAsync(HttpMethod.Options, "/a")));
        Assert.Equal(("OPTIONS", cached ? "Hit from cloudfront" : "Miss from cloudfront"), Told(await edge.SendAsync(HttpMethod.Options, "/a")));
        Assert.Equal(("GET", "Miss from cloudfront"), Told(await edge.GetAsync("/a")));
    }

    private static (string, string?) Told(ViewerAnswer answer) => (answer.Body, answer.Cache);

    private static async Task<TestEdge> UploadsAsync()
    {
        var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            DefaultBehavior = TestEdge.Behavior("*") with
            {
                AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
                CachePolicyId = TestEdge.CachingOptimized,
                OriginRequestPolicyId = TestPolicies.AllViewer,
            },
        });
        edge.Origin.On("/up").Reply(201, "made", ("Cache-Control", "max-age=60"));
        return edge;
    }
}
