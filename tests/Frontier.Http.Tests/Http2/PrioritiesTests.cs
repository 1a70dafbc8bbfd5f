// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Http2;
using Frontier.Protocols.Http;

namespace Frontier.Http.Tests.Http2;

/// <summary>The order of answers that wait for the connection (RFC 9218).</summary>
public sealed class PrioritiesTests
{
    private const int Bytes = 60_000, InitialWindow = 4;

    [Theory]
    [InlineData("", 3, false)]
    [InlineData("u=0", 0, false)]
    [InlineData("u=7, i", 7, true)]
    [InlineData("i,u=1", 1, true)]
    [InlineData(" i=?1 ,\tu=2 ", 2, true)]
    [InlineData("i=?0", 3, false)]
    [InlineData("i, i=?0", 3, false)]
    [InlineData("u=8", 3, false)]
    [InlineData("u=-1", 3, false)]
    [InlineData("u=10", 3, false)]
    [InlineData("u=\"1\"", 3, false)]
    [InlineData("u=1;a=b, i;c", 1, true)]
    [InlineData("x=\"u=1, i\", u=5", 5, false)]
    [InlineData("x=\"\\\",u=1\", u=5", 5, false)]
    [InlineData("U=1, I", 3, false)]
    [InlineData(",,,", 3, false)]
    [InlineData("x=\"", 3, false)]
    public void A_field_says_urgency_and_whether_parts_are_of_use_section_4(string field, int urgency, bool isIncremental) =>
        Assert.Equal(new PriorityField((byte)urgency, isIncremental), PriorityField.Parse(Encoding.ASCII.GetBytes(field)));

    [Fact]
    public async Task The_urgent_come_first_section_4_1() => Assert.Equal([5, 3, 1], await OrderAsync((1, "u=5"), (3, "u=3"), (5, "u=0")));

    [Fact]
    public async Task Answers_of_use_only_as_a_whole_come_one_after_the_other_section_4_2() => Assert.Equal([1, 3, 5], await OrderAsync((1, "u=3"), (3, ""), (5, "u=3")));

    [Fact]
    public async Task Answers_whose_parts_are_of_use_come_in_turn_section_4_2()
    {
        var order = await OrderAsync((1, "i"), (3, "i"), (5, "i"));
        Assert.Equal([1, 3, 5, 1, 3, 5], order.Take(6));
    }

    [Fact]
    public async Task Answers_of_which_nothing_was_said_come_in_turn()
    {
        var order = await OrderAsync((1, null), (3, null));
        Assert.Equal([1, 3, 1, 3], order.Take(4));
    }

    [Fact]
    public async Task To_a_viewer_that_knows_of_priorities_nothing_said_means_the_defaults_section_2_1() => Assert.Equal([1, 3], await OrderAsync([(9, 1)], [], (1, null), (3, null)));

    [Fact]
    public async Task A_frame_changes_what_a_field_has_said_section_7_1()
    {
        var update = Frame.Of(FrameType.PriorityUpdate, FrameFlags.None, 0, [0, 0, 0, 5, .. "u=0"u8]);
        Assert.Equal([5, 1, 3], await OrderAsync([], update, (1, "u=3"), (3, "u=3"), (5, "u=6")));
    }

    [Fact]
    public async Task A_frame_may_come_before_its_request_section_7_1()
    {
        await using var viewer = await ConnectAsync((InitialWindow, 0));
        foreach (var field in new[] { "u=7", "u=0" })
        {
            await viewer.SendAsync(FrameType.PriorityUpdate, 0, [0, 0, 0, 3, .. Encoding.ASCII.GetBytes(field)]);
        }

        Assert.Equal([3, 1], await OrderAsync(viewer, [], (1, "u=3"), (3, "u=5")));
    }

    [Fact]
    public async Task A_new_urgent_answer_overtakes_one_that_is_under_way()
    {
        await using var viewer = await ConnectAsync();
        await viewer.SendHeadAsync(1, [.. FrameViewer.Get(), ("priority", "u=4")]);
        await viewer.SendHeadAsync(3, [.. FrameViewer.Get(), ("priority", "u=4")]);
        var begun = await viewer.ReadSoFarAsync(); // until the connection's window ends: the first, and some of the second
        Assert.Equal(65_535, begun.Where(static frame => frame.Type is FrameType.Data).Sum(static frame => frame.Payload.Length));
        await viewer.SendHeadAsync(5, [.. FrameViewer.Get(), ("priority", "u=1")]);
        await viewer.ReadSoFarAsync();
        await viewer.OpenWindowAsync(0, 1_000_000);
        Assert.Equal([5, 3], await OrderAsync(viewer, streams: 2));
    }

    private static Task<List<int>> OrderAsync(params (int Stream, string? Field)[] requests) => OrderAsync([], [], requests);

    private static async Task<List<int>> OrderAsync((int Id, uint Value)[] settings, byte[] thereupon, params (int Stream, string? Field)[] requests)
    {
        await using var viewer = await ConnectAsync([(InitialWindow, 0), .. settings]);
        return await OrderAsync(viewer, thereupon, requests);
    }

    /// <summary>The streams in the order of their bodies, which all wait until then for their windows.</summary>
    private static async Task<List<int>> OrderAsync(FrameViewer viewer, byte[] thereupon, params (int Stream, string? Field)[] requests)
    {
        await viewer.OpenWindowAsync(0, 10_000_000);
        foreach (var (stream, field) in requests)
        {
            await viewer.SendHeadAsync(stream, [.. FrameViewer.Get(), .. field is null ? Array.Empty<(string, string)>() : [("priority", field)]]);
        }

        await viewer.SendAsync(thereupon);
        await viewer.ReadSoFarAsync();
        await viewer.SendAsync(FrameViewer.Settings((InitialWindow, 1_000_000)));
        return await OrderAsync(viewer, requests.Length);
    }

    /// <summary>Frames of one stream that follow each other count once.</summary>
    private static async Task<List<int>> OrderAsync(FrameViewer viewer, int streams)
    {
        List<int> order = [];
        while (streams > 0)
        {
            var frame = await viewer.ReadUntilAsync(static frame => frame.Type is FrameType.Data);
            streams -= frame.EndsStream ? 1 : 0;
            if (order.Count == 0 || order[^1] != frame.StreamId)
            {
                order.Add(frame.StreamId);
            }
        }

        return order;
    }

    private static Task<FrameViewer> ConnectAsync(params (int Id, uint Value)[] settings)
    {
        var prepared = new PreparedHead(AnswersTests.Head(200), Bytes);
        return FrameViewer.ConnectAsync(exchange => exchange.RespondAsync(prepared, new HeaderList(), new System.Buffers.ReadOnlySequence<byte>(new byte[Bytes])), settings);
    }
}
