// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http2;

namespace Frontier.Http.Tests.Http2;

/// <summary>What may come for a stream in each of its states (RFC 9113, section 5.1).</summary>
public sealed class StreamsTests
{
    [Fact]
    public async Task Data_behind_the_end_of_a_request_is_an_error_of_its_stream_half_closed_remote()
    {
        await using var viewer = await HoldingAsync();
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"));
        await viewer.SendDataAsync(1, "more");
        Assert.Equal(ErrorCode.StreamClosed, await viewer.ReadResetAsync(1));
        await AssertGoesOnAsync(viewer);
    }

    [Fact]
    public async Task A_head_behind_the_end_of_a_request_is_an_error_of_its_stream_half_closed_remote()
    {
        await using var viewer = await HoldingAsync();
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"));
        await viewer.SendHeadAsync(1, [("x-a", "b")]);
        Assert.Equal(ErrorCode.StreamClosed, await viewer.ReadResetAsync(1));
        await AssertGoesOnAsync(viewer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Data_and_heads_for_a_closed_stream_end_the_connection(bool isHead)
    {
        await using var viewer = await FrameViewer.ConnectAsync(AnswersTests.EmptyAsync);
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        Assert.True((await viewer.ReadAnswerAsync(1)).IsWhole);
        await (isHead ? viewer.SendHeadAsync(1, FrameViewer.Get()) : viewer.SendDataAsync(1, "a"));
        Assert.Equal(ErrorCode.StreamClosed, await viewer.ReadGoAwayAsync(lastStream: 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_resets_a_stream_sends_nothing_more_on_it(bool isHead)
    {
        await using var viewer = await HoldingAsync();
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        await viewer.ResetAsync(1);
        await (isHead ? viewer.SendHeadAsync(1, [("x-a", "b")]) : viewer.SendDataAsync(1, "a"));
        Assert.Equal(ErrorCode.StreamClosed, await viewer.ReadGoAwayAsync(lastStream: 1));
    }

    [Fact]
    public async Task What_was_on_its_way_to_a_stream_that_we_have_reset_is_passed_over()
    {
        await using var viewer = await HoldingAsync();
        await viewer.SendHeadAsync(1, [.. FrameViewer.Head("POST"), ("content-length", "1")], endsStream: false);
        await viewer.SendDataAsync(1, "too long", endsStream: false);
        Assert.Equal(ErrorCode.ProtocolError, await viewer.ReadResetAsync(1));
        await viewer.SendDataAsync(1, "more", endsStream: false);
        await viewer.OpenWindowAsync(1, 10);
        await viewer.SendAsync(FrameType.Headers, 1, [0x40, 1, (byte)'x', 1, (byte)'y'], FrameFlags.EndHeaders | FrameFlags.EndStream);
        await viewer.ResetAsync(1);
        await viewer.SendAsync(FrameType.Headers, 3, [.. Frame.Block(FrameViewer.Get("/b")), 0xBE], FrameFlags.EndHeaders | FrameFlags.EndStream); // refers to the trailers' field
        Assert.Equal(204, (await viewer.ReadAnswerAsync(3)).Status);
    }

    [Fact]
    public async Task Windows_and_resets_of_closed_streams_are_passed_over()
    {
        await using var viewer = await FrameViewer.ConnectAsync(AnswersTests.EmptyAsync);
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        Assert.True((await viewer.ReadAnswerAsync(1)).IsWhole);
        await viewer.OpenWindowAsync(1, 100);
        await viewer.ResetAsync(1, (ErrorCode)0xFFFF); // unknown codes mean nothing of their own, section 7
        await AssertGoesOnAsync(viewer);
    }

    [Fact]
    public async Task Identifiers_only_rise_section_5_1_1()
    {
        await using var viewer = await HoldingAsync();
        await viewer.SendHeadAsync(5, FrameViewer.Get("/b"));
        Assert.True((await viewer.ReadAnswerAsync(5)).IsWhole);
        await viewer.SendHeadAsync(3, FrameViewer.Get("/b"));
        Assert.Equal(ErrorCode.ProtocolError, await viewer.ReadGoAwayAsync(lastStream: 5));
    }

    [Fact]
    public async Task More_streams_than_allowed_are_refused_and_may_come_again_section_5_1_2()
    {
        await using var viewer = await FrameViewer.ConnectAsync(new AnsweringHandler(HoldAsync), new HttpServerLimits { MaxStreams = 2 });
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        await viewer.SendHeadAsync(3, FrameViewer.Head("POST"), endsStream: false);
        await viewer.SendHeadAsync(5, FrameViewer.Get("/b"));
        Assert.Equal(ErrorCode.RefusedStream, await viewer.ReadResetAsync(5));
        await viewer.SendDataAsync(1, "");
        Assert.True((await viewer.ReadAnswerAsync(1)).IsWhole);
        await viewer.SendHeadAsync(7, FrameViewer.Get("/b"));
        Assert.True((await viewer.ReadAnswerAsync(7)).IsWhole);
    }

    [Fact]
    public async Task Streams_that_were_reset_count_as_long_as_their_handlers_work_section_10_5()
    {
        var gate = new TaskCompletionSource();
        await using var viewer = await FrameViewer.ConnectAsync(
            new AnsweringHandler(async exchange =>
            {
                await gate.Task;
                await AnswersTests.EmptyAsync(exchange);
            }),
            new HttpServerLimits { MaxStreams = 2 });
        for (var stream = 1; stream < 20; stream += 2)
        {
            await viewer.SendHeadAsync(stream, FrameViewer.Get());
            if (stream < 5)
            {
                await viewer.ResetAsync(stream);
            }
            else
            {
                Assert.Equal(ErrorCode.RefusedStream, await viewer.ReadResetAsync(stream));
            }
        }

        gate.SetResult();
        await viewer.SendHeadAsync(21, FrameViewer.Get());
        Assert.True((await viewer.ReadAnswerAsync(21)).IsWhole);
    }

    [Fact]
    public async Task A_handler_hears_of_its_streams_reset_and_of_no_other_section_6_4()
    {
        var heard = new TaskCompletionSource();
        await using var viewer = await FrameViewer.ConnectAsync(async exchange =>
        {
            if (exchange.Request.TargetText == "/b")
            {
                await AnswersTests.EmptyAsync(exchange);
                return;
            }

            await using var registration = exchange.Aborted.Register(static () => { });
            await Assert.ThrowsAsync<ViewerGoneException>(async () => await exchange.ReadBodyAsync(CancellationToken.None));
            Assert.True(exchange.Aborted.IsCancellationRequested);
            await Assert.ThrowsAsync<ViewerGoneException>(async () => await exchange.StartAsync(AnswersTests.Head(200), null, CancellationToken.None));
            heard.SetResult();
        });
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        await viewer.ResetAsync(1);
        await heard.Task.WaitAsync(Testing.ScriptedOrigin.Patience);
        await AssertGoesOnAsync(viewer);
    }

    private static Task<FrameViewer> HoldingAsync() => FrameViewer.ConnectAsync(HoldAsync);

    /// <summary>Answers <c>/b</c> at once, others when their bodies have come, and never a POST without one.</summary>
    private static async ValueTask HoldAsync(HttpExchange exchange)
    {
        if (exchange.Request.TargetText != "/b")
        {
            await AnswersTests.ReadAsync(exchange);
            if (!exchange.HasBody)
            {
                var gone = new TaskCompletionSource();
                await using var registration = exchange.Aborted.Register(gone.SetResult);
                await gone.Task;
            }
        }

        if (!exchange.Aborted.IsCancellationRequested)
        {
            await AnswersTests.EmptyAsync(exchange);
        }
    }

    private static async Task AssertGoesOnAsync(FrameViewer viewer)
    {
        await viewer.SendHeadAsync(99, FrameViewer.Get("/b"));
        Assert.True((await viewer.ReadAnswerAsync(99)).IsWhole);
    }
}
