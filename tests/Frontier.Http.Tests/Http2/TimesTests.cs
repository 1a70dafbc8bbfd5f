// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http2;
using Frontier.Protocols.Http;

namespace Frontier.Http.Tests.Http2;

/// <summary>What a viewer may take its time for, and for how long.</summary>
public sealed class TimesTests
{
    [Fact]
    public async Task A_connection_that_brings_no_preface_ends_after_the_time_for_a_head()
    {
        await using var viewer = FrameViewer.Raw(new AnsweringHandler(AnswersTests.EmptyAsync));
        await AssertEndsAsync(viewer, 30, ErrorCode.NoError);
    }

    [Fact]
    public async Task A_connection_that_brings_no_request_ends_after_the_time_for_a_head()
    {
        await using var viewer = await FrameViewer.ConnectAsync(AnswersTests.EmptyAsync);
        await AssertEndsAsync(viewer, 30, ErrorCode.NoError);
    }

    [Fact]
    public async Task A_connection_that_rests_is_kept_for_a_while()
    {
        await using var viewer = await FrameViewer.ConnectAsync(AnswersTests.EmptyAsync);
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        Assert.True((await viewer.ReadAnswerAsync(1)).IsWhole);
        viewer.Pass(100);
        await viewer.SendHeadAsync(3, FrameViewer.Get());
        Assert.True((await viewer.ReadAnswerAsync(3)).IsWhole);
        viewer.Pass();
        await AssertEndsAsync(viewer, 130, ErrorCode.NoError);
    }

    [Fact]
    public async Task A_connection_rests_while_no_stream_is_open_whatever_else_it_says()
    {
        var gate = new TaskCompletionSource();
        await using var viewer = await FrameViewer.ConnectAsync(async exchange =>
        {
            await gate.Task;
            await AnswersTests.EmptyAsync(exchange);
        });
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        await viewer.ReadSoFarAsync();
        viewer.Pass(10);
        Assert.Equal(0, viewer.Server.RestedSeconds);
        gate.SetResult();
        Assert.True((await viewer.ReadAnswerAsync(1)).IsWhole);
        await Testing.Eventually.IsTrueAsync(() =>
        {
            viewer.Pass();
            return viewer.Server.RestedSeconds > 0;
        });
        viewer.Pass(5);
        await viewer.ReadSoFarAsync(); // by PINGs
        Assert.InRange(viewer.Server.RestedSeconds, 6, 20);
    }

    [Fact]
    public async Task A_head_in_pieces_has_its_time()
    {
        await using var viewer = await WarmAsync(AnswersTests.EmptyAsync);
        await viewer.SendAsync(FrameType.Headers, 3, Frame.Block(FrameViewer.Get()));
        await viewer.TakenAsync();
        await AssertEndsAsync(viewer, 30, ErrorCode.EnhanceYourCalm);
    }

    [Fact]
    public async Task A_frame_in_pieces_has_its_time()
    {
        await using var viewer = await WarmAsync(AnswersTests.EmptyAsync);
        await viewer.SendAsync(Frame.Of(FrameType.Headers, FrameFlags.EndHeaders, 3, new byte[100]).AsMemory(0, 50));
        await viewer.TakenAsync();
        await AssertEndsAsync(viewer, 30, ErrorCode.EnhanceYourCalm);
    }

