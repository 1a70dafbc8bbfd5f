// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Delivery;
using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Attacks;

/// <summary>Answers without end or measure: the edge stops reading, says so, keeps nothing, and serves the next request.</summary>
public sealed class HostileOriginsTests
{
    private const int Flood = 4 << 20;

    [Theory]
    [InlineData("one field", "HTTP/1.1 200 OK\r\nX: ", "x", "\r\n\r\n")]
    [InlineData("many fields", "HTTP/1.1 200 OK\r\n", "X: y\r\n", "\r\n")]
    [InlineData("no end of a name", "HTTP/1.1 200 OK\r\n", "x", "")]
    [InlineData("no end of the status line", "HTTP/1.1 200 ", "x", "")]
    public async Task A_head_over_its_bound_is_502(string what, string begin, string part, string end)
    {
        Assert.NotEmpty(what);
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Raw(begin + Repeat(part) + end, ScriptedEnding.CloseSilently);
        var answer = await edge.GetAsync("/a");
        Assert.Equal((502, "Error from cloudfront"), (answer.Status, answer.Cache));
        Assert.Contains(ErrorPage.OriginInvalid, answer.Body, StringComparison.Ordinal);
        Assert.Equal(ErrorDetail.OriginHeaderTooBigError, (await edge.Records.OfAsync("/a")).Detail);
        await AssertServesOnAsync(edge);
    }

    [Theory]
    [InlineData("trailers", "4\r\ngood\r\n0\r\n", "T: x\r\n")]
    [InlineData("one trailer", "4\r\ngood\r\n0\r\nT: ", "x")]
    [InlineData("an extension", "4;", "x")]
    [InlineData("a size", "", "0")]
    public async Task Framing_over_its_bound_cuts_the_answer_off_and_nothing_is_stored(string what, string begin, string part)
    {
        Assert.NotEmpty(what);
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Raw("HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nTransfer-Encoding: chunked\r\n\r\n" + begin + Repeat(part), ScriptedEnding.CloseSilently);
        using (var viewer = await edge.ConnectAsync())
        {
            await viewer.GetAsync("/a", "Connection: close");
            Assert.DoesNotContain("\r\n0\r\n\r\n", await viewer.ReadToEndAsync(), StringComparison.Ordinal); // no end of a body
        }

        await AssertServesOnAsync(edge);
    }

    [Theory]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")]
    [InlineData("HTTP/1.1 199 Soon\r\n\r\n")]
    public async Task Interim_answers_without_end_are_502(string interim)
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Raw(Repeat(interim), ScriptedEnding.CloseSilently);
        Assert.Equal(502, (await edge.GetAsync("/a")).Status);
        Assert.Equal(ErrorDetail.OriginInvalidResponseError, (await edge.Records.OfAsync("/a")).Detail);
        await AssertServesOnAsync(edge);
    }

    private static string Repeat(string part)
    {
        var text = new StringBuilder(Flood + part.Length);
        while (text.Length < Flood)
        {
            text.Append(part);
        }

        return text.ToString();
    }

    /// <summary>The next request is asked for anew, and on another connection.</summary>
    private static async Task AssertServesOnAsync(TestEdge edge)
    {
        var hostile = edge.Origin.Last("/a").Connection;
        edge.Origin.On("/a").Reply(200, "right");
        var answer = await edge.GetAsync("/a");
        Assert.Equal((200, "right", "Miss from cloudfront"), (answer.Status, answer.Body, answer.Cache));
        Assert.NotEqual(hostile, edge.Origin.Last("/a").Connection);
    }

    private static Task<TestEdge> StartAsync() => TestEdge.StartAsync(static distribution => distribution with
    {
        Origins = [distribution.Origins[0] with { ConnectionAttempts = 1 }],
        ErrorResponses = [new ErrorResponseConfig(502, 0)],
    });
}
