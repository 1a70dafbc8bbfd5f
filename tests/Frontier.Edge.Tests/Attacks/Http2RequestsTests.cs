// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tests.Attacks;

/// <summary>
/// Requests of HTTP/2 that would become others in the HTTP/1.1 of origins (RFC 9113, sections 8.2, 8.3 and 10.3): their fields
/// carry any byte, their ends are not where their lengths say. Refused, or without what would have done harm.
/// </summary>
public sealed class Http2RequestsTests
{
    private const string Hidden = $"GET /hidden HTTP/1.1\r\nHost: {TestEdge.Host}\r\n\r\n";

    [Fact]
    public async Task A_sound_request_with_a_body_reaches_the_origin_as_it_is()
    {
        await using var edge = await StartAsync();
        using var viewer = await Http2Viewer.ConnectAsync(edge);
        await viewer.SendFieldsAsync(1, [.. Head("POST"), ("content-length", "5"), ("x-a", "b"), ("te", "trailers")], endsStream: false);
        await viewer.SendDataAsync(1, "hello");
        Assert.Equal(200, await viewer.ReadStatusAsync(1));
        var seen = edge.Origin.Last("/a");
        Assert.Equal(("POST", "hello", "5", "b", TestEdge.Host), (seen.Method, seen.BodyText, seen.Header("Content-Length"), seen.Header("X-A"), seen.Header("Host")));
        Assert.Null(seen.Header("TE"));
    }

    [Theory]
    [InlineData("x-a", "b\r\nX-Evil: 1")]
    [InlineData("x-a", "b\nX-Evil: 1")]
    [InlineData("x-a", "b\r\n\r\n" + Hidden)]
    [InlineData("x-a", "b\r")]
    [InlineData("x-a", "\nb")]
    [InlineData("x-a", "a\0b")]
    [InlineData("x-a", "a\u0001b")]
    [InlineData("x-a", "a\u007fb")]
    [InlineData("x-a", " b")]
    [InlineData("x-a", "b\t")]
    [InlineData("cookie", "a=1\r\nX-Evil: 1")]
    [InlineData("user-agent", "b\nX-Evil: 1")]
    [InlineData("X-A", "b")]
    [InlineData("x-A", "b")]
    [InlineData("Host", "other.example")]
    [InlineData("x a", "b")]
    [InlineData("x-a:", "b")]
    [InlineData("x-a: b\r\nx-evil", "1")]
    [InlineData("x-a\0", "b")]
    [InlineData("x-\u00e9", "b")]
    [InlineData("", "b")]
    public async Task A_field_that_no_line_can_hold_is_refused_RFC_9113_section_8_2_1(string name, string value) =>
        await AssertRefusedAsync([.. Head("GET"), (name, value)]);

    [Theory]
    [InlineData("connection", "close")]
    [InlineData("connection", "x-forwarded-for, via")]
    [InlineData("keep-alive", "timeout=5")]
    [InlineData("proxy-connection", "keep-alive")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("transfer-encoding", "identity")]
    [InlineData("transfer-encoding", "gzip, chunked")]
    [InlineData("upgrade", "websocket")]
    [InlineData("upgrade", "h2c")]
    [InlineData("te", "chunked")]
    [InlineData("te", "trailers, chunked")]
    public async Task A_field_of_connections_is_refused_and_its_body_is_no_request_RFC_9113_section_8_2_2(string name, string value)
    {
        await AssertRefusedAsync([.. Head("GET"), (name, value)]);
        await AssertRefusedAsync([.. Head("POST"), (name, value)], "0\r\n\r\n" + Hidden);
    }

    [Theory]
    [InlineData(":scheme https|:authority HOST|:path /a")]
    [InlineData(":method GET|:authority HOST|:path /a")]
    [InlineData(":method GET|:scheme https|:authority HOST")]
    [InlineData(":method GET|:scheme https|:path /a")]
    [InlineData("")]
    [InlineData("x-a b")]
    [InlineData(":method GET|:method POST|:scheme https|:authority HOST|:path /a")]
    [InlineData(":method GET|:scheme https|:authority HOST|:path /a|:path /hidden")]
    [InlineData(":method GET|:scheme https|:scheme http|:authority HOST|:path /a")]
    [InlineData(":method GET|:scheme https|:authority HOST|:authority HOST|:path /a")]
    [InlineData(":method GET|:scheme https|:authority HOST|x-a b|:path /a")]
    [InlineData(":method GET|:scheme https|:authority HOST|:path /a|x-a b|:path /hidden")]
    [InlineData(":method GET|:scheme https|:authority HOST|:path /a|:status 200")]
    [InlineData(":method GET|:scheme https|:authority HOST|:path /a|:host other.example")]
    [InlineData(":method GET|:scheme https|:authority HOST|:path /a|:protocol websocket")]
    [InlineData(":method CONNECT|:authority HOST")]
    [InlineData(":method CONNECT|:scheme https|:authority HOST|:path /a")]
    [InlineData(":method CONNECT|:scheme https|:authority HOST|:path /a|:protocol h2c")]
    [InlineData(":method GET|:scheme https|:path /a|host HOST|host other.example")]
    public async Task Pseudo_headers_that_are_missing_late_double_or_unknown_are_refused_RFC_9113_section_8_3(string fields) =>
        await AssertRefusedAsync(fields.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(static field => field.Split(' ')).Select(static field => (field[0], field[1].Replace("HOST", TestEdge.Host, StringComparison.Ordinal))));

