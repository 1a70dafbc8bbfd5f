// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http2;

namespace Frontier.Http.Tests.Http2;

/// <summary>Which heads are requests (RFC 9113, sections 8.1 to 8.3 and 8.5): what is malformed never reaches a handler.</summary>
public sealed class RequestFieldsTests
{
    private const string Hidden = "GET /hidden HTTP/1.1\r\nHost: a.example\r\n\r\n";

    [Theory]
    [InlineData("x-a", "b\r\nx-evil: 1")]
    [InlineData("x-a", "b\nx-evil: 1")]
    [InlineData("x-a", "b\r")]
    [InlineData("x-a", "a\0b")]
    [InlineData("x-a", "a\u0001b")]
    [InlineData("x-a", "a\u007fb")]
    [InlineData("x-a", " b")]
    [InlineData("x-a", "b\t")]
    [InlineData("cookie", "a=1\r\nx-evil: 1")]
    [InlineData("X-A", "b")]
    [InlineData("x-A", "b")]
    [InlineData("Host", "a.example")]
    [InlineData("Connection", "close")]
    [InlineData("x a", "b")]
    [InlineData("x-a:", "b")]
    [InlineData("x-a\0", "b")]
    [InlineData("x-\u00e9", "b")]
    [InlineData("", "b")]
    public Task A_field_that_is_none_makes_its_request_malformed_section_8_2_1(string name, string value) => AssertMalformedAsync([.. FrameViewer.Get(), (name, value)]);

    [Theory]
    [InlineData("connection", "close")]
    [InlineData("keep-alive", "timeout=5")]
    [InlineData("proxy-connection", "keep-alive")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("upgrade", "websocket")]
    [InlineData("te", "gzip")]
    [InlineData("te", "trailers, gzip")]
    public Task A_field_of_connections_makes_its_request_malformed_section_8_2_2(string name, string value) => AssertMalformedAsync([.. FrameViewer.Get(), (name, value)]);

    [Theory]
    [InlineData(":scheme http|:authority a.example|:path /a")]
    [InlineData(":method GET|:authority a.example|:path /a")]
    [InlineData(":method GET|:scheme http|:authority a.example")]
    [InlineData("")]
    [InlineData("x-a b")]
    [InlineData(":method GET|:method GET|:scheme http|:authority a.example|:path /a")]
    [InlineData(":method GET|:scheme http|:authority a.example|:path /a|:path /a")]
    [InlineData(":method GET|:scheme http|:scheme http|:authority a.example|:path /a")]
    [InlineData(":method GET|:scheme http|:authority a.example|:authority a.example|:path /a")]
    [InlineData(":method GET|:scheme http|:authority a.example|x-a b|:path /a")]
    [InlineData(":method GET|:scheme http|cookie a=b|:authority a.example|:path /a")]
    [InlineData(":method GET|:scheme http|host a.example|:authority a.example|:path /a")]
    [InlineData(":method GET|:scheme http|:authority a.example|:path /a|:status 200")]
    [InlineData(":method GET|:scheme http|:authority a.example|:path /a|:host a.example")]
    [InlineData(":method GET|:scheme http|:authority a.example|:path /a|:protocol websocket")]
    [InlineData(":method CONNECT|:scheme http|:authority a.example|:path /a")]
    [InlineData(":method CONNECT")]
    [InlineData(":method CONNECT|:protocol websocket|:authority a.example")]
    [InlineData(":method CONNECT|:protocol websocket|:scheme http|:path /a|host a.example")]
    public Task Pseudo_headers_are_all_there_once_and_first_section_8_3(string fields) => AssertMalformedAsync(Parse(fields));

    [Theory]
    [InlineData(":path", "")]
    [InlineData(":method", "")]
    [InlineData(":method", "G T")]
    [InlineData(":method", "GET /hidden HTTP/1.1\r\nx-evil:")]
    [InlineData(":scheme", "")]
    [InlineData(":scheme", "https")]
    [InlineData(":scheme", "http://other.example/?")]
    [InlineData(":authority", "")]
    [InlineData(":authority", "user@a.example")]
    [InlineData(":authority", "a.example/hidden")]
    [InlineData(":authority", "a.example, other.example")]
    [InlineData(":authority", "a.example\r\nx-evil: 1")]
    [InlineData(":path", "/a HTTP/1.1\r\nHost: other.example\r\n\r\n" + Hidden)]
    public Task A_pseudo_header_has_the_form_of_what_it_stands_for_section_8_3_1(string name, string value) =>
        AssertMalformedAsync(FrameViewer.Get().Select(field => field.Name == name ? (name, value) : field));

