// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Edge.Tests.Failures;

/// <summary>What viewers must not send (§5, DP-30.8): never a hang, never an error of the edge itself, nothing cached.</summary>
public sealed class ViewerInputTests
{
    private const string Host = $"Host: {TestEdge.Host}\r\n";

    [Theory]
    [InlineData("GET /a#b HTTP/1.1\r\n" + Host + "\r\n", 400)] // DP-5.2
    [InlineData("OPTIONS * HTTP/1.1\r\n" + Host + "\r\n", 400)] // DP-30.8
    [InlineData("GET a HTTP/1.1\r\n" + Host + "\r\n", 400)]
    [InlineData("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\n" + Host + Host + "\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\n" + Host + "Host: other.example\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\n" + Host + "X: a\0b\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\n" + Host + "X: a\rb\r\n\r\n", 400)]
    [InlineData("GET /a\0 HTTP/1.1\r\n" + Host + "\r\n", 400)]
    [InlineData("GET /a b HTTP/1.1\r\n" + Host + "\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\n" + Host + "Bad Name: x\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\n" + Host + "X : x\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\n" + Host + " folded\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\n" + Host + "Content-Length: x\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/1.1\r\n" + Host + "Content-Length: -1\r\n\r\n", 400)]
    [InlineData("POST /a HTTP/1.1\r\n" + Host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400)]
    [InlineData("POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: gzip\r\n\r\n", 400)]
    [InlineData("GET /a HTTP/3.7\r\n" + Host + "\r\n", 505)]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n", 400)]
    public async Task Bad_input_is_refused_and_the_connection_closed(string request, int status)
    {
        await using var edge = await UploadsAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync(request);
        viewer.EndSending();
        var answer = await viewer.ReadToEndAsync();
        Assert.True(answer.Length == 0 || answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), answer); // some end without a word
        Assert.Empty(edge.Origin.Log);
        await AssertUnharmedAsync(edge);
    }

    [Theory]
    [InlineData(8_192, 200)]
    [InlineData(8_193, 414)]
    [InlineData(9_000, 414)]
    [InlineData(40_000, 414)]
    public async Task A_url_may_have_8192_bytes_DP_5_1(int length, int status)
    {
        await using var edge = await UploadsAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/a?" + new string('q', length - 3), "Connection: close");
        Assert.StartsWith($"HTTP/1.1 {status} ", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
        await AssertUnharmedAsync(edge);
    }

    [Fact]
    public async Task A_head_over_32768_bytes_is_refused()
    {
        await using var edge = await UploadsAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/a", [.. Enumerable.Range(0, 40).Select(static i => $"X-{i}: {new string('x', 1_000)}")]);
        Assert.StartsWith("HTTP/1.1 413 ", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
        await AssertUnharmedAsync(edge);
    }

    [Fact]
    public async Task A_head_of_any_length_gets_the_page_of_one_that_is_too_long()
    {
        await using var edge = await UploadsAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/a", [.. Enumerable.Range(0, 70).Select(static i => $"X-{i}: {new string('x', 1_000)}")]);
        Assert.StartsWith("HTTP/1.1 413 ", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
        await AssertUnharmedAsync(edge);
    }

    [Theory]
    [InlineData("GET /a#b HTTP/1.1\r\n", 400)]
    [InlineData("OPTIONS * HTTP/1.1\r\n", 400)]
    [InlineData("GET /{long} HTTP/1.1\r\n", 414)]
    [InlineData("GET /a HTTP/1.1\r\nX-1: {long}\r\nX-2: {long}\r\nX-3: {long}\r\nX-4: {long}\r\n", 413)]
    public async Task A_refused_request_gets_a_page_with_its_id_and_the_end_of_its_connection_section_32(string start, int status)
    {
        await using var edge = await UploadsAsync();
        var answer = await edge.SendRawAsync(start.Replace("{long}", new string('x', 9_000), StringComparison.Ordinal) + Host + "\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Cache: Error from cloudfront\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nServer: CloudFront\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"<H1>{status} ERROR</H1>", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        var id = answer.Split("X-Amz-Cf-Id: ")[1].Split('\r')[0];
        Assert.Contains($"Request ID: {id}\n", answer, StringComparison.Ordinal);
        await AssertUnharmedAsync(edge);
    }

    [Theory]
    [InlineData("zz\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhelloX0\r\n\r\n")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhel")]
    [InlineData("5\r\nhello\r\n")]
    public async Task An_upload_with_broken_chunks_never_reaches_the_origin_whole(string body)
    {
        await using var edge = await UploadsAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync($"POST /up HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n{body}");
        viewer.EndSending();
        var answer = await viewer.ReadToEndAsync();
        Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.All(edge.Origin.Log, request => Assert.Empty(request.Body));
        await AssertUnharmedAsync(edge);
    }

    [Fact]
    public async Task An_upload_that_is_shorter_than_announced_never_reaches_the_origin_whole()
    {
        await using var edge = await UploadsAsync();
        using (var viewer = await edge.ConnectAsync())
        {
            await viewer.SendAsync($"PUT /up HTTP/1.1\r\n{Host}Content-Length: 10\r\n\r\nhello");
            await edge.Origin.WaitForRequestsAsync("/up", 1);
        }

        await edge.Origin.WaitUntilAsync(() => edge.Origin.RequestsInFlight == 0);
        Assert.Empty(edge.Origin.Last("/up").Body);
        Assert.Equal(Usage.ErrorDetail.ClientCommError, (await edge.Records.OfAsync("/up")).Detail);
        await AssertUnharmedAsync(edge);
    }

    [Fact]
    public async Task Content_length_beside_chunks_is_no_second_request()
    {
        await using var edge = await UploadsAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync($"POST /up HTTP/1.1\r\n{Host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n{Host}\r\n");
        viewer.EndSending();
        await viewer.ReadToEndAsync();
        Assert.All(edge.Origin.Log.Where(static request => request.Path == "/up"), static request => Assert.Null(request.Header("Content-Length")));
        await AssertUnharmedAsync(edge);
    }

    [Theory]
    [InlineData("http://" + TestEdge.Host + "/a", "/a")]
    [InlineData("http://" + TestEdge.Host + "/a?u=http://x/", "/a?u=http://x/")]
    [InlineData("http://" + TestEdge.Host, "/")]
    [InlineData("http://" + TestEdge.Host + "?q=/a", "/?q=/a")]
    [InlineData("/b?u=http://other.example/c", "/b?u=http://other.example/c")]
    public async Task An_absolute_target_is_its_path_and_query_DP_30_8(string target, string expected)
    {
        await using var edge = await TestEdge.StartAsync(distribution => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { CachePolicyId = TestPolicies.CookiesInKey } });
        edge.Origin.On("*").Reply(200, "hello");
        Assert.StartsWith("HTTP/1.1 200", await edge.SendRawAsync($"GET {target} HTTP/1.1\r\n{Host}Connection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(expected, edge.Origin.Log.Single().Target);
    }

    [Fact]
    public async Task Random_bytes_never_hang_the_edge_or_trouble_it()
    {
        await using var edge = await UploadsAsync();
        var random = new Random(7);
        var good = $"POST /up HTTP/1.1\r\n{Host}Content-Length: 5\r\nCookie: a=b\r\n\r\nhello";
        for (var i = 0; i < 150; i++)
        {
            var bytes = new StringBuilder(good);
            for (var change = 0; change < 1 + (i % 4); change++)
            {
                bytes[random.Next(bytes.Length)] = (char)random.Next(256);
            }

            using var viewer = await edge.ConnectAsync();
            await viewer.SendAsync(bytes.ToString());
            viewer.EndSending();
            await viewer.ReadToEndAsync();
        }

        await AssertUnharmedAsync(edge);
    }

    /// <summary>The edge still serves, and what it serves was not cached before. That it logged no error is checked when it is disposed of.</summary>
    private static async Task AssertUnharmedAsync(TestEdge edge)
    {
        edge.Origin.On("/untouched").Reply(200, "fine");
        var answer = await edge.GetAsync("/untouched");
        Assert.Equal((200, "fine", "Miss from cloudfront"), (answer.Status, answer.Body, answer.Cache));
        Assert.InRange(edge.Server.CacheStatistics.MemoryObjects, 1, 2); // this one, and the good ones of this class
    }

    private static async Task<TestEdge> UploadsAsync()
    {
        var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            DefaultBehavior = TestEdge.Behavior("*") with { AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"] },
        });
        edge.Origin.On("*").Reply(200, "hello");
        return edge;
    }
}
