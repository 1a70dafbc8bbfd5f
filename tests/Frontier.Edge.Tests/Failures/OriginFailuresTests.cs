// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Frontier.Decisions.Delivery;
using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Failures;

/// <summary>An origin that fails before there is anything to deliver: page, status, log and how long it is remembered (§11, §19, §32, §33).</summary>
public sealed class OriginFailuresTests
{
    [Fact]
    public async Task A_refused_connection_is_502_and_remembered_for_ten_seconds_DP_11_2_DP_19_4()
    {
        var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await using var edge = await TestEdge.StartAsync();
        edge.Configure(distribution => distribution with { Origins = [edge.OriginConfig() with { HttpPort = port }] });
        await edge.DeployedAsync();
        await AssertFailureAsync(edge, await edge.GetAsync("/a"), 502, ErrorPage.OriginNotConnected, ErrorDetail.OriginConnectError);

        // The origin is up again, but nobody asks it for ten seconds.
        edge.Origin.On("/a").Reply(200, "back");
        edge.Configure();
        await edge.DeployedAsync();
        await AssertFailureAsync(edge, await edge.GetAsync("/a"), 502, ErrorPage.OriginNotConnected, ErrorDetail.OriginConnectError);
        edge.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("back", (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_502_with_a_message_of_its_own_DP_11_2()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Configure(distribution => distribution with { Origins = [edge.OriginConfig() with { DomainName = "no-such-host.invalid" }] });
        await edge.DeployedAsync();
        await AssertFailureAsync(edge, await edge.GetAsync("/a"), 502, ErrorPage.OriginNotResolved, ErrorDetail.OriginDnsError);
    }

    [Fact]
    public async Task An_origin_that_does_not_answer_is_504_DP_11_3()
    {
        await using var edge = await OneAttemptAsync();
        edge.Origin.On("/a").Hold();
        var waiting = edge.GetAsync("/a");
        await edge.Origin.WaitForRequestsAsync("/a", 1);
        await AdvanceUntilAsync(edge, waiting);
        await AssertFailureAsync(edge, await waiting, 504, ErrorPage.OriginClosed, ErrorDetail.OriginCommError);
        await AssertFailureAsync(edge, await edge.GetAsync("/a"), 504, ErrorPage.OriginClosed, ErrorDetail.OriginCommError);
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Theory]
    [InlineData("", "OriginClosed", ErrorDetail.OriginCommError)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", "OriginClosed", ErrorDetail.OriginCommError)]
    [InlineData("rubbish\r\n\r\n", "OriginInvalid", ErrorDetail.OriginInvalidResponseError)]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", "OriginInvalid", ErrorDetail.OriginInvalidResponseError)]
    [InlineData("HTTP/1.1 2x0 OK\r\n\r\n", "OriginInvalid", ErrorDetail.OriginInvalidResponseError)]
    [InlineData("HTTP/1.1 200 OK\r\nBad Name: x\r\n\r\n", "OriginInvalid", ErrorDetail.OriginInvalidResponseError)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "OriginInvalid", ErrorDetail.OriginInvalidResponseError)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "OriginInvalid", ErrorDetail.OriginInvalidResponseError)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "OriginInvalid", ErrorDetail.OriginInvalidResponseError)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", "OriginInvalid", ErrorDetail.OriginInvalidResponseError)]
    [InlineData("HTTP/1.1 200 OK\r\nX: a\u0001b\r\nContent-Length: 0\r\n\r\n", "OriginInvalid", ErrorDetail.OriginInvalidResponseError)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "OriginInvalid", ErrorDetail.OriginInvalidResponseError)]
    public async Task What_is_no_answer_is_502_and_remembered_DP_11_4(string raw, string page, ErrorDetail detail)
    {
        await using var edge = await OneAttemptAsync();
        edge.Origin.On("/a").Raw(raw, ScriptedEnding.CloseSilently);
        var message = page == "OriginClosed" ? ErrorPage.OriginClosed : ErrorPage.OriginInvalid;
        await AssertFailureAsync(edge, await edge.GetAsync("/a"), 502, message, detail);
        await AssertFailureAsync(edge, await edge.GetAsync("/a"), 502, message, detail);
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Theory]
    [InlineData("bytes 0-3/10", 502)]
    [InlineData("bytes 0-4/10", 206)]
    [InlineData("bytes 5-9/*", 206)]
    public async Task A_part_whose_two_lengths_differ_is_502_DP_16_10(string contentRange, int status)
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestEdge.CachingDisabled } });
        edge.Origin.On("/a").Reply(206, "01234", ("Content-Range", contentRange));
        var answer = await edge.GetAsync("/a", ("Range", "bytes=0-4"));
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 502 ? ErrorDetail.OriginContentRangeLengthError : ErrorDetail.None, (await edge.Records.OfAsync(answer)).Detail);
    }

    [Fact]
    public async Task A_head_of_the_origin_that_is_too_big_is_502_with_a_type_of_its_own()
    {
        await using var edge = await OneAttemptAsync();
        edge.Origin.On("/a").Reply(200, "x", ("X-Big", new string('b', 33_000)));
        await AssertFailureAsync(edge, await edge.GetAsync("/a"), 502, ErrorPage.OriginInvalid, ErrorDetail.OriginHeaderTooBigError);
    }

    [Fact]
    public async Task A_head_of_the_origin_that_is_just_not_too_big_passes()
    {
        await using var edge = await OneAttemptAsync();
        edge.Origin.On("/a").Reply(200, "x", [.. Enumerable.Range(0, 30).Select(static i => ($"X-Big-{i}", new string('b', 1_000)))]);
        Assert.Equal(("x", new string('b', 1_000)), Told(await edge.GetAsync("/a")));
        Assert.Equal(("x", new string('b', 1_000)), Told(await edge.GetAsync("/a")));

        static (string, string?) Told(ViewerAnswer answer) => (answer.Body, answer.Header("X-Big-29"));
    }

    [Fact]
    public async Task Failures_of_what_is_not_cached_are_not_remembered_DP_19_3()
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestEdge.CachingDisabled } });
        edge.Origin.On("/a").Once(new ScriptedReply { Raw = "rubbish\r\n\r\n"u8.ToArray(), Ending = ScriptedEnding.CloseSilently }).Reply(200, "fine");
        await AssertFailureAsync(edge, await edge.GetAsync("/a"), 502, ErrorPage.OriginInvalid, ErrorDetail.OriginInvalidResponseError);
        Assert.Equal("fine", (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task A_head_request_gets_the_status_and_length_of_the_page_but_not_the_page_DP_19_12()
    {
        await using var edge = await OneAttemptAsync();
        edge.Origin.On("/a").Raw("rubbish\r\n\r\n", ScriptedEnding.CloseSilently);
        var answer = await edge.SendAsync(HttpMethod.Head, "/a");
        Assert.Equal((502, 0, "Error from cloudfront"), (answer.Status, answer.Bytes.Length, answer.Cache));
        Assert.NotEqual("0", answer.Header("Content-Length"));
    }

    /// <summary>The timers of several waits follow one another, each set when the last has fired.</summary>
    private static async Task AdvanceUntilAsync(TestEdge edge, Task done)
    {
        await edge.Origin.WaitUntilAsync(() => edge.Origin.RequestsInFlight > 0);
        await Eventually.IsTrueAsync(() =>
        {
            edge.Clock.Advance(TimeSpan.FromSeconds(1));
            return done.IsCompleted;
        });
    }

    private static Task<TestEdge> OneAttemptAsync() =>
        TestEdge.StartAsync(distribution => distribution with { Origins = [distribution.Origins[0] with { ConnectionAttempts = 1 }] });

    private static async Task AssertFailureAsync(TestEdge edge, ViewerAnswer answer, int status, string message, ErrorDetail detail)
    {
        Assert.Equal((status, "Error from cloudfront", "CloudFront", "text/html"), (answer.Status, answer.Cache, answer.Header("Server"), answer.Header("Content-Type")));
        Assert.Contains($"<H1>{status} ERROR</H1>", answer.Body, StringComparison.Ordinal);
        Assert.Contains(message, answer.Body, StringComparison.Ordinal);
        Assert.Contains($"Request ID: {answer.Header("X-Amz-Cf-Id")}\n", answer.Body, StringComparison.Ordinal);
        Assert.Equal($"{answer.Bytes.Length}", answer.Header("Content-Length"));
        var record = await edge.Records.OfAsync(answer);
        Assert.Equal((status, ResultType.Error, ResultType.Error, detail), (record.Status, record.Result, record.ResponseResult, record.Detail));
    }
}
