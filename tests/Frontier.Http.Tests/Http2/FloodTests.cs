// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http2;
using Frontier.Protocols.Http;

namespace Frontier.Http.Tests.Http2;

/// <summary>Viewers that make work and want nothing (RFC 9113, section 10.5) are sent away; others are not, however busy.</summary>
public sealed class FloodTests
{
    public static TheoryData<string, byte[]> IdleFrames => new()
    {
        { "PING", Frame.Of(FrameType.Ping, FrameFlags.None, 0, new byte[8]) },
        { "SETTINGS", FrameViewer.Settings() },
        { "acknowledgements", Frame.Of(FrameType.Settings, FrameFlags.Acknowledged, 0, default) },
        { "WINDOW_UPDATE of 1", Frame.Of(FrameType.WindowUpdate, FrameFlags.None, 0, FrameViewer.Number(1)) },
        { "WINDOW_UPDATE of 1 of a stream", Frame.Of(FrameType.WindowUpdate, FrameFlags.None, 1, FrameViewer.Number(1)) },
        { "PRIORITY", Frame.Of(FrameType.Priority, FrameFlags.None, 1, new byte[5]) },
        { "PRIORITY_UPDATE", Frame.Of(FrameType.PriorityUpdate, FrameFlags.None, 0, [0, 0, 0, 1, .. "u=1"u8]) },
        { "empty DATA", Frame.Of(FrameType.Data, FrameFlags.None, 1, default) },
        { "padded, empty DATA", Frame.Of(FrameType.Data, FrameFlags.Padded, 1, [1, 0]) },
        { "unknown", Frame.Of((FrameType)0xEE, FrameFlags.None, 1, default) },
        { "GOAWAY", Frame.Of(FrameType.GoAway, FrameFlags.None, 0, new byte[8]) },
    };

