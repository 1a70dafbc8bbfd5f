// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http2;
using Frontier.Protocols.Http;

namespace Frontier.Http.Tests.Http2;

/// <summary>Windows, both ways (RFC 9113, sections 5.2 and 6.9).</summary>
public sealed class FlowControlTests
{
    private const int InitialWindow = 4, Total = 100_000;

    [Fact]
    public async Task An_answer_stops_where_its_windows_end_section_6_9_1()
    {
        await using var viewer = await LargeAsync((InitialWindow, 10));
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        Assert.Equal(10, Bytes(await viewer.ReadSoFarAsync()));
        await viewer.OpenWindowAsync(1, 5);
        Assert.Equal(5, Bytes(await viewer.ReadSoFarAsync()));
        await viewer.OpenWindowAsync(1, Total);
        Assert.Equal(65_535 - 15, Bytes(await viewer.ReadSoFarAsync())); // the connection's
        await viewer.OpenWindowAsync(0, 20_000);
        Assert.Equal(20_000, Bytes(await viewer.ReadSoFarAsync()));
        await viewer.OpenWindowAsync(0, Total);
        var rest = await viewer.ReadSoFarAsync();
        Assert.Equal(Total - 85_535, Bytes(rest));
        Assert.True(rest[^1].EndsStream);
        Assert.DoesNotContain(rest, static frame => frame.Payload.Length > 16_384);
    }

    [Fact]
    public async Task A_setting_moves_the_windows_of_open_streams_even_below_nothing_section_6_9_2()
    {
        await using var viewer = await LargeAsync((InitialWindow, 100));
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        Assert.Equal(100, Bytes(await viewer.ReadSoFarAsync()));
        await viewer.SendAsync(FrameViewer.Settings((InitialWindow, 40)));
        await viewer.OpenWindowAsync(1, 60);
        Assert.Equal(0, Bytes(await viewer.ReadSoFarAsync())); // was -60
        await viewer.OpenWindowAsync(1, 7);
        Assert.Equal(7, Bytes(await viewer.ReadSoFarAsync()));
        await viewer.SendAsync(FrameViewer.Settings((InitialWindow, 1), (InitialWindow, 50)));
        Assert.Equal(10, Bytes(await viewer.ReadSoFarAsync()));
    }

    [Fact]
    public async Task A_setting_that_makes_a_window_too_large_ends_the_connection_section_6_9_2()
    {
        await using var viewer = await LargeAsync((InitialWindow, 0));
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        await viewer.OpenWindowAsync(1, 1);
        await viewer.SendAsync(FrameViewer.Settings((InitialWindow, int.MaxValue)));
        Assert.Equal(ErrorCode.FlowControlError, await viewer.ReadGoAwayAsync());
    }