    [Fact]
    public async Task A_viewer_that_reads_nothing_is_cut_off()
    {
        var prepared = new PreparedHead(AnswersTests.Head(200), 1_000_000);
        var gone = new TaskCompletionSource();
        await using var viewer = FrameViewer.Raw(
            new AnsweringHandler(async exchange =>
            {
                await Assert.ThrowsAsync<ViewerGoneException>(async () => await exchange.RespondAsync(prepared, new HeaderList(), new System.Buffers.ReadOnlySequence<byte>(new byte[1_000_000])));
                gone.SetResult();
            }),
            connection: new MemoryConnection(unreadBytes: 1_000));
        await viewer.SendAsync((byte[])[.. FrameViewer.Preface, .. FrameViewer.Settings((4, 1_000_000)), .. Frame.Of(FrameType.WindowUpdate, FrameFlags.None, 0, FrameViewer.Number(100_000_000))]);
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        await Testing.Eventually.IsTrueAsync(() => viewer.Connection.Sends.Count > 1);

        // The time counts from a moment after the send that was seen here.
        var seconds = 0;
        await Testing.Eventually.IsTrueAsync(() =>
        {
            viewer.Pass();
            seconds++;
            return viewer.Connection.IsAborted;
        });
        Assert.InRange(seconds, 60, int.MaxValue);
        await viewer.Over;
        await gone.Task;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_viewer_that_hardly_opens_a_streams_window_loses_the_stream(int crumb)
    {
        await using var viewer = await LargeAsync((4, 10));
        await viewer.OpenWindowAsync(0, 10_000_000);
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        await viewer.ReadSoFarAsync();
        for (var second = 0; second < 60; second++)
        {
            viewer.Pass();
            if (crumb > 0)
            {
                await viewer.OpenWindowAsync(1, crumb);
                await viewer.ReadUntilAsync(static frame => frame.Type is FrameType.Data);
            }
        }

        viewer.Pass();
        Assert.Equal(ErrorCode.Cancel, await viewer.ReadResetAsync(1));
        Assert.Empty(await viewer.ReadSoFarAsync());
    }

    [Fact]
    public async Task A_viewer_that_takes_a_kibibyte_a_second_may_go_on()
    {
        await using var viewer = await LargeAsync((4, 10));
        await viewer.OpenWindowAsync(0, 10_000_000);
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        await viewer.ReadSoFarAsync();
        for (var second = 0; second < 150; second++)
        {
            viewer.Pass();
            await viewer.OpenWindowAsync(1, 1_200);
            await viewer.ReadUntilAsync(static frame => frame.Type is FrameType.Data);
        }
    }

    [Fact]
    public async Task A_viewer_that_does_not_open_the_connections_window_is_sent_away()
    {
        await using var viewer = await LargeAsync((4, 10_000_000));
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        await viewer.ReadSoFarAsync();
        await AssertEndsAsync(viewer, 61, ErrorCode.EnhanceYourCalm);
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(200, false, false)]
    [InlineData(0, true, true)]
    [InlineData(300, false, true)]
    public async Task A_body_comes_at_a_rate_or_is_allowed_to_pause(int bytesPerSecond, bool mayPause, bool goesOn)
    {
        var reading = new TaskCompletionSource();
        await using var viewer = await FrameViewer.ConnectAsync(async exchange =>
        {
            if (mayPause)
            {
                exchange.AllowPauses();
            }

            reading.SetResult();
            await AnswersTests.ReadAsync(exchange);
            await AnswersTests.EmptyAsync(exchange);
        });
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        await reading.Task;
        for (var second = 0; second < 20; second++)
        {
            await viewer.SendAsync(FrameType.Data, 1, new byte[bytesPerSecond]);
            await viewer.TakenAsync();
            viewer.Pass();
        }

        await viewer.SendDataAsync(1, "");
        var answer = await viewer.ReadAnswerAsync(1);
        Assert.Equal((goesOn, goesOn ? null : ErrorCode.Cancel), (answer.IsWhole, answer.Reset));
    }

    [Fact]
    public async Task A_body_whose_handler_is_slow_is_not_the_viewers_fault()
    {
        var gate = new TaskCompletionSource();
        await using var viewer = await FrameViewer.ConnectAsync(async exchange =>
        {
            await gate.Task;
            await AnswersTests.ReadAsync(exchange);
            await AnswersTests.EmptyAsync(exchange);
        });
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        await viewer.ReadSoFarAsync();
        viewer.Pass(100);
        gate.SetResult();
        await viewer.SendDataAsync(1, "a");
        Assert.True((await viewer.ReadAnswerAsync(1)).IsWhole);
    }

    private static async Task AssertEndsAsync(FrameViewer viewer, int seconds, ErrorCode error)
    {
        viewer.Pass(seconds - 1);
        Assert.False(viewer.IsOver);
        viewer.Pass(2);
        Assert.Equal(error, await viewer.ReadGoAwayAsync());
    }

    private static async Task<FrameViewer> WarmAsync(Func<HttpExchange, ValueTask> answer)
    {
        var viewer = await FrameViewer.ConnectAsync(answer);
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        Assert.True((await viewer.ReadAnswerAsync(1)).IsWhole);
        return viewer;
    }

    private static Task<FrameViewer> LargeAsync(params (int Id, uint Value)[] settings)
    {
        var prepared = new PreparedHead(AnswersTests.Head(200), 1_000_000);
        return FrameViewer.ConnectAsync(
            async exchange =>
            {
                try
                {
                    await exchange.RespondAsync(prepared, new HeaderList(), new System.Buffers.ReadOnlySequence<byte>(new byte[1_000_000]));
                }
                catch (ViewerGoneException)
                {
                    // As the tests want it.
                }
            },
            settings);
    }
}
