// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http2;

namespace Frontier.Http.Tests.Http2;

/// <summary>The form of frames (RFC 9113, sections 4 to 6): what breaks it ends the stream or the connection with the code that the RFC names.</summary>
public sealed class FramesTests
{
    private const byte Data = 0, Headers = 1, Priority = 2, Reset = 3, Settings = 4, Push = 5, Ping = 6, GoAway = 7, Window = 8, Continuation = 9, PriorityUpdate = 16;

    [Theory]
    [InlineData("4.2", Ping, 0, 0, "00000000000000", (int)ErrorCode.FrameSizeError)]
    [InlineData("6.1 stream 0", Data, 0, 0, "61", (int)ErrorCode.ProtocolError)]
    [InlineData("6.1 padding as long as the payload", Data, 8, 1, "0161", (int)ErrorCode.NoError)]
    [InlineData("6.1 padding longer than the payload", Data, 8, 1, "0261", (int)ErrorCode.ProtocolError)]
    [InlineData("4.2 no room for the length of the padding", Data, 8, 1, "", (int)ErrorCode.FrameSizeError)]
    [InlineData("5.1 idle", Data, 0, 5, "61", (int)ErrorCode.ProtocolError)]
    [InlineData("5.1 idle, a server's", Data, 0, 2, "61", (int)ErrorCode.ProtocolError)]
    [InlineData("6.2 stream 0", Headers, 5, 0, "82", (int)ErrorCode.ProtocolError)]
    [InlineData("6.2 padding", Headers, 13, 5, "0282", (int)ErrorCode.ProtocolError)]
    [InlineData("6.2 no room for the priority", Headers, 0x25, 5, "00000000", (int)ErrorCode.FrameSizeError)]
    [InlineData("5.1.1 a server's", Headers, 5, 2, "82", (int)ErrorCode.ProtocolError)]
    [InlineData("4.3 broken block", Headers, 5, 5, "80", (int)ErrorCode.CompressionError)]
    [InlineData("4.3 broken trailers", Headers, 5, 1, "80", (int)ErrorCode.CompressionError)]
    [InlineData("6.3 stream 0", Priority, 0, 0, "0000000000", (int)ErrorCode.ProtocolError)]
    [InlineData("6.4 stream 0", Reset, 0, 0, "00000008", (int)ErrorCode.ProtocolError)]
    [InlineData("6.4 idle", Reset, 0, 5, "00000008", (int)ErrorCode.ProtocolError)]
    [InlineData("6.4 length", Reset, 0, 1, "000008", (int)ErrorCode.FrameSizeError)]
    [InlineData("6.4 length", Reset, 0, 1, "0000000800", (int)ErrorCode.FrameSizeError)]
    [InlineData("6.5 stream", Settings, 0, 1, "", (int)ErrorCode.ProtocolError)]
    [InlineData("6.5 acknowledgement with a payload", Settings, 1, 0, "000100000000", (int)ErrorCode.FrameSizeError)]
    [InlineData("6.5 length", Settings, 0, 0, "0001000000", (int)ErrorCode.FrameSizeError)]
    [InlineData("6.5.2 ENABLE_PUSH", Settings, 0, 0, "000200000002", (int)ErrorCode.ProtocolError)]
    [InlineData("6.5.2 INITIAL_WINDOW_SIZE", Settings, 0, 0, "000480000000", (int)ErrorCode.FlowControlError)]
    [InlineData("6.5.2 MAX_FRAME_SIZE", Settings, 0, 0, "000500003fff", (int)ErrorCode.ProtocolError)]
    [InlineData("6.5.2 MAX_FRAME_SIZE", Settings, 0, 0, "000501000000", (int)ErrorCode.ProtocolError)]
    [InlineData("RFC 8441, 3 ENABLE_CONNECT_PROTOCOL", Settings, 0, 0, "000800000002", (int)ErrorCode.ProtocolError)]
    [InlineData("RFC 9218, 2.1 NO_RFC7540_PRIORITIES", Settings, 0, 0, "000900000002", (int)ErrorCode.ProtocolError)]
    [InlineData("RFC 9218, 2.1 changed", Settings, 0, 0, "000900000001", (int)ErrorCode.ProtocolError)]
    [InlineData("8.4", Push, 4, 1, "0000000282", (int)ErrorCode.ProtocolError)]
    [InlineData("6.7 stream", Ping, 0, 1, "0000000000000000", (int)ErrorCode.ProtocolError)]
    [InlineData("6.7 length", Ping, 0, 0, "000000000000000000", (int)ErrorCode.FrameSizeError)]
    [InlineData("6.8 stream", GoAway, 0, 1, "0000000000000000", (int)ErrorCode.ProtocolError)]
    [InlineData("6.8 length", GoAway, 0, 0, "00000000000000", (int)ErrorCode.FrameSizeError)]
    [InlineData("6.9 length", Window, 0, 0, "000001", (int)ErrorCode.FrameSizeError)]
    [InlineData("6.9 nothing", Window, 0, 0, "00000000", (int)ErrorCode.ProtocolError)]
    [InlineData("6.9.1 too much", Window, 0, 0, "7fffffff", (int)ErrorCode.FlowControlError)]
    [InlineData("5.1 idle", Window, 0, 5, "00000001", (int)ErrorCode.ProtocolError)]
    [InlineData("6.10 behind no head", Continuation, 4, 1, "82", (int)ErrorCode.ProtocolError)]
    [InlineData("RFC 9218, 7.1 stream", PriorityUpdate, 0, 1, "00000001", (int)ErrorCode.ProtocolError)]
    [InlineData("RFC 9218, 7.1 of stream 0", PriorityUpdate, 0, 0, "00000000", (int)ErrorCode.ProtocolError)]
    [InlineData("RFC 9218, 7.1 length", PriorityUpdate, 0, 0, "000001", (int)ErrorCode.FrameSizeError)]
    public async Task Broken_frames_end_the_connection(string section, byte type, byte flags, int stream, string payload, int error)
    {
        await using var viewer = await WithOpenStreamAsync();
        await viewer.SendAsync((FrameType)type, stream, Convert.FromHexString(payload), (FrameFlags)flags);
        if (error == 0)
        {
            Assert.Empty(await viewer.ReadSoFarAsync());
        }
        else
        {
            Assert.True((ErrorCode)error == await viewer.ReadGoAwayAsync(), section);
        }
    }

