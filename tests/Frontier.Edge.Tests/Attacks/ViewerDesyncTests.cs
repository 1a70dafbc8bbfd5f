// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tests.Attacks;

/// <summary>
/// Requests that two readers could read differently (RFC 9112, section 11.2): refused, the connection closed, and what hides
/// behind them is no request. The origin behind the edge must never see the hidden one.
/// </summary>
public sealed class ViewerDesyncTests
{
    private const string Host = $"Host: {TestEdge.Host}\r\n";
    private const string Hidden = $"GET /hidden HTTP/1.1\r\n{Host}Connection: close\r\n\r\n";

    /// <summary>Each is followed by <see cref="Hidden"/>.</summary>
    public static TheoryData<string> Doubtful { get; } =
    [
        // both lengths
        "POST /a HTTP/1.1\r\n" + Host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
        "GET /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",

        // a transfer coding that some would not recognise
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "X: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.0\r\n" + Host + "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.0\r\n" + Host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",

        // a length that can be read in two ways
        "POST /a HTTP/1.1\r\n" + Host + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Content-Length: 0, 0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Content-Length: 0,5\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Content-Length: 0x0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Content-Length: +0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Content-Length: 0 0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Content-Length:\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Content-Length : 0\r\n\r\n",
        "POST /a HTTP/1.1\r\n" + Host + "Content-Length: 18446744073709551616\r\n\r\n",

        // lines that end in two ways
        "GET /a HTTP/1.1\n" + Host + "\r\n",
        "GET /a HTTP/1.1\r\nHost: " + TestEdge.Host + "\n\r\n",
        "GET /a HTTP/1.1\r\n" + Host + "X: y\nContent-Length: 0\r\n\r\n",
        "GET /a HTTP/1.1\r\n" + Host + "X: y\r\n\n",
        "GET /a HTTP/1.1\r\n" + Host + "X: y\r\n folded\r\n\r\n",
        "GET /a HTTP/1.1\r\n" + Host + "X: y\r\n\tfolded\r\n\r\n",
        "GET /a HTTP/1.1\r\n" + Host + ": nameless\r\n\r\n",
        "GET /a HTTP/1.1\r\n" + Host + "nothing\r\n\r\n",

        // whose request is it
        "GET http://other.example/a HTTP/1.1\r\n" + Host + "\r\n",
        "GET http://" + TestEdge.Host + "@other.example/a HTTP/1.1\r\n" + Host + "\r\n",
        "GET /a HTTP/1.1\r\nHost: other.example\r\n" + Host + "\r\n",
        "GET /a HTTP/1.1\r\nHost: " + TestEdge.Host + ", other.example\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: other.example@" + TestEdge.Host + "\r\n\r\n",
        "GET //other.example/a\thttp HTTP/1.1\r\n" + Host + "\r\n",
        "GET /a\vb HTTP/1.1\r\n" + Host + "\r\n",
        "GET  /a HTTP/1.1\r\n" + Host + "\r\n",
        "GET /a  HTTP/1.1\r\n" + Host + "\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /a\r\n" + Host + "\r\n",
    ];

    /// <summary>The head is good; the body is not.</summary>
    public static TheoryData<string> DoubtfulChunks { get; } =
    [
        "3\nabc\r\n0\r\n\r\n",
        "3;\nabc\r\n0\r\n\r\n",
        "3;a=\nabc\r\n0\r\n\r\n",
        "3;a\rb\r\nabc\r\n0\r\n\r\n",
        "0x3\r\nabc\r\n0\r\n\r\n",
        "+3\r\nabc\r\n0\r\n\r\n",
        "3\r\nabc\n0\r\n\r\n",
        "3\r\nabcXX0\r\n\r\n",
        "10000000000000003\r\nabc\r\n0\r\n\r\n",
        "\r\nabc\r\n0\r\n\r\n",
        "3\r\nabc\r\n0\n\r\n",
        "3\r\nabc\r\n0\r\n\n",
    ];

