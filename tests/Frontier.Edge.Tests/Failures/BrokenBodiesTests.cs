// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Failures;

/// <summary>An origin that fails in mid-body: no viewer may take half an object for a whole one, and nothing is kept (DP-11.4, DP-14.12).</summary>
public sealed class BrokenBodiesTests
{
    [Theory]
    [InlineData(ScriptedFraming.ContentLength, ScriptedEnding.CloseSilently)]
    [InlineData(ScriptedFraming.ContentLength, ScriptedEnding.Reset)]
    [InlineData(ScriptedFraming.Chunked, ScriptedEnding.CloseSilently)]
    [InlineData(ScriptedFraming.Chunked, ScriptedEnding.Reset)]
    public async Task A_body_that_breaks_off_cuts_the_viewer_and_the_next_request_fetches_again(ScriptedFraming framing, ScriptedEnding ending)
    {
        await using var edge = await TestEdge.StartAsync();
        var broken = new ScriptedReply { Body = new byte[300_000], Framing = framing, EndAfter = 200_000, Ending = ending };
        edge.Origin.On("/a").Once(broken).Reply(200, "whole");
        await AssertCutAsync(edge, "/a");
        var record = await edge.Records.OfAsync("/a"); // before there is another: it comes a moment after the cut
        Assert.Equal((200, ResultType.Error, ResultType.Miss, ErrorDetail.OriginCommError), (record.Status, record.Result, record.ResponseResult, record.Detail));
        var again = await edge.GetAsync("/a");
        Assert.Equal((200, "whole", "Miss from cloudfront"), (again.Status, again.Body, again.Cache));
    }

    [Fact]
    public async Task A_body_that_breaks_off_before_its_first_byte_is_no_empty_object()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Once(new ScriptedReply { Body = new byte[10], EndAfter = 0, Ending = ScriptedEnding.CloseSilently }).Reply(200, "whole");
        await AssertCutAsync(edge, "/a");
        Assert.Equal("whole", (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task Wrong_chunks_cut_the_viewer_too()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Once(new ScriptedReply { Raw = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\nrest"u8.ToArray() }).Reply(200, "whole");
        await AssertCutAsync(edge, "/a");
        Assert.Equal("whole", (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task More_bytes_than_announced_are_not_delivered_and_do_not_become_another_answer()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
        edge.Origin.On("/b").Reply(200, "good");
        Assert.Equal("hello", (await edge.GetAsync("/a")).Body);
        Assert.Equal("good", (await edge.GetAsync("/b")).Body);
    }

    [Fact]
    public async Task A_body_that_stalls_cuts_the_viewer_after_the_read_timeout_DP_11_3()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, new string('x', 100_000)).StallAfter(50_000);
        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/a");
        await viewer.ReadHeadAsync();
        Assert.Equal(50_000, (await viewer.ReadExactlyAsync(50_000)).Length);
        var rest = viewer.ReadToEndAsync();
        await Eventually.IsTrueAsync(() =>
        {
            edge.Clock.Advance(TimeSpan.FromSeconds(1)); // the wait is armed a moment after the last byte was passed on
            return rest.IsCompleted;
        });

        Assert.Equal("", await rest);
        Assert.Equal(ErrorDetail.OriginCommError, (await edge.Records.OfAsync("/a")).Detail);
        edge.Origin.On("/a").Reply(200, "whole").Release();
        Assert.Equal("whole", (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task All_who_read_a_breaking_fill_along_are_cut()
    {
        await using var edge = await TestEdge.StartAsync();
        var gate = new ScriptedGate();
        edge.Origin.On("/a").Once(new ScriptedReply { Body = new byte[300_000], EndAfter = 200_000, StallAfter = 100_000, StallAt = gate, Ending = ScriptedEnding.Reset });
        var viewers = new List<RawViewer>();
        try
        {
            for (var i = 0; i < 3; i++)
            {
                viewers.Add(await edge.ConnectAsync());
                await viewers[i].GetAsync("/a");
                await viewers[i].ReadHeadAsync();
                Assert.Equal(100_000, (await viewers[i].ReadExactlyAsync(100_000)).Length);
            }

            gate.Release();
            foreach (var viewer in viewers)
            {
                Assert.InRange((await viewer.ReadToEndAsync()).Length, 0, 100_000);
            }
        }
        finally
        {
            viewers.ForEach(static viewer => viewer.Dispose());
        }

        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    private static async Task AssertCutAsync(TestEdge edge, string path)
    {
        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync(path);
        var head = await viewer.ReadHeadAsync(); // cut at once, the connection may lose even the head
        Assert.True(head.Length == 0 || head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal), head);
        var body = await viewer.ReadToEndAsync(); // the connection ends: no other answer could follow
        Assert.DoesNotContain("\r\n0\r\n\r\n", body, StringComparison.Ordinal);
        Assert.InRange(body.Length, 0, 210_000);
    }
}
