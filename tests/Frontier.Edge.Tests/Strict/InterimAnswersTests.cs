// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Strict;

/// <summary>A proxy forwards 1xx answers (RFC 9110, section 15.2); CloudFront consumes them (DP-11.11).</summary>
public sealed class InterimAnswersTests
{
    private const string Hints = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\nX-Hop: 1\r\nConnection: X-Hop\r\n\r\n";

    [Theory]
    [InlineData("max-age=60")]
    [InlineData("no-store")]
    public async Task The_viewer_that_brings_the_answer_gets_its_hints_before_it(string cacheControl)
    {
        await using var edge = await StrictEdge.StartAsync();
        var gate = new ScriptedGate();
        edge.Origin.On("/a").Reply(ScriptedReply.Of(200, "page", ("Cache-Control", cacheControl)) with { Preamble = Encoding.ASCII.GetBytes(Hints), AfterPreamble = gate });
        using var viewer = await edge.ConnectAsync();

        await viewer.GetAsync("/a", "Connection: close");

        Assert.Equal("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n", await viewer.ReadHeadAsync());
        gate.Release();
        var final = await viewer.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", final, StringComparison.Ordinal);
        Assert.DoesNotContain("Link", final, StringComparison.Ordinal);
        Assert.EndsWith("page", final, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_of_HTTP_2_gets_them_in_a_head_of_their_own()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(ScriptedReply.Of(200, "page") with { Preamble = Encoding.ASCII.GetBytes(Hints) });
        using var viewer = await Http2Viewer.ConnectAsync(edge);

        await viewer.SendFieldsAsync(1, [(":method", "GET"), (":scheme", "https"), (":authority", TestEdge.Host), (":path", "/a")]);

        Assert.Equal(103, await viewer.ReadStatusAsync(1));
        Assert.Equal(200, await viewer.ReadStatusAsync(1));
    }

    [Fact]
    public async Task With_a_body_under_way_they_follow_it_and_the_origins_go_on_is_not_passed_on()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(ScriptedReply.Of(200, "done") with { Preamble = Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n" + Hints) });

        var answer = await edge.SendRawAsync($"POST /a HTTP/1.1\r\nHost: {TestEdge.Host}\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody");

        Assert.StartsWith("HTTP/1.1 103 Early Hints\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\nHTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("done", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hit_and_a_viewer_of_HTTP_1_0_get_none()
    {
        await using var edge = await StrictEdge.StartAsync();
        edge.Origin.On("/a").Reply(ScriptedReply.Of(200, "page", ("Cache-Control", "max-age=60")) with { Preamble = Encoding.ASCII.GetBytes(Hints) });
        var old = await edge.SendRawAsync($"GET /a HTTP/1.0\r\nHost: {TestEdge.Host}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", old, StringComparison.Ordinal);
        await Eventually.IsTrueAsync(async () => (await edge.GetAsync("/a")).Cache == "Hit from cloudfront");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await edge.SendRawAsync($"GET /a HTTP/1.1\r\nHost: {TestEdge.Host}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_strict_rules_they_are_consumed_DP_11_11()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(ScriptedReply.Of(200, "page") with { Preamble = Encoding.ASCII.GetBytes(Hints) });

        var answer = await edge.SendRawAsync($"GET /a HTTP/1.1\r\nHost: {TestEdge.Host}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Early Hints", answer, StringComparison.Ordinal);
    }
}
