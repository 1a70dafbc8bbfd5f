// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http2;

namespace Frontier.Http.Tests.Http2;

/// <summary>How a connection begins (RFC 9113, section 3.4).</summary>
public sealed class PrefaceTests
{
    [Fact]
    public async Task The_server_begins_with_its_settings_and_acknowledges_the_viewers()
    {
        await using var viewer = FrameViewer.Raw(new AnsweringHandler(AnswersTests.EmptyAsync), new HttpServerLimits { MaxStreams = 77 });
        var settings = (await viewer.ReadAsync())!;
        Assert.Equal((FrameType.Settings, FrameFlags.None, 0), (settings.Type, settings.Flags, settings.StreamId));
        var values = settings.Payload.Chunk(6).ToDictionary(static entry => entry[1], static entry => (entry[2] << 24) | (entry[3] << 16) | (entry[4] << 8) | entry[5]);
        Assert.Equal(77, values[3]); // SETTINGS_MAX_CONCURRENT_STREAMS
        Assert.Equal(256 * 1024, values[4]); // SETTINGS_INITIAL_WINDOW_SIZE
        Assert.Equal(1, values[8]); // SETTINGS_ENABLE_CONNECT_PROTOCOL, RFC 8441, section 3
        Assert.Equal(1, values[9]); // SETTINGS_NO_RFC7540_PRIORITIES, RFC 9218, section 2.1
        Assert.DoesNotContain((byte)2, values.Keys); // SETTINGS_ENABLE_PUSH is not for servers, section 6.5.2
        var window = (await viewer.ReadAsync())!;
        Assert.Equal((FrameType.WindowUpdate, 0, (1024 * 1024) - 65_535), (window.Type, window.StreamId, window.Number()));

        await viewer.SendAsync((byte[])[.. FrameViewer.Preface, .. FrameViewer.Settings((1, 0), (0xF00F, 1), (3, 0), (6, 1))]);
        var acknowledged = (await viewer.ReadAsync())!;
        Assert.Equal((FrameType.Settings, FrameFlags.Acknowledged, 0, 0), (acknowledged.Type, acknowledged.Flags, acknowledged.StreamId, acknowledged.Payload.Length));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\n\r\n\r\n")]
    [InlineData("X")]
    public async Task What_begins_otherwise_ends_the_connection(string beginning)
    {
        await using var viewer = FrameViewer.Raw(new AnsweringHandler(AnswersTests.EmptyAsync));
        await viewer.SendAsync(System.Text.Encoding.ASCII.GetBytes(beginning + "\0"));
        Assert.Equal(ErrorCode.ProtocolError, await viewer.ReadGoAwayAsync(lastStream: 0));
    }

    [Theory]
    [InlineData((byte)FrameType.Ping, 0, "0000000000000000")]
    [InlineData((byte)FrameType.Headers, 5, "82")]
    [InlineData((byte)FrameType.WindowUpdate, 0, "00000001")]
    [InlineData((byte)FrameType.Settings, 1, "")]
    public async Task The_first_frame_must_be_settings(byte type, byte flags, string payload)
    {
        await using var viewer = FrameViewer.Raw(new AnsweringHandler(AnswersTests.EmptyAsync));
        await viewer.SendAsync((byte[])[.. FrameViewer.Preface, .. Frame.Of((FrameType)type, (FrameFlags)flags, type == 1 ? 1 : 0, Convert.FromHexString(payload))]);
        Assert.Equal(ErrorCode.ProtocolError, await viewer.ReadGoAwayAsync());
    }

    [Fact]
    public async Task A_head_behind_a_changed_table_size_says_that_ours_is_none_RFC_7541_section_4_2()
    {
        await using var viewer = await FrameViewer.ConnectAsync(AnswersTests.EmptyAsync, (1, 0));
        for (var stream = 1; stream < 6; stream += 2)
        {
            await viewer.SendHeadAsync(stream, FrameViewer.Get());
            Assert.Equal(stream == 1, (await viewer.ReadAnswerAsync()).Payload[0] == 0x20);
        }

        await viewer.SendAsync(FrameViewer.Settings((1, 100)));
        await viewer.SendHeadAsync(7, FrameViewer.Get());
        Assert.Equal(0x20, (await viewer.ReadAnswerAsync()).Payload[0]);
    }
}
