// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Contracts;
using Frontier.Testing;
using Microsoft.AspNetCore.Http;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>Bodies without a known end, such as server-sent events: each byte goes on as it comes (DP-17.3, DP-30.1).</summary>
public sealed class StreamingTests
{
    [Theory]
    [InlineData(TestEdge.CachingDisabled, "no-store")]
    [InlineData(TestEdge.CachingOptimized, "no-store")]
    [InlineData(TestPolicies.UseOriginHeaders, "private")]
    [InlineData(TestEdge.CachingOptimized, "max-age=60")]
    public async Task Events_reach_the_viewer_one_by_one_whether_the_answer_is_stored_or_not(string policy, string cacheControl)
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = policy } });
        var gate = new ScriptedGate();
        edge.Origin.On("/events").Reply(200, "data: 1\n\ndata: 2\n\n", ("Content-Type", "text/event-stream"), ("Cache-Control", cacheControl)).Chunked(9).StallAfter(9, gate);

        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/events");
        Assert.StartsWith("HTTP/1.1 200 OK", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("9\r\ndata: 1\n\n\r\n", Encoding.ASCII.GetString(await viewer.ReadExactlyAsync(14)));
        gate.Release();
        Assert.Equal("9\r\ndata: 2\n\n\r\n0\r\n\r\n", Encoding.ASCII.GetString(await viewer.ReadExactlyAsync(19)));
    }

    [Theory]
    [InlineData(TestEdge.CachingDisabled)]
    [InlineData(TestEdge.CachingOptimized)]
    public async Task The_head_does_not_wait_for_the_first_event(string policy)
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = policy } });
        var gate = new ScriptedGate();
        edge.Origin.On("/events").Reply(200, "data: 1\n\n", ("Content-Type", "text/event-stream")).Chunked(9).StallAfter(0, gate);

        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/events");
        Assert.Contains("text/event-stream", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
        gate.Release();
        Assert.Equal("9\r\ndata: 1\n\n\r\n", Encoding.ASCII.GetString(await viewer.ReadExactlyAsync(14)));
    }

    [Fact]
    public async Task A_long_poll_is_answered_when_the_origin_has_something_to_say()
    {
        await using var edge = await TestEdge.StartAsync(Uncached);
        edge.Origin.On("/poll").Reply(200, "news").Hold();
        var asking = edge.GetAsync("/poll");
        await edge.Origin.WaitForRequestsAsync("/poll", 1);
        edge.Clock.Advance(TimeSpan.FromSeconds(29)); // within the read timeout of 30 s
        Assert.False(asking.IsCompleted);
        edge.Origin.On("/poll").Release();
        Assert.Equal("news", (await asking).Body);
    }

    [Fact]
    public async Task A_viewer_that_expects_100_gets_it_and_the_origin_never_sees_the_header_DP_4_9()
    {
        await using var edge = await TestEdge.StartAsync(Uncached);
        edge.Origin.On("/up").Reply(201, "taken");
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync($"POST /up HTTP/1.1\r\nHost: {TestEdge.Host}\r\nExpect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await viewer.ReadHeadAsync());
        await viewer.SendAsync("hello");
        Assert.StartsWith("HTTP/1.1 201 ", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
        var request = edge.Origin.Log.Single();
        Assert.Equal("hello", request.BodyText);
        Assert.Null(request.Header("Expect"));
    }

    [Fact]
    public async Task Trailers_of_a_chunked_answer_reach_a_viewer_on_HTTP_2()
    {
        await using var edge = await TestEdge.StartAsync(Uncached);
        edge.Origin.On("/t").Reply(ScriptedReply.Of(200, "body") with
        {
            Framing = ScriptedFraming.Chunked,
            Trailers = [("X-Checksum", "abc"), ("Content-Length", "9"), ("Set-Cookie", "a=b")],
        });
        using var viewer = TlsViewer.Of(edge);
        using var request = new HttpRequestMessage(HttpMethod.Get, TlsViewer.Address(edge, "/t")) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await viewer.SendAsync(request);
        Assert.Equal("body", await response.Content.ReadAsStringAsync());
        Assert.Equal(["abc"], response.TrailingHeaders.GetValues("X-Checksum"));
        Assert.Single(response.TrailingHeaders); // what frames or controls means nothing behind a body
    }

    [Fact]
    public async Task Trailers_of_a_chunked_upload_reach_the_origin()
    {
        var trailers = new TaskCompletionSource<string>();
        await using var origin = await LiveOrigin.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            trailers.SetResult($"{context.Request.GetTrailer("X-Checksum")}|{string.Join(',', context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestTrailersFeature>()!.Trailers.Keys)}");
        });
        await using var edge = await TestEdge.StartAsync(distribution => Uncached(distribution) with { Origins = [distribution.Origins[0] with { HttpPort = origin.Port }] });
        var answer = await edge.SendRawAsync(
            $"POST /up HTTP/1.1\r\nHost: {TestEdge.Host}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n0\r\nX-Checksum: abc\r\nAuthorization: no\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal("abc|X-Checksum", await trailers.Task.WaitAsync(ScriptedOrigin.Patience));
    }

    private static DistributionConfig Uncached(DistributionConfig distribution) => distribution with
    {
        DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestEdge.CachingDisabled, AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"] },
    };
}