    [Theory]
    [InlineData(":path", "a")]
    [InlineData(":path", "*")]
    [InlineData(":path", "?a")]
    [InlineData(":path", "http://other.example/a")]
    [InlineData(":path", "/a#b")]
    [InlineData(":path", "/a b")]
    public async Task A_target_that_is_none_of_ours_is_answered_with_400_DP_5_2_and_DP_30_8(string name, string value) =>
        await AssertRefusedAsync(400, FrameViewer.Get().Select(field => field.Name == name ? (name, value) : field));

    [Theory]
    [InlineData(":method CONNECT|:authority a.example:443")]
    [InlineData(":method CONNECT|:protocol h2c|:scheme http|:authority a.example|:path /a")]
    [InlineData(":method GET|:scheme http|:path /a")]
    public async Task What_a_CDN_does_not_do_is_answered_with_400_section_8_5(string fields) => await AssertRefusedAsync(400, Parse(fields));

    [Theory]
    [InlineData("host", "other.example")]
    [InlineData("host", "")]
    [InlineData("host", "a.example:81")]
    public Task A_host_beside_the_authority_says_the_same_section_8_3_1(string name, string value) => AssertMalformedAsync([.. FrameViewer.Get(), (name, value)]);

    [Fact]
    public Task Two_hosts_are_malformed() => AssertMalformedAsync(Parse(":method GET|:scheme http|:path /a|host a.example|host a.example"));

    [Theory]
    [InlineData(":method GET|:scheme http|:path /a|host a.example")]
    [InlineData(":method GET|:scheme http|:path /a|:authority a.example|host A.example")]
    [InlineData(":path /a|:authority a.example|:scheme HTTP|:method GET")]
    public async Task The_host_is_told_once(string fields)
    {
        string? told = null;
        await using var viewer = await FrameViewer.ConnectAsync(exchange =>
        {
            told = $"{exchange.Request.Host} {exchange.Request.Headers.Joined("host"u8)}";
            return AnswersTests.EmptyAsync(exchange);
        });
        await viewer.SendHeadAsync(1, Parse(fields));
        Assert.Equal(204, (await viewer.ReadAnswerAsync(1)).Status);
        Assert.Equal("a.example a.example", told);
    }

