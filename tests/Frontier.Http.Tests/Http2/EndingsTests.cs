// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http2;
using Frontier.Testing;

namespace Frontier.Http.Tests.Http2;

/// <summary>How a connection ends (RFC 9113, sections 5.4.1, 6.8 and 9.1), and what handlers hear of it.</summary>
public sealed class EndingsTests
{
    [Fact]
    public async Task A_server_that_stops_takes_no_more_streams_and_answers_those_it_has_section_6_8()
    {
        var gate = new TaskCompletionSource();
        await using var viewer = await FrameViewer.ConnectAsync(async exchange =>
        {
            if (exchange.Request.TargetText == "/a")
            {
                await gate.Task;
            }

            await AnswersTests.EmptyAsync(exchange);
        });
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        await viewer.ReadSoFarAsync();
        viewer.Server.Drain();
        viewer.Server.Drain();
        var first = await viewer.ReadAnswerAsync();
        Assert.Equal((FrameType.GoAway, int.MaxValue, ErrorCode.NoError), (first.Type, first.Number(), first.Error));

        await viewer.SendHeadAsync(3, FrameViewer.Get("/b")); // was on its way
        Assert.True((await viewer.ReadAnswerAsync(3)).IsWhole);
        viewer.Pass(3);
        var second = await viewer.ReadAnswerAsync();
        Assert.Equal((FrameType.GoAway, 3, ErrorCode.NoError), (second.Type, second.Number(), second.Error));

        await viewer.SendHeadAsync(5, FrameViewer.Get("/b")); // too late, and not answered
        await viewer.ReadSoFarAsync();
        gate.SetResult();
        Assert.True((await viewer.ReadAnswerAsync(1)).IsWhole);
        viewer.Pass();
        Assert.Equal(FrameType.GoAway, (await viewer.ReadAnswerAsync()).Type);
        Assert.Null(await viewer.ReadAsync());
        viewer.Pass(50); // the viewer has not closed its side: it may still be reading what it got
        Assert.False(viewer.Connection.IsAborted);
        viewer.Pass(20);
        await viewer.Over;
    }

    [Fact]
    public async Task A_viewer_that_leaves_has_its_answers_and_then_the_end()
    {
        var gate = new TaskCompletionSource();
        await using var viewer = await FrameViewer.ConnectAsync(async exchange =>
        {
            await gate.Task;
            await AnswersTests.EmptyAsync(exchange);
        });
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        await viewer.SendAsync(FrameType.GoAway, 0, new byte[8]);
        await viewer.ReadSoFarAsync();
        viewer.Pass(2);
        gate.SetResult();
        Assert.True((await viewer.ReadAnswerAsync(1)).IsWhole);
        viewer.Pass();
        Assert.Equal(ErrorCode.NoError, await viewer.ReadGoAwayAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handlers_hear_of_a_viewer_that_has_gone_and_the_connection_waits_for_them(bool inOrder)
    {
        var started = new TaskCompletionSource();
        var heard = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        await using var viewer = await FrameViewer.ConnectAsync(async exchange =>
        {
            await using var registration = exchange.Aborted.Register(heard.SetResult);
            started.SetResult();
            await Assert.ThrowsAsync<ViewerGoneException>(async () => await exchange.ReadBodyAsync(CancellationToken.None));
            await mayEnd.Task;
        });
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        await started.Task;
        if (inOrder)
        {
            await viewer.EndAsync();
        }
        else
        {
            viewer.Connection.Abort();
        }

        await heard.Task.WaitAsync(ScriptedOrigin.Patience);
        Assert.False(viewer.IsOver);
        mayEnd.SetResult();
        await viewer.Over;
    }

    [Fact]
    public async Task A_wait_ends_by_its_token()
    {
        using var reading = new CancellationTokenSource();
        using var writing = new CancellationTokenSource();
        var isWaiting = new SemaphoreSlim(0);
        await using var viewer = await FrameViewer.ConnectAsync(
            async exchange =>
            {
                var read = exchange.ReadBodyAsync(reading.Token);
                isWaiting.Release();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await read);
                await exchange.StartAsync(AnswersTests.Head(200), 10, exchange.Aborted);
                var write = exchange.WriteAsync(new byte[10], writing.Token);
                isWaiting.Release();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await write);
            },
            (4, 5));
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        await isWaiting.WaitAsync();
        await reading.CancelAsync();
        await isWaiting.WaitAsync();
        await writing.CancelAsync();
        Assert.Equal(ErrorCode.InternalError, (await viewer.ReadAnswerAsync(1)).Reset); // ten were promised
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bug_in_a_handler_costs_the_connection_and_is_told(bool atOnce)
    {
        await using var viewer = await FrameViewer.ConnectAsync(async _ =>
        {
            if (!atOnce)
            {
                await Task.Yield();
            }

            throw new NotSupportedException("A bug.");
        });
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        await Assert.ThrowsAsync<NotSupportedException>(() => viewer.Over);
        Assert.True(viewer.Connection.IsAborted);
    }

    [Fact]
    public async Task A_handler_that_answers_nothing_is_a_reset()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static _ => ValueTask.CompletedTask);
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        Assert.Equal(ErrorCode.InternalError, await viewer.ReadResetAsync(1));
    }
}