    [Theory]
    [InlineData(":path", "")]
    [InlineData(":path", "a")]
    [InlineData(":path", "*")]
    [InlineData(":path", "?a")]
    [InlineData(":path", "http://other.example/a")]
    [InlineData(":path", "/a#b")]
    [InlineData(":path", "/a b")]
    [InlineData(":path", "/a\tb")]
    [InlineData(":path", "/a\0")]
    [InlineData(":path", "/a HTTP/1.1\r\nHost: other.example\r\n\r\n" + Hidden)]
    [InlineData(":path", "/a?\r\nX-Evil: 1")]
    [InlineData(":method", "")]
    [InlineData(":method", "G T")]
    [InlineData(":method", "GET /hidden HTTP/1.1\r\nX-Evil:")]
    [InlineData(":method", "GET\n")]
    [InlineData(":scheme", "")]
    [InlineData(":scheme", "http")]
    [InlineData(":scheme", "https://other.example/?")]
    [InlineData(":scheme", "https\r\nX-Evil: 1")]
    [InlineData(":authority", "")]
    [InlineData(":authority", "other.example")]
    [InlineData(":authority", "other.example@" + TestEdge.Host)]
    [InlineData(":authority", TestEdge.Host + "/hidden")]
    [InlineData(":authority", TestEdge.Host + "#other.example")]
    [InlineData(":authority", TestEdge.Host + ", other.example")]
    [InlineData(":authority", TestEdge.Host + " other.example")]
    [InlineData(":authority", TestEdge.Host + "\r\nX-Evil: 1")]
    [InlineData(":authority", TestEdge.Host + "\0")]
    public async Task A_pseudo_header_that_is_no_part_of_a_request_line_is_refused_RFC_9113_section_8_3_1(string name, string value) =>
        await AssertRefusedAsync(Head("GET").Select(field => field.Name == name ? (name, value) : field));

    [Theory]
    [InlineData("other.example")]
    [InlineData("")]
    [InlineData(TestEdge.Host + "@other.example")]
    public async Task A_host_that_differs_from_the_authority_is_refused_RFC_9113_section_8_3_1(string host)
    {
        await AssertRefusedAsync([.. Head("GET"), ("host", host)]);
        await AssertRefusedAsync([.. Head("GET"), ("host", TestEdge.Host), ("host", host)]);
    }

    [Theory]
    [InlineData("5", "hell")]
    [InlineData("5", "hello" + Hidden)]
    [InlineData("5", "")]
    [InlineData("5, 5", "hello")]
    [InlineData("0x5", "hello")]
    [InlineData("+5", "hello")]
    [InlineData("", "hello")]
    [InlineData("18446744073709551621", "hello")]
    public async Task A_body_of_another_length_than_said_never_reaches_the_origin_whole_RFC_9113_section_8_1_1(string length, string body)
    {
        await using var edge = await StartAsync();
        using var viewer = await Http2Viewer.ConnectAsync(edge);
        await viewer.SendFieldsAsync(1, [.. Head("POST"), ("content-length", length)], endsStream: false);
        await viewer.SendDataAsync(1, body);
        Assert.True(await viewer.ReadStatusAsync(1) is 0 or (>= 400 and < 500));
        await AssertUnharmedAsync(edge);
        Assert.Equal(0, edge.Origin.Requests("/hidden"));
        Assert.All(edge.Origin.Log, static request => Assert.Empty(request.Body)); // none was read to its end
    }

    /// <summary>Such a request is whole before its body, and may be answered before any of that has come.</summary>
    [Fact]
    public async Task A_body_behind_a_length_of_zero_never_reaches_the_origin_RFC_9113_section_8_1_1()
    {
        await using var edge = await StartAsync();
        using var viewer = await Http2Viewer.ConnectAsync(edge);
        await viewer.SendFieldsAsync(1, [.. Head("POST"), ("content-length", "0")], endsStream: false);
        await viewer.SendDataAsync(1, Hidden);
        Assert.True(await viewer.ReadStatusAsync(1) is 0 or 200 or (>= 400 and < 500));
        await AssertUnharmedAsync(edge);
        Assert.Equal(0, edge.Origin.Requests("/hidden"));
        Assert.All(edge.Origin.Log, static request => Assert.Empty(request.Body));
    }