    [Theory]
    [MemberData(nameof(Doubtful))]
    public async Task A_doubtful_request_is_refused_and_nothing_behind_it_is_read(string request)
    {
        await using var edge = await StartAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync(request + Hidden);
        var answer = await viewer.ReadToEndAsync(); // so the connection was closed
        Assert.True(!answer.Contains(" 200 ", StringComparison.Ordinal), request);
        AssertOneRefusal(answer);
        Assert.Empty(edge.Origin.Log);
    }

    [Theory]
    [MemberData(nameof(DoubtfulChunks))]
    public async Task Doubtful_chunks_never_reach_the_origin_whole_and_nothing_behind_them_is_read(string chunks)
    {
        await using var edge = await StartAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync($"POST /a HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n{chunks}{Hidden}");
        AssertOneRefusal(await viewer.ReadToEndAsync());
        Assert.Equal(0, edge.Origin.Requests("/hidden"));
        Assert.All(edge.Origin.Log, static request => Assert.Empty(request.Body)); // none was read to its end
    }

    [Theory]
    [InlineData("Connection: close, X-Forwarded-For, X-Amz-Cf-Id, Via, CDN-Loop, Host")]
    [InlineData("Connection: close, Content-Length, Transfer-Encoding")]
    public async Task What_a_viewer_ties_to_its_connection_takes_none_of_the_edge_s_own_fields_away(string connection)
    {
        await using var edge = await StartAsync();
        await edge.SendRawAsync($"POST /a HTTP/1.1\r\n{Host}{connection}\r\nX-Forwarded-For: 1.2.3.4\r\nContent-Length: 5\r\n\r\nhello");
        var seen = edge.Origin.Last("/a");
        Assert.Equal("hello", seen.BodyText);
        Assert.Equal("5", seen.Header("Content-Length"));
        Assert.EndsWith("127.0.0.1", seen.Header("X-Forwarded-For"), StringComparison.Ordinal);
        Assert.All(["Host", "Via", "X-Amz-Cf-Id", "CDN-Loop"], name => Assert.NotNull(seen.Header(name)));
    }

    [Theory]
    [InlineData("Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings\r\n")]
    [InlineData("Upgrade: h2c, websocket\r\nConnection: Upgrade\r\n")]
    [InlineData("Upgrade: TLS/1.0\r\nConnection: Upgrade\r\n")]
    public async Task An_upgrade_to_anything_but_a_WebSocket_is_no_upgrade_and_is_not_forwarded(string fields)
    {
        await using var edge = await StartAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync($"GET /a HTTP/1.1\r\n{Host}{fields}\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
        var seen = edge.Origin.Last("/a");
        Assert.All(["Upgrade", "HTTP2-Settings", "Connection"], name => Assert.DoesNotContain("pgrade", seen.Header(name) ?? "", StringComparison.Ordinal));
        Assert.Null(seen.Header("HTTP2-Settings"));
    }

    [Fact]
    public async Task A_bodiless_method_with_a_body_is_refused_and_the_body_is_no_request_DP_4_5()
    {
        await using var edge = await StartAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync($"GET /a HTTP/1.1\r\n{Host}Connection: close\r\nContent-Length: {Hidden.Length}\r\n\r\n{Hidden}");
        AssertOneRefusal(await viewer.ReadToEndAsync());
        Assert.Empty(edge.Origin.Log);
    }

    private static void AssertOneRefusal(string answer)
    {
        if (answer.Length > 0) // some end without a word
        {
            Assert.Matches("^HTTP/1.1 [45]", answer);
        }

        Assert.Equal(answer.Length > 0 ? 1 : 0, answer.Split("HTTP/1.1 ").Length - 1);
    }

    private static async Task<TestEdge> StartAsync()
    {
        var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            DefaultBehavior = TestEdge.Behavior("*") with
            {
                AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
                OriginRequestPolicyId = TestPolicies.AllViewer,
            },
        });
        edge.Origin.On("*").Reply(200, "hello");
        return edge;
    }
}