    [Fact]
    public async Task What_is_not_under_flow_control_needs_no_window_section_5_2()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange =>
        {
            await exchange.StartAsync(AnswersTests.Head(200), null, exchange.Aborted);
            var trailers = new HeaderList();
            trailers.Add("x-a", "b");
            exchange.SendTrailers(trailers);
        }, (InitialWindow, 0));
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        var answer = await viewer.ReadAnswerAsync(1);
        Assert.Equal([("x-a", "b")], answer.Heads[1]);
    }

    [Fact]
    public async Task A_body_comes_as_fast_as_it_is_read_and_no_faster()
    {
        var mayRead = new SemaphoreSlim(0);
        await using var viewer = await FrameViewer.ConnectAsync(async exchange =>
        {
            while (true)
            {
                await mayRead.WaitAsync();
                if ((await exchange.ReadBodyAsync(CancellationToken.None)).IsEmpty)
                {
                    break;
                }
            }

            await AnswersTests.EmptyAsync(exchange);
        });
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        for (var i = 0; i < 16; i++)
        {
            await viewer.SendAsync(FrameType.Data, 1, new byte[16_384]);
        }

        Assert.Empty(await viewer.ReadSoFarAsync()); // 256 KiB, and nobody has read any of it
        mayRead.Release(100);
        var frames = new[] { await viewer.ReadUntilAsync(static frame => frame.StreamId == 1), await viewer.ReadUntilAsync(static frame => frame.StreamId == 1) };
        Assert.Equal([(FrameType.WindowUpdate, 131_072), (FrameType.WindowUpdate, 131_072)], frames.Select(static frame => (frame.Type, frame.Number())));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task More_than_the_window_is_an_error_of_the_stream_or_the_connection_section_6_9_1(int of)
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange => await HoldAsync(exchange));
        for (var stream = 1; stream < 2 + (of == 0 ? 8 : 0); stream += 2)
        {
            await viewer.SendHeadAsync(stream, FrameViewer.Head("POST"), endsStream: false);
            for (var i = 0; i < 16; i++)
            {
                await viewer.SendAsync(FrameType.Data, stream, new byte[16_384]);
            }
        }

        await viewer.SendAsync(FrameType.Data, of == 0 ? 7 : 1, new byte[1]);
        if (of == 1)
        {
            Assert.Equal(ErrorCode.FlowControlError, await viewer.ReadResetAsync(1));
        }
        else
        {
            Assert.Equal(ErrorCode.FlowControlError, await viewer.ReadGoAwayAsync());
        }
    }

    [Fact]
    public async Task What_nobody_reads_does_not_use_up_the_connections_window_section_6_9()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange =>
        {
            await exchange.ReadBodyAsync(CancellationToken.None);
            await AnswersTests.EmptyAsync(exchange);
        });
        for (var stream = 1; stream < 200; stream += 2)
        {
            await viewer.SendHeadAsync(stream, FrameViewer.Head("POST"), endsStream: false);
            await viewer.SendAsync(FrameType.Data, stream, [100, .. new byte[16_000]], FrameFlags.Padded);
            await viewer.SendAsync(FrameType.Data, stream, new byte[16_000]);
            Assert.True((await viewer.ReadAnswerAsync(stream)).IsWhole);
            await viewer.SendAsync(FrameType.Data, stream, new byte[16_000]);
        }
    }

    [Fact]
    public async Task Small_pieces_share_room()
    {
        var mayRead = new TaskCompletionSource();
        string? body = null;
        await using var viewer = await FrameViewer.ConnectAsync(async exchange =>
        {
            await mayRead.Task;
            body = await AnswersTests.ReadAsync(exchange);
            await AnswersTests.EmptyAsync(exchange);
        });
        await viewer.SendHeadAsync(1, [.. FrameViewer.Head("POST"), ("content-length", "50000")], endsStream: false);
        for (var i = 0; i < 5_000; i++)
        {
            await viewer.SendDataAsync(1, "0123456789", endsStream: i == 4_999);
        }

        await viewer.ReadSoFarAsync();
        mayRead.SetResult();
        Assert.True((await viewer.ReadAnswerAsync(1)).IsWhole);
        Assert.Equal(string.Concat(Enumerable.Repeat("0123456789", 5_000)), body);
    }

    private static Task<FrameViewer> LargeAsync(params (int Id, uint Value)[] settings)
    {
        var prepared = new PreparedHead(AnswersTests.Head(200), Total);
        return FrameViewer.ConnectAsync(exchange => exchange.RespondAsync(prepared, new HeaderList(), new System.Buffers.ReadOnlySequence<byte>(new byte[Total])), settings);
    }

    private static int Bytes(IEnumerable<Frame> frames) => frames.Where(static frame => frame.Type is FrameType.Data).Sum(static frame => frame.Payload.Length);

    private static async Task HoldAsync(HttpExchange exchange)
    {
        var gone = new TaskCompletionSource();
        await using var registration = exchange.Aborted.Register(gone.SetResult);
        await gone.Task;
    }
}