    [Theory]
    [MemberData(nameof(IdleFrames))]
    public async Task Frames_that_bring_nothing_are_counted(string what, byte[] frame)
    {
        await using var viewer = await FrameViewer.ConnectAsync(HoldAsync);
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        var flood = Enumerable.Repeat(frame, 100).SelectMany(static bytes => bytes).ToArray();
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await viewer.SendAsync(flood);
            }
        });
        Assert.True(await viewer.ReadGoAwayAsync() is ErrorCode.EnhanceYourCalm, what);
        await sending;
    }

    [Fact]
    public async Task A_thousand_frames_that_bring_nothing_are_borne_every_second()
    {
        await using var viewer = await FrameViewer.ConnectAsync(HoldAsync);
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        var pings = Enumerable.Repeat(Frame.Of(FrameType.Ping, FrameFlags.None, 0, new byte[8]), 1_000).SelectMany(static bytes => bytes).ToArray();
        for (var second = 0; second < 20; second++)
        {
            await viewer.SendAsync(pings);
            for (var i = 0; i < 1_000; i++)
            {
                Assert.Equal(FrameType.Ping, (await viewer.ReadAnswerAsync()).Type);
            }

            viewer.Pass();
            await viewer.OpenWindowAsync(0, 1); // keeps time
        }
    }

    [Fact]
    public async Task Streams_taken_back_at_once_are_counted_CVE_2023_44487()
    {
        await using var viewer = await FrameViewer.ConnectAsync(HoldAsync);
        await FloodAsync(viewer, static async (viewer, stream) =>
        {
            await viewer.SendHeadAsync(stream, FrameViewer.Get());
            await viewer.ResetAsync(stream);
        });
    }

    [Theory]
    [InlineData("a window too large")]
    [InlineData("a window of nothing")]
    [InlineData("data behind the end")]
    [InlineData("a malformed request")]
    [InlineData("a wrong length")]
    public async Task Resets_that_a_viewer_lets_us_send_are_counted_CVE_2025_8671(string how)
    {
        await using var viewer = await FrameViewer.ConnectAsync(HoldAsync);
        await FloodAsync(viewer, async (viewer, stream) =>
        {
            await viewer.SendHeadAsync(stream, how == "a malformed request" ? [] : [.. FrameViewer.Head("POST"), .. how == "a wrong length" ? [("content-length", "1")] : Array.Empty<(string, string)>()], endsStream: how == "data behind the end");
            switch (how)
            {
                case "a window too large":
                    await viewer.OpenWindowAsync(stream, int.MaxValue);
                    break;
                case "a window of nothing":
                    await viewer.OpenWindowAsync(stream, 0);
                    break;
                case "data behind the end" or "a wrong length":
                    await viewer.SendDataAsync(stream, "ab");
                    break;
            }
        });
    }

    [Fact]
    public async Task Refused_streams_are_counted()
    {
        await using var viewer = await FrameViewer.ConnectAsync(new AnsweringHandler(HoldAsync), new HttpServerLimits { MaxStreams = 1 });
        await FloodAsync(viewer, static (viewer, stream) => viewer.SendHeadAsync(stream, FrameViewer.Get()));
    }

    [Fact]
    public async Task Heads_in_many_pieces_are_not_read_to_their_end_CVE_2024_27316()
    {
        await using var viewer = await FrameViewer.ConnectAsync(HoldAsync);
        await viewer.SendAsync(FrameType.Headers, 1, default);
        for (var i = 0; i < 17; i++)
        {
            await viewer.SendAsync(FrameType.Continuation, 1, default);
        }

        Assert.Equal(ErrorCode.EnhanceYourCalm, await viewer.ReadGoAwayAsync());
    }

    [Fact]
    public async Task A_head_without_end_is_not_kept()
    {
        await using var viewer = await FrameViewer.ConnectAsync(HoldAsync);
        await viewer.SendAsync(FrameType.Headers, 1, new byte[16_384]);
        for (var i = 0; i < 4; i++)
        {
            await viewer.SendAsync(FrameType.Continuation, 1, new byte[16_384]);
        }

        Assert.Equal(ErrorCode.EnhanceYourCalm, await viewer.ReadGoAwayAsync());
    }

    [Fact]
    public async Task Acknowledgements_that_nobody_reads_do_not_pile_up()
    {
        await using var viewer = FrameViewer.Raw(new AnsweringHandler(HoldAsync), connection: new MemoryConnection(unreadBytes: 100));
        await viewer.SendAsync((byte[])[.. FrameViewer.Preface, .. FrameViewer.Settings()]);
        var pings = Enumerable.Repeat(Frame.Of(FrameType.Ping, FrameFlags.None, 0, new byte[8]), 7_500).SelectMany(static bytes => bytes).ToArray();
        await viewer.SendAsync(pings);
        await viewer.Over;
        Assert.True(viewer.Connection.IsAborted);
    }

    [Fact]
    public async Task Answers_that_nobody_reads_wait_with_their_handlers()
    {
        var waiting = 0;
        var prepared = new PreparedHead(AnswersTests.Head(200), 16_384);
        var body = new System.Buffers.ReadOnlySequence<byte>(new byte[16_384]);
        await using var viewer = FrameViewer.Raw(
            new AnsweringHandler(async exchange =>
            {
                Interlocked.Increment(ref waiting);
                await exchange.RespondAsync(prepared, new HeaderList(), body);
                Interlocked.Decrement(ref waiting);
            }),
            connection: new MemoryConnection(unreadBytes: 100));
        await viewer.SendAsync((byte[])[.. FrameViewer.Preface, .. FrameViewer.Settings((4, 1_000_000)), .. Frame.Of(FrameType.WindowUpdate, FrameFlags.None, 0, FrameViewer.Number(100_000_000))]);
        for (var stream = 1; stream < 200; stream += 2)
        {
            await viewer.SendHeadAsync(stream, FrameViewer.Get());
        }

        await Testing.Eventually.IsTrueAsync(() => Volatile.Read(ref waiting) > 90);
        for (var i = 0; i < 100; i++)
        {
            await viewer.ReadUntilAsync(static frame => frame.EndsStream);
        }

        await Testing.Eventually.IsTrueAsync(() => Volatile.Read(ref waiting) == 0);
    }

    private static async Task FloodAsync(FrameViewer viewer, Func<FrameViewer, int, Task> ask)
    {
        var sending = Task.Run(async () =>
        {
            for (var stream = 1; stream < 2_000; stream += 2)
            {
                await ask(viewer, stream);
            }
        });
        Assert.Equal(ErrorCode.EnhanceYourCalm, await viewer.ReadGoAwayAsync());
        await sending;
    }

    private static async ValueTask HoldAsync(HttpExchange exchange)
    {
        var gone = new TaskCompletionSource();
        await using var registration = exchange.Aborted.Register(gone.SetResult);
        await gone.Task;
    }
}
