// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Http2;
using FsCheck.Fluent;

namespace Frontier.Http.Tests.Http2;

/// <summary>Bytes come as they like: where they are split changes nothing, and no bytes at all break more than their connection.</summary>
public sealed class SplitTests
{
    /// <summary>A head, a continued head, a body with padding and trailers, settings and a PING.</summary>
    private static readonly byte[] Conversation = Converse();

    [Fact]
    public async Task In_single_bytes() => Assert.Equal(await TalkAsync([]), await TalkAsync([.. Enumerable.Range(1, Conversation.Length - 1)]));

    [Fact]
    public async Task Anywhere()
    {
        var whole = await TalkAsync([]);
        foreach (var cuts in Gen.ArrayOf(Gen.Choose(1, Conversation.Length - 1)).Sample(60))
        {
            Assert.Equal(whole, await TalkAsync([.. cuts.Distinct().Order()]));
        }
    }

    [Fact]
    public async Task Damaged_conversations_end_in_order()
    {
        foreach (var (at, value) in Gen.Zip(Gen.Choose(24, Conversation.Length - 1), Gen.Choose(0, 255)).Sample(300))
        {
            var damaged = Conversation.ToArray();
            damaged[at] = (byte)value;
            await using var viewer = FrameViewer.Raw(new AnsweringHandler(EchoAsync));
            await viewer.SendAsync(damaged);
            await viewer.EndAsync();
            await viewer.Over; // throws for what is not the viewer's fault
        }
    }

    [Fact]
    public async Task Frames_of_any_kind_in_any_order_end_in_order()
    {
        var block = Frame.Block(FrameViewer.Head("POST"));
        foreach (var seed in Gen.Choose(0, int.MaxValue).Sample(300))
        {
            var random = new Random(seed);
            await using var viewer = FrameViewer.Raw(new AnsweringHandler(EchoAsync));
            await viewer.SendAsync((byte[])[.. FrameViewer.Preface, .. FrameViewer.Settings()]);
            for (var i = 0; i < 40; i++)
            {
                var payload = new byte[random.Next(10)];
                random.NextBytes(payload);
                var type = (FrameType)(random.Next(13) is var number && number < 11 ? number : number == 11 ? (byte)FrameType.PriorityUpdate : (byte)FrameType.Headers);
                await viewer.SendAsync(type, random.Next(8), type is FrameType.Headers && random.Next(3) > 0 ? block : payload, (FrameFlags)(random.Next(3) == 0 ? random.Next(256) : random.Next(2) * 5));
            }

            await viewer.EndAsync();
            await viewer.Over;
        }
    }

    private static byte[] Converse()
    {
        var head = Frame.Block([.. FrameViewer.Head("POST"), ("x-a", new string('a', 300))]);
        return
        [
            .. FrameViewer.Preface, .. FrameViewer.Settings((4, 100_000), (1, 4096)),
            .. Frame.Of(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, 1, Frame.Block(FrameViewer.Get())),
            .. Frame.Of(FrameType.Headers, FrameFlags.None, 3, head.AsSpan(0, 20)), .. Frame.Of(FrameType.Continuation, FrameFlags.None, 3, head.AsSpan(20, 200)),
            .. Frame.Of(FrameType.Continuation, FrameFlags.EndHeaders, 3, head.AsSpan(220)),
            .. Frame.Of(FrameType.Ping, FrameFlags.None, 0, "12345678"u8),
            .. Frame.Of(FrameType.Data, FrameFlags.Padded, 3, [2, .. "hello"u8, 0, 0]), .. Frame.Of(FrameType.Data, FrameFlags.None, 3, new byte[1_000]),
            .. Frame.Of(FrameType.WindowUpdate, FrameFlags.None, 0, FrameViewer.Number(1_000)),
            .. Frame.Of(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, 3, Frame.Block([("x-trailer", "b")])),
        ];
    }

    /// <summary>What came back, but for how it was cut into frames.</summary>
    private static async Task<string> TalkAsync(int[] cuts)
    {
        await using var viewer = FrameViewer.Raw(new AnsweringHandler(EchoAsync));
        var at = 0;
        foreach (var cut in (int[])[.. cuts, Conversation.Length])
        {
            await viewer.SendAsync(Conversation.AsMemory(at, cut - at));
            at = cut;
            if (cuts.Length < 100)
            {
                await viewer.TakenAsync();
            }
        }

        var told = new SortedDictionary<int, StringBuilder>();
        var ended = 0;
        while (ended < 2)
        {
            var frame = (await viewer.ReadAsync())!;
            var of = told.TryGetValue(frame.StreamId, out var known) ? known : told[frame.StreamId] = new StringBuilder();
            of.Append(frame.Type is FrameType.Data ? frame.Text : $"[{frame.Type} {frame.Flags & FrameFlags.EndHeaders} {frame.Text}]");
            ended += frame.EndsStream ? 1 : 0;
        }

        return string.Join("\n", told.Select(static stream => $"{stream.Key}: {stream.Value}"));
    }

    private static async ValueTask EchoAsync(HttpExchange exchange)
    {
        var body = await AnswersTests.ReadAsync(exchange);
        await exchange.StartAsync(AnswersTests.Head(200, ("x-target", exchange.Request.TargetText), ("x-a", exchange.Request.Headers.GetText("x-a"u8) ?? "")), null, CancellationToken.None);
        await exchange.WriteAsync(Encoding.Latin1.GetBytes(body + exchange.RequestTrailers?.GetText("x-trailer"u8)), CancellationToken.None);
    }
}
