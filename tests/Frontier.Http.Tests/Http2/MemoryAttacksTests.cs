// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http2;
using Frontier.Protocols.Http;

namespace Frontier.Http.Tests.Http2;

/// <summary>Viewers that make us keep much for little: blocks that grow as they are read, bodies for nobody, answers that nobody takes.</summary>
[Collection(nameof(Alone))]
public sealed class MemoryAttacksTests
{
    private const int NameBytes = 3_900;

    [Fact]
    public async Task A_small_block_that_keeps_a_long_name_again_and_again_is_not_read_to_its_end_HPACK_bomb()
    {
        await using var viewer = await FrameViewer.ConnectAsync(AnswersTests.EmptyAsync);

        // The table's newest entry, which 62 names in one byte (RFC 7541, section 6.2.1), is made anew 6,000 times: 23 MB of two bytes each.
        byte[] kept = [0x40, .. Literal(new string('n', NameBytes)), 0];
        byte[] copies = [.. Enumerable.Repeat<byte[]>([0x7E, 0], 6_000).SelectMany(static bytes => bytes)];
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await viewer.SendAsync(FrameType.Headers, 1, [.. Frame.Block(FrameViewer.Get()), .. kept, .. copies], FrameFlags.EndHeaders | FrameFlags.EndStream);
        Assert.Equal(ErrorCode.CompressionError, await viewer.ReadGoAwayAsync());
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 4 * 1024 * 1024);
    }

    [Fact]
    public async Task A_block_that_names_a_long_field_again_and_again_is_refused_at_little_cost_HPACK_bomb()
    {
        await using var viewer = await FrameViewer.ConnectAsync(AnswersTests.EmptyAsync);
        byte[] kept = [0x40, .. Literal("priority"), .. Literal(new string('v', NameBytes))];
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await viewer.SendAsync(FrameType.Headers, 1, [.. Frame.Block(FrameViewer.Get()), .. kept, .. Enumerable.Repeat((byte)0xBE, 10_000)], FrameFlags.EndHeaders | FrameFlags.EndStream);
        Assert.Equal(413, (await viewer.ReadAnswerAsync(1)).Status);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 4 * 1024 * 1024); // of 40 MB that it stands for
    }

    [Fact]
    public async Task Bodies_that_nobody_reads_are_given_up_where_all_connections_together_keep_too_much()
    {
        var space = new BodySpace(bytes: 300_000);
        await using var frugal = await ConnectAsync(space);
        await frugal.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        await SendAsync(frugal, 1, 30_000);
        await using var greedy = await ConnectAsync(space);
        await greedy.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        await greedy.SendHeadAsync(3, FrameViewer.Head("POST"), endsStream: false);
        await SendAsync(greedy, 1, 240_000);
        await SendAsync(greedy, 3, 240_000);
        Assert.Equal(ErrorCode.EnhanceYourCalm, await greedy.ReadResetAsync(3));
        Assert.InRange(space.Used, 200_000, 350_000);

        await SendAsync(frugal, 1, 10_000); // who keeps little may go on
        Assert.DoesNotContain(await frugal.ReadSoFarAsync(), static frame => frame.Type is FrameType.ResetStream);
    }

    [Fact]
    public async Task Room_for_bodies_comes_back_with_the_end_of_their_connection()
    {
        var space = new BodySpace(bytes: 1_000_000);
        await using (var viewer = await ConnectAsync(space))
        {
            await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
            await SendAsync(viewer, 1, 200_000);
            await Testing.Eventually.IsTrueAsync(() => space.Used >= 200_000);
        }

        await Testing.Eventually.IsTrueAsync(() => space.Used == 0);
    }

    [Fact]
    public async Task A_viewer_that_lets_stream_after_stream_stall_is_sent_away()
    {
        var prepared = new PreparedHead(AnswersTests.Head(200), 100_000);
        await using var viewer = await FrameViewer.ConnectAsync(
            async exchange =>
            {
                try
                {
                    await exchange.RespondAsync(prepared, new HeaderList(), new System.Buffers.ReadOnlySequence<byte>(new byte[100_000]));
                }
                catch (ViewerGoneException)
                {
                    // As the test wants it.
                }
            },
            (4, 0)); // windows of nothing: each stream keeps its answer
        for (var stream = 1; stream < 2 * 33; stream += 2)
        {
            await viewer.SendHeadAsync(stream, FrameViewer.Get());
        }

        await viewer.ReadSoFarAsync();
        viewer.Pass(62);
        Assert.Equal(ErrorCode.EnhanceYourCalm, await viewer.ReadGoAwayAsync());
    }

    private static Task<FrameViewer> ConnectAsync(BodySpace space) => FrameViewer.ConnectAsync(
        new AnsweringHandler(static async exchange =>
        {
            var gone = new TaskCompletionSource();
            await using var registration = exchange.Aborted.Register(gone.SetResult);
            await gone.Task;
        }),
        bodies: space);

    private static async Task SendAsync(FrameViewer viewer, int stream, int bytes)
    {
        for (; bytes > 0; bytes -= 10_000)
        {
            await viewer.SendAsync(FrameType.Data, stream, new byte[10_000]);
        }
    }

    /// <summary>A string as it is, with its length (RFC 7541, section 5.2).</summary>
    private static byte[] Literal(string latin1) => Frame.Block([("", latin1)])[2..];
}
