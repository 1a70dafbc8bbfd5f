// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>Responses that two readers could read differently: refused, and their connection closed (§21.2, RFC 9112, section 11.2).</summary>
public sealed class SmugglingTests
{
    public static TheoryData<string> DoubtfulHeads { get; } =
    [
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: +3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 0x3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\n Content-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\nContent-Length: 3\n\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\n\r\nabc",
        "HTTP/1.1 200 OK\r\nX: a\rContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\n: nameless\r\n\r\n",
        "HTTP/1.1 200 OK\r\nNo colon\r\n\r\n",
        "HTTP/1.1 99 Low\r\n\r\n",
        "HTTP/1.1 600 High\r\n\r\n",
        "HTTP/1.1 20x What\r\n\r\n",
        "HTTP/1.1 2000 Long\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "http/1.1 200 OK\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "<html>no header at all</html>\r\n\r\n",
        "\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    ];

    public static TheoryData<string> DoubtfulChunks { get; } =
    [
        "3\nabc\n0\n\n",
        "3 \r\nabc\r\n0\r\n\r\n",
        " 3\r\nabc\r\n0\r\n\r\n",
        "0x3\r\nabc\r\n0\r\n\r\n",
        "+3\r\nabc\r\n0\r\n\r\n",
        "-3\r\nabc\r\n0\r\n\r\n",
        "\r\nabc\r\n0\r\n\r\n",
        "g\r\nabc\r\n0\r\n\r\n",
        "3\r\nabcd\r\n0\r\n\r\n",
        "3\r\nabc0\r\n\r\n",
        "3\r\nabc\n0\r\n\r\n",
        "ffffffffffffffff\r\nabc\r\n0\r\n\r\n",
        "10000000000000003\r\nabc\r\n0\r\n\r\n",
        "3;a=\n\r\nabc\r\n0\r\n\r\n",
        "3\r\nabc\r\n0\r\nBad trailer\r\n\r\n",
        "3\r\nabc\r\n0\r\nX: a\n\r\n",
    ];

    [Theory]
    [MemberData(nameof(DoubtfulHeads))]
    public async Task A_doubtful_head_is_refused_and_not_asked_for_again(string raw)
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/x").Raw(raw, ScriptedEnding.CloseSilently);

        Assert.Equal(OriginFailure.InvalidResponse, await bench.FailAsync("/x"));
        Assert.Equal(1, bench.Origin.Requests("/x"));
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    [Theory]
    [MemberData(nameof(DoubtfulChunks))]
    public async Task A_doubtful_chunk_ends_the_body_in_a_failure(string chunks)
    {
        await using var bench = new OriginBench();
        bench.Origin.On("/x").Raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks, ScriptedEnding.CloseSilently);

        var result = await bench.SendAsync("/x");

        await using var response = result.Response!;
        var (body, failure) = await OriginBench.ReadToEndAsync(response);
        Assert.Equal(OriginFailure.InvalidResponse, failure);
        Assert.True(body is "" or "abc");
        Assert.Equal(0, bench.Client.OpenConnections);
    }
}