    [Theory]
    [InlineData("5", null)]
    [InlineData("5", "6")]
    [InlineData("0", "0")]
    public async Task A_length_without_a_body_and_two_lengths_are_refused_RFC_9113_section_8_1_1(string length, string? second) =>
        await AssertRefusedAsync([.. Head("POST"), ("content-length", length), .. second is null ? Array.Empty<(string, string)>() : [("content-length", second)]]);

    [Theory]
    [InlineData("x-a", "b\r\n\r\n" + Hidden, false)]
    [InlineData("x-a", "b\nx-b: c", false)]
    [InlineData("x-a\r\n\r\n" + Hidden, "b", false)]
    [InlineData(":path", "/hidden", false)]
    [InlineData("X-A", "b", false)]
    [InlineData("transfer-encoding", "chunked", false)]
    [InlineData("content-length", "1", true)]
    [InlineData("x-a", "b", true)]
    public async Task Trailers_bring_no_request_and_no_framing_RFC_9113_section_8_1(string name, string value, bool passes)
    {
        await using var edge = await StartAsync();
        using var viewer = await Http2Viewer.ConnectAsync(edge);
        await viewer.SendFieldsAsync(1, Head("POST"), endsStream: false);
        await viewer.SendDataAsync(1, "hello", endsStream: false);
        await viewer.SendFieldsAsync(1, [(name, value)]);
        Assert.Equal(passes, await viewer.ReadStatusAsync(1) == 200);
        await AssertUnharmedAsync(edge);
        Assert.Equal(0, edge.Origin.Requests("/hidden"));
        Assert.All(edge.Origin.Log.Where(static request => request.Path == "/a"), request =>
        {
            Assert.Null(request.Header("Content-Length"));
            Assert.Equal(passes ? "hello" : "", request.BodyText);
        });
    }

    [Theory]
    [InlineData(1, 70_000)]
    [InlineData(3, 12_000)]
    [InlineData(3_000, 10)]
    public async Task A_head_that_is_too_long_is_refused(int fields, int length) =>
        await AssertRefusedAsync([.. Head("GET"), .. Enumerable.Range(0, fields).Select(i => ($"x-{i}", new string('a', length)))]);

    [Fact]
    public async Task A_url_that_is_too_long_is_refused_DP_5_1() =>
        await AssertRefusedAsync(Head("GET").Select(static field => field.Name == ":path" ? (":path", "/" + new string('a', 8_192)) : field));

    [Fact]
    public async Task A_long_field_is_let_in_as_over_HTTP_1_1()
    {
        await using var edge = await StartAsync();
        using var viewer = await Http2Viewer.ConnectAsync(edge);
        await viewer.SendFieldsAsync(1, [.. Head("GET"), ("x-a", new string('a', 30_000))]);
        Assert.Equal(200, await viewer.ReadStatusAsync(1));
        Assert.Equal(30_000, edge.Origin.Last("/a").Header("X-A")!.Length);
    }

    private static (string Name, string Value)[] Head(string method) => [(":method", method), (":scheme", "https"), (":authority", TestEdge.Host), (":path", "/a")];

    /// <summary>By the protocol's own means or with a page; the origin must hear nothing of it.</summary>
    private static async Task AssertRefusedAsync(IEnumerable<(string Name, string Value)> fields, string? body = null)
    {
        await using var edge = await StartAsync();
        using var viewer = await Http2Viewer.ConnectAsync(edge);
        await viewer.SendFieldsAsync(1, fields, endsStream: body is null);
        if (body is not null)
        {
            await viewer.SendDataAsync(1, body);
        }

        var status = await viewer.ReadStatusAsync(1);
        Assert.True(status is 0 or (>= 400 and < 500), $"answered {status}");
        await AssertUnharmedAsync(edge);
        Assert.Equal(["/after"], edge.Origin.Log.Select(static request => request.Target));
    }

    private static async Task AssertUnharmedAsync(TestEdge edge)
    {
        using var viewer = await Http2Viewer.ConnectAsync(edge);
        await viewer.SendFieldsAsync(1, Head("GET").Select(static field => field.Name == ":path" ? (":path", "/after") : field));
        Assert.Equal(200, await viewer.ReadStatusAsync(1));
    }

    private static async Task<TestEdge> StartAsync()
    {
        var edge = await TestEdge.StartAsync(static distribution => distribution with
        {
            DefaultBehavior = TestEdge.Behavior("*") with
            {
                AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
                CachePolicyId = TestEdge.CachingDisabled,
                OriginRequestPolicyId = TestPolicies.AllViewer,
            },
        });
        edge.Origin.On("*").Reply(200, "hello");
        return edge;
    }
}