    [Theory]
    [InlineData("6.3", Priority, "00000000", (int)ErrorCode.FrameSizeError)]
    [InlineData("6.9", Window, "00000000", (int)ErrorCode.ProtocolError)]
    [InlineData("6.9.1", Window, "7fffffff", (int)ErrorCode.FlowControlError)]
    [InlineData("8.1 trailers that do not end", Headers, "", (int)ErrorCode.ProtocolError)]
    public async Task Broken_frames_of_a_stream_end_that_stream_section_5_4_2(string section, byte type, string payload, int error)
    {
        await using var viewer = await WithOpenStreamAsync();
        await viewer.SendAsync((FrameType)type, 1, Convert.FromHexString(payload), type == Headers ? FrameFlags.EndHeaders : FrameFlags.None);
        Assert.True((ErrorCode)error == await viewer.ReadResetAsync(1), section);
        await viewer.SendHeadAsync(3, FrameViewer.Get());
        Assert.Equal(204, (await viewer.ReadAnswerAsync(3)).Status);
    }

    [Theory]
    [InlineData("5.5 an unknown type", 0xEE, 0xFF, 1, "616263")]
    [InlineData("4.1 unknown flags", Ping, 0xFE, 0, "0000000000000000")]
    [InlineData("4.1 the reserved bit", Window, 0, int.MinValue, "00000001")]
    [InlineData("6.9 the reserved bit", Window, 0, 1, "80000001")]
    [InlineData("5.3.2 deprecated priorities", Priority, 0, 1, "8000000110")]
    [InlineData("6.3 of an idle stream", Priority, 0, 99, "0000000110")]
    [InlineData("6.3 of an idle stream, too short", Priority, 0, 99, "00")]
    [InlineData("6.5 an acknowledgement", Settings, 1, 0, "")]
    [InlineData("6.5.2 an unknown setting", Settings, 0, 0, "f00f00000001")]
    [InlineData("6.7 an acknowledgement", Ping, 1, 0, "0000000000000000")]
    [InlineData("6.8 with a word", GoAway, 0, 0, "0000000000000000616263")]
    [InlineData("6.1 nothing but padding", Data, 8, 1, "03000000")]
    [InlineData("RFC 9218, 7.1 of a stream to come", PriorityUpdate, 0, 0, "00000063753d31")]
    [InlineData("RFC 9218, 7.1 that says nothing", PriorityUpdate, 0, 0, "00000001")]
    public async Task What_means_nothing_is_passed_over(string section, byte type, byte flags, int stream, string payload)
    {
        await using var viewer = await WithOpenStreamAsync();
        await viewer.SendAsync((FrameType)type, stream, Convert.FromHexString(payload), (FrameFlags)flags);
        await viewer.SendHeadAsync(3, FrameViewer.Get());
        Assert.True((await viewer.ReadAnswerAsync(3)).IsWhole, section);
    }

    [Fact]
    public async Task A_ping_comes_back_as_it_was_section_6_7()
    {
        await using var viewer = await WithOpenStreamAsync();
        await viewer.SendAsync(FrameType.Ping, 0, "12345678"u8);
        var answer = await viewer.ReadAnswerAsync();
        Assert.Equal((FrameType.Ping, FrameFlags.Acknowledged, "12345678"), (answer.Type, answer.Flags, answer.Text));
    }

