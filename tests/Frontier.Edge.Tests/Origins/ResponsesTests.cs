// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

public sealed class ResponsesTests
{
    [Fact]
    public async Task A_response_is_given_as_it_was_received()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a").Reply(203, "hello", ("Cache-Control", "max-age=60"), ("X-Twice", "1"), ("x-twice", "2"));

        var result = await bench.SendAsync("/a?q=1");

        await using var response = result.Response!;
        Assert.Equal(203, response.Head.Status);
        Assert.Equal(HttpVersion.Http11, response.Version);
        Assert.Equal("max-age=60", response.Head.Headers.GetText("cache-control"u8));
        Assert.Equal("1, 2", response.Head.Headers.Joined("X-Twice"u8));
        Assert.Equal(5, response.BodyLength);
        Assert.True(response.HasBody);
        Assert.False(response.ConnectionReused);
        Assert.Equal(("hello", OriginFailure.None), await OriginBench.ReadToEndAsync(response));
    }

    [Fact]
    public async Task The_request_is_written_byte_for_byte_with_keep_alive_and_no_framing_of_its_own()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a%20b").Reply(200);

        await bench.GetAsync("/a%20b?x=%7e");

        Assert.Equal("GET /a%20b?x=%7e HTTP/1.1\r\nHost: www.example.com\r\nConnection: Keep-Alive\r\n\r\n", bench.Origin.Log[0].RawText);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4096)]
    public async Task A_chunked_body_arrives_without_its_framing_and_trailers(int readBytes)
    {
        await using var bench = new OriginBench();
        var body = Encoding.ASCII.GetBytes(new string('x', 1000) + "end");
        bench.Origin.On("/c").Reply(new ScriptedReply { Body = body, Framing = ScriptedFraming.Chunked, PieceBytes = 77, Trailers = [("X-Sum", "1")] });

        var result = await bench.SendAsync("/c");

        await using var response = result.Response!;
        Assert.Null(response.BodyLength);
        Assert.True(response.HasBody);
        Assert.Equal((Encoding.ASCII.GetString(body), OriginFailure.None), await OriginBench.ReadToEndAsync(response, readBytes));
        Assert.False(response.Head.Headers.Contains("X-Sum"u8));
    }

    [Fact]
    public async Task A_body_without_length_ends_with_its_connection()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/u").Reply(200, "until close").CloseDelimited();

        var result = await bench.SendAsync("/u");

        await using var response = result.Response!;
        Assert.Null(response.BodyLength);
        Assert.Equal(("until close", OriginFailure.None), await OriginBench.ReadToEndAsync(response));
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task An_HTTP_1_0_origin_is_understood_and_its_connection_not_reused()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/old").Reply(200, "old").Http10();

        var result = await bench.SendAsync("/old");

        await using var response = result.Response!;
        Assert.Equal(HttpVersion.Http10, response.Version);
        Assert.Equal(("old", OriginFailure.None), await OriginBench.ReadToEndAsync(response));
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("GET", 204)]
    [InlineData("GET", 304)]
    public async Task A_response_that_cannot_have_a_body_is_over_with_its_head(string method, int status)
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/n").Reply(status, "not sent");

        var first = await bench.SendAsync("/n", method);
        await using var response = first.Response!;
        var second = await bench.SendAsync("/n", method);
        await using var again = second.Response!;

        Assert.False(response.HasBody);
        Assert.Equal(0, response.BodyLength);
        Assert.Equal(new OriginRead(0, OriginFailure.None, true), await OriginBench.ReadAsync(response, new byte[10]));
        Assert.True(again.ConnectionReused);
    }

    [Fact]
    public async Task Interim_responses_are_consumed_DP_11_11()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/i").Reply(ScriptedReply.Of(200, "final") with
        {
            Preamble = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"u8.ToArray(),
        });

        var result = await bench.SendAsync("/i");

        await using var response = result.Response!;
        Assert.Equal(200, response.Head.Status);
        Assert.False(response.Head.Headers.Contains("Link"u8));
        Assert.Equal(("final", OriginFailure.None), await OriginBench.ReadToEndAsync(response));
    }

    [Fact]
    public async Task Interim_responses_without_end_are_refused()
    {
        await using var bench = new OriginBench();
        var many = string.Concat(Enumerable.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 100));
        bench.Origin.On("/i").Reply(ScriptedReply.Of(200) with { Preamble = Encoding.ASCII.GetBytes(many) });

        Assert.Equal(OriginFailure.InvalidResponse, await bench.FailAsync("/i"));
    }

    [Fact]
    public async Task A_redirect_is_passed_on_and_not_followed()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/r").Reply(302, "", ("Location", "/elsewhere"));

        var result = await bench.SendAsync("/r");

        await using var response = result.Response!;
        Assert.Equal(302, response.Head.Status);
        Assert.Equal(0, bench.Origin.Requests("/elsewhere"));
    }

    [Fact]
    public async Task A_body_read_beyond_its_end_says_again_that_it_ended()
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/a").Reply(200, "abc");
        var result = await bench.SendAsync("/a");
        await using var response = result.Response!;
        await OriginBench.ReadToEndAsync(response);

        Assert.Equal(new OriginRead(0, OriginFailure.None, true), await OriginBench.ReadAsync(response, new byte[10]));
    }

    [Fact]
    public async Task A_request_that_would_be_another_on_the_wire_is_not_sent()
    {
        await using var bench = new OriginBench();

        Assert.Equal(OriginFailure.Unsendable, await bench.FailAsync("/a HTTP/1.1\r\nX-Smuggled: 1"));
        Assert.Equal(0, bench.Origin.ConnectionsAccepted);
    }
}