    [Theory]
    [InlineData("5", "hell")]
    [InlineData("5", "hello!")]
    [InlineData("0", "a")]
    [InlineData("5", "")]
    public async Task A_body_has_the_length_that_was_told_section_8_1_1(string length, string body)
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange => Assert.Fail(await AnswersTests.ReadAsync(exchange)));
        await viewer.SendHeadAsync(1, [.. FrameViewer.Head("POST"), ("content-length", length)], endsStream: false);
        await viewer.SendDataAsync(1, body);
        Assert.Equal(ErrorCode.ProtocolError, await viewer.ReadResetAsync(1));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("5, 5")]
    [InlineData("0x5")]
    [InlineData("+5")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("18446744073709551621")]
    [InlineData("0", "0")]
    public Task A_length_is_a_number_told_once_and_no_other_than_the_ends_section_8_1_1(string length, string? second = null) =>
        AssertMalformedAsync([.. FrameViewer.Head("POST"), ("content-length", length), .. second is null ? Array.Empty<(string, string)>() : [("content-length", second)]]);

    [Theory]
    [InlineData("x-a", "b\r\nx-evil: 1")]
    [InlineData("X-A", "b")]
    [InlineData(":path", "/hidden")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("x-a\r\n", "b")]
    [InlineData("", "b")]
    [InlineData("x-a", "TOO LONG")]
    public async Task Malformed_trailers_break_the_request_section_8_1(string name, string value)
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange => Assert.Fail(await AnswersTests.ReadAsync(exchange)));
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        await viewer.SendHeadAsync(1, [(name, value == "TOO LONG" ? new string('a', 8_200) : value)]);
        Assert.Equal(ErrorCode.ProtocolError, await viewer.ReadResetAsync(1));
    }

    [Fact]
    public async Task A_body_shorter_than_told_is_malformed_behind_trailers_too_section_8_1_1()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange => Assert.Fail(await AnswersTests.ReadAsync(exchange)));
        await viewer.SendHeadAsync(1, [.. FrameViewer.Head("POST"), ("content-length", "5")], endsStream: false);
        await viewer.SendHeadAsync(1, [("x-a", "b")]);
        Assert.Equal(ErrorCode.ProtocolError, await viewer.ReadResetAsync(1));
    }

    [Theory]
    [InlineData(1, 32_768, 413)]
    [InlineData(3, 12_000, 413)]
    [InlineData(1_500, 20, 413)]
    [InlineData(1, 32_000, 0)]
    [InlineData(500, 20, 0)]
    public async Task A_head_is_as_long_as_over_HTTP_1_1(int fields, int length, int refusal) =>
        await AssertRefusedAsync(refusal, [.. FrameViewer.Get(), .. Enumerable.Range(0, fields).Select(i => ($"x-{i}", new string('a', length)))]);

    [Theory]
    [InlineData(8_191, 0)]
    [InlineData(8_192, 414)]
    public async Task A_url_is_as_long_as_over_HTTP_1_1_DP_5_1(int letters, int refusal) => await AssertRefusedAsync(refusal, FrameViewer.Get("/" + new string('a', letters)));

    [Fact]
    public async Task Cookies_too_long_together_are_refused() =>
        await AssertRefusedAsync(413, [.. FrameViewer.Get(), .. Enumerable.Range(0, 20).Select(static i => ("cookie", $"a{i}={new string('b', 2_000)}"))]);

    [Fact]
    public async Task A_short_block_that_stands_for_a_long_head_is_refused_and_the_connection_goes_on_section_10_5_1()
    {
        var handler = new AnsweringHandler(AnswersTests.EmptyAsync);
        await using var viewer = await FrameViewer.ConnectAsync(handler);
        var entry = Frame.Block([("x-a", new string('a', 3_900))]);
        entry[0] = 0x40;
        await viewer.SendAsync(FrameType.Headers, 1, [.. Frame.Block(FrameViewer.Get()), .. entry, .. Enumerable.Repeat((byte)0xBE, 10_000)], FrameFlags.EndHeaders | FrameFlags.EndStream);
        Assert.Equal(413, (await viewer.ReadAnswerAsync(1)).Status);
        await viewer.SendHeadAsync(3, FrameViewer.Get());
        Assert.Equal(204, (await viewer.ReadAnswerAsync(3)).Status);
        Assert.Equal((1, 413), (handler.Requests, handler.Refusals.Single()));
    }

    [Fact]
    public async Task Methods_are_told_as_they_are()
    {
        List<string> methods = [];
        await using var viewer = await FrameViewer.ConnectAsync(exchange =>
        {
            methods.Add($"{exchange.Request.MethodToken} {exchange.Request.Method}");
            return AnswersTests.EmptyAsync(exchange);
        });
        var stream = 1;
        foreach (var method in new[] { "POST", "GET", "HEAD", "HEAD", "PURGE", "get" })
        {
            await viewer.SendHeadAsync(stream, FrameViewer.Head(method));
            Assert.True((await viewer.ReadAnswerAsync(stream)).IsWhole);
            stream += 2;
        }

        Assert.Equal(["POST Post", "GET Get", "HEAD Head", "HEAD Head", "PURGE Other", "get Other"], methods);
    }

    private static async Task AssertMalformedAsync(IEnumerable<(string Name, string Value)> fields)
    {
        var handler = new AnsweringHandler(AnswersTests.EmptyAsync);
        await using var viewer = await FrameViewer.ConnectAsync(handler);
        await viewer.SendHeadAsync(1, fields);
        Assert.Equal(ErrorCode.ProtocolError, await viewer.ReadResetAsync(1));
        Assert.Equal((0, 0), (handler.Requests, handler.Refusals.Count));
        await viewer.SendHeadAsync(3, FrameViewer.Get());
        Assert.Equal(204, (await viewer.ReadAnswerAsync(3)).Status);
    }

    /// <param name="status">0 for a request that is served.</param>
    private static async Task AssertRefusedAsync(int status, IEnumerable<(string Name, string Value)> fields)
    {
        var handler = new AnsweringHandler(AnswersTests.EmptyAsync);
        await using var viewer = await FrameViewer.ConnectAsync(handler);
        var block = Frame.Block(fields);
        for (var at = 0; at < block.Length; at += 16_384)
        {
            var part = block.AsMemory(at, Math.Min(16_384, block.Length - at));
            var isLast = at + part.Length == block.Length;
            await viewer.SendAsync(at == 0 ? FrameType.Headers : FrameType.Continuation, 1, part.Span, (isLast ? FrameFlags.EndHeaders : 0) | (at == 0 ? FrameFlags.EndStream : 0));
        }

        var answer = await viewer.ReadAnswerAsync(1);
        Assert.Equal(status == 0 ? 204 : status, answer.Status);
        Assert.Equal(status == 0 ? (1, 0) : (0, 1), (handler.Requests, handler.Refusals.Count));
    }

    private static IEnumerable<(string Name, string Value)> Parse(string fields) =>
        fields.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(static field => field.Split(' ')).Select(static field => (field[0], field[1]));
}