    [Fact]
    public async Task A_frame_longer_than_we_allow_is_refused_before_it_has_come_section_4_2()
    {
        await using var viewer = await WithOpenStreamAsync();
        await viewer.SendAsync(Frame.Of(FrameType.Data, FrameFlags.None, 1, new byte[16_385]).AsMemory(0, 9));
        Assert.Equal(ErrorCode.FrameSizeError, await viewer.ReadGoAwayAsync());
    }

    [Fact]
    public async Task Padding_is_taken_off_sections_6_1_and_6_2()
    {
        var body = new TaskCompletionSource<string>();
        await using var viewer = await FrameViewer.ConnectAsync(async exchange =>
        {
            body.SetResult(await AnswersTests.ReadAsync(exchange));
            await AnswersTests.EmptyAsync(exchange);
        });
        var block = Frame.Block(FrameViewer.Head("POST"));
        await viewer.SendAsync(FrameType.Headers, 1, [3, 0x80, 0, 0, 0, 16, .. block, 0, 0, 0], FrameFlags.EndHeaders | FrameFlags.Padded | FrameFlags.Priority);
        await viewer.SendAsync(FrameType.Data, 1, [2, .. "hello"u8, 0, 0], FrameFlags.Padded | FrameFlags.EndStream);
        Assert.Equal(204, (await viewer.ReadAnswerAsync(1)).Status);
        Assert.Equal("hello", await body.Task);
    }

    [Theory]
    [InlineData(Continuation, 3)]
    [InlineData(Data, 1)]
    [InlineData(Headers, 1)]
    [InlineData(Ping, 0)]
    [InlineData(Settings, 0)]
    [InlineData(0xEE, 0)]
    public async Task Nothing_stands_between_a_head_and_its_continuation_sections_4_3_and_6_10(byte type, int stream)
    {
        await using var viewer = await WithOpenStreamAsync();
        await viewer.SendAsync(FrameType.Headers, 5, Frame.Block(FrameViewer.Get()), FrameFlags.EndStream);
        await viewer.SendAsync((FrameType)type, stream, type == Ping ? new byte[8] : []);
        Assert.Equal(ErrorCode.ProtocolError, await viewer.ReadGoAwayAsync(lastStream: 1));
    }

    [Fact]
    public async Task A_head_may_be_continued_even_by_nothing_section_6_10()
    {
        await using var viewer = await WithOpenStreamAsync();
        var block = Frame.Block([.. FrameViewer.Get(), ("x-a", new string('a', 20_000))]);
        await viewer.SendAsync(FrameType.Headers, 5, block.AsSpan(0, 10), FrameFlags.EndStream);
        await viewer.SendAsync(FrameType.Continuation, 5, default);
        await viewer.SendAsync(FrameType.Continuation, 5, block.AsSpan(10, 16_000));
        await viewer.SendAsync(FrameType.Continuation, 5, block.AsSpan(16_010), FrameFlags.EndHeaders);
        Assert.Equal(204, (await viewer.ReadAnswerAsync(5)).Status);
    }

    [Fact]
    public async Task A_head_of_ours_that_is_longer_than_a_frame_is_continued_section_6_10()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static exchange => exchange.StartAsync(AnswersTests.Head(200, ("x-a", new string('a', 100_000)), ("x-b", "c")), 0, exchange.Aborted));
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        List<Frame> frames = [];
        do
        {
            frames.Add(await viewer.ReadAnswerAsync());
        }
        while ((frames[^1].Flags & FrameFlags.EndHeaders) == 0);

        Assert.Equal([FrameType.Headers, .. Enumerable.Repeat(FrameType.Continuation, frames.Count - 1)], frames.Select(static frame => frame.Type));
        Assert.Equal([true, .. Enumerable.Repeat(false, frames.Count - 1)], frames.Select(static frame => frame.EndsStream));
        Assert.Equal(7, frames.Count);
        var fields = viewer.Fields(frames.SelectMany(static frame => frame.Payload).ToArray());
        Assert.Equal((100_000, "c"), (fields[1].Value.Length, fields[2].Value));
    }

    /// <summary>Stream 1 has a request whose body is still to come and whose handler waits for it; others are answered at once.</summary>
    private static async Task<FrameViewer> WithOpenStreamAsync()
    {
        var viewer = await FrameViewer.ConnectAsync(static async exchange =>
        {
            if (exchange.HasBody)
            {
                await AnswersTests.ReadAsync(exchange);
            }

            await AnswersTests.EmptyAsync(exchange);
        });
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        return viewer;
    }
}
