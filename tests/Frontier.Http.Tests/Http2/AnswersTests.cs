// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text;
using Frontier.Http.Http2;
using Frontier.Protocols.Http;

namespace Frontier.Http.Tests.Http2;

/// <summary>Requests and answers of all shapes (RFC 9113, section 8).</summary>
public sealed class AnswersTests
{
    [Fact]
    public async Task A_prepared_answer_is_sent_with_what_varies_and_a_date_section_8_1()
    {
        var head = Head(200, ("Content-Type", "text/plain"), ("ETag", "\"v1\""), ("Connection", "close"), ("Keep-Alive", "timeout=5"), ("Transfer-Encoding", "chunked"), ("Upgrade", "h2c"), ("Proxy-Connection", "x"));
        var prepared = new PreparedHead(head, 5);
        var varying = new HeaderList();
        varying.Add("Age", "7");
        varying.Add("X-Cache", "Hit from here");
        await using var viewer = await FrameViewer.ConnectAsync(exchange => exchange.RespondAsync(prepared, varying, Bytes("hello")));
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        var answer = await viewer.ReadAnswerAsync(1);
        Assert.Equal(
            [(":status", "200"), ("content-type", "text/plain"), ("etag", "\"v1\""), ("content-length", "5"), ("age", "7"), ("x-cache", "Hit from here"), ("date", "Fri, 07 Aug 2026 12:00:00 GMT")],
            answer.Heads.Single());
        Assert.Equal(("hello", true), (answer.Text, answer.IsWhole));
    }

    [Theory]
    [InlineData("prepared")]
    [InlineData("varying")]
    [InlineData("started")]
    public async Task A_head_with_a_date_keeps_it_RFC_9110_section_6_6_1(string how)
    {
        const string Date = "Thu, 01 Jan 2026 00:00:00 GMT";
        var prepared = new PreparedHead(how == "prepared" ? Head(200, ("Date", Date)) : Head(200), 0);
        var varying = new HeaderList();
        varying.Add("X-A", "b");
        if (how == "varying")
        {
            varying.Add("date", Date);
        }

        await using var viewer = await FrameViewer.ConnectAsync(exchange => how == "started" ? exchange.StartAsync(Head(200, ("Date", Date)), 0, exchange.Aborted) : exchange.RespondAsync(prepared, varying, default));
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        Assert.Equal(Date, (await viewer.ReadAnswerAsync(1))["date"]);
    }

    [Fact]
    public async Task A_request_is_presented_as_over_HTTP_1_1_section_8_3_1()
    {
        RequestHead? seen = null;
        await using var viewer = await FrameViewer.ConnectAsync(exchange =>
        {
            seen = Copy(exchange.Request);
            Assert.Equal((false, null, false, false), (exchange.HasBody, exchange.BodyLength, exchange.IsWebSocket, exchange.ConnectionReused));
            Assert.True(exchange.BytesReceived > 30);
            return EmptyAsync(exchange);
        });
        await viewer.SendHeadAsync(1, [.. FrameViewer.Get("/a?b=c"), ("user-agent", "test"), ("cookie", "a=1"), ("accept", "*/*"), ("cookie", "b=2"), ("cookie", "c=3"), ("te", "trailers")]);
        Assert.True((await viewer.ReadAnswerAsync(1)).IsWhole);
        Assert.Equal(("GET", "/a?b=c", "a.example", HttpVersion.Http2, false), (seen!.MethodToken, seen.TargetText, seen.Host, seen.Version, seen.IsHttps));
        Assert.Equal(["host: a.example", "user-agent: test", "accept: */*", "te: trailers", "cookie: a=1; b=2; c=3"], Enumerable.Range(0, seen.Headers.Count).Select(i => $"{seen.Headers.NameText(i)}: {seen.Headers.ValueText(i)}"));
    }

    [Fact]
    public async Task A_request_over_TLS_has_its_scheme()
    {
        var isHttps = false;
        await using var viewer = await FrameViewer.ConnectAsync(
            new AnsweringHandler(exchange =>
            {
                isHttps = exchange.Request.IsHttps;
                return EmptyAsync(exchange);
            }),
            connection: new MemoryConnection(new TlsConnection("TLSv1.3", "-", "a.example")));
        await viewer.SendHeadAsync(1, FrameViewer.Get().Select(static field => field.Name == ":scheme" ? (":scheme", "https") : field));
        Assert.Equal(204, (await viewer.ReadAnswerAsync(1)).Status);
        Assert.True(isHttps);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(1_000_000)]
    public async Task Bodies_of_any_length_arrive_whole_in_frames_of_16_KiB_at_most_section_4_2(int length)
    {
        var body = Pattern(length);
        var prepared = new PreparedHead(Head(200), length);
        await using var viewer = await FrameViewer.ConnectAsync(exchange => exchange.RespondAsync(prepared, new HeaderList(), Segments(body)), (4, 10_000_000));
        await viewer.OpenWindowAsync(0, 100_000_000);
        for (var stream = 1; stream < 20; stream += 2)
        {
            await viewer.SendHeadAsync(stream, FrameViewer.Get());
            var answer = await viewer.ReadAnswerAsync(stream);
            Assert.Equal(length.ToString(System.Globalization.CultureInfo.InvariantCulture), answer["content-length"]);
            Assert.True(answer.IsWhole);
            Assert.True(answer.Body.ToArray().AsSpan().SequenceEqual(body));
        }
    }

    [Fact]
    public async Task Written_answers_come_in_one_piece_with_their_end_on_the_last_frame()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange =>
        {
            await exchange.StartAsync(Head(200, ("X-A", "b")), 10, exchange.Aborted);
            await exchange.WriteAsync("hello"u8.ToArray(), exchange.Aborted);
            await exchange.WriteAsync("world"u8.ToArray(), exchange.Aborted);
            Assert.True(exchange.BytesSent > 10);
        });
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        var frames = new[] { await viewer.ReadAnswerAsync(), await viewer.ReadAnswerAsync(), await viewer.ReadAnswerAsync() };
        Assert.Equal([(FrameType.Headers, false), (FrameType.Data, false), (FrameType.Data, true)], frames.Select(static frame => (frame.Type, frame.EndsStream)));
        Assert.Equal([(":status", "200"), ("x-a", "b"), ("content-length", "10"), ("date", "Fri, 07 Aug 2026 12:00:00 GMT")], viewer.Fields(frames[0].Payload));
    }

    [Fact]
    public async Task A_flush_sends_what_waits_and_a_body_that_pauses_ends_with_an_empty_frame()
    {
        var gate = new TaskCompletionSource();
        await using var viewer = await FrameViewer.ConnectAsync(async exchange =>
        {
            await exchange.StartAsync(Head(200), null, exchange.Aborted);
            await exchange.WriteAsync("event"u8.ToArray(), exchange.Aborted);
            await exchange.FlushAsync(exchange.Aborted);
            await gate.Task;
        });
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        Assert.Equal(FrameType.Headers, (await viewer.ReadAnswerAsync()).Type);
        Assert.Equal(("event", false), (await viewer.ReadAnswerAsync()) is var data ? (data.Text, data.EndsStream) : default);
        gate.SetResult();
        Assert.Equal((FrameType.Data, "", true), (await viewer.ReadAnswerAsync()) is var end ? (end.Type, end.Text, end.EndsStream) : default);
    }

    [Theory]
    [InlineData("HEAD", 200, 5L, "5")]
    [InlineData("GET", 304, 5L, "5")]
    [InlineData("GET", 204, null, null)]
    [InlineData("GET", 200, 0L, "0")]
    public async Task An_answer_without_a_body_ends_with_its_head(string method, int status, long? length, string? told)
    {
        await using var viewer = await FrameViewer.ConnectAsync(exchange => exchange.StartAsync(Head(status), length, exchange.Aborted));
        await viewer.SendHeadAsync(1, FrameViewer.Head(method));
        var head = await viewer.ReadAnswerAsync();
        Assert.True(head.EndsStream);
        Assert.Equal(told, viewer.Fields(head.Payload).Where(static field => field.Name == "content-length").Select(static field => field.Value).SingleOrDefault());
    }

    [Fact]
    public async Task Interim_answers_come_before_the_final_one_section_8_1()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange =>
        {
            await exchange.SendInterimAsync(Head(103, ("Link", "</a.css>")), exchange.Aborted);
            await exchange.SendInterimAsync(Head(100), exchange.Aborted);
            await exchange.StartAsync(Head(200), 0, exchange.Aborted);
            await exchange.SendInterimAsync(Head(103), exchange.Aborted); // too late
        });
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        var answer = await viewer.ReadAnswerAsync(1);
        Assert.Equal(["103", "100", "200"], answer.Heads.Select(static head => head[0].Value));
        Assert.Equal([(":status", "103"), ("link", "</a.css>")], answer.Heads[0]);
    }

    [Fact]
    public async Task Trailers_go_both_ways_section_8_1()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange =>
        {
            var body = await ReadAsync(exchange);
            await exchange.StartAsync(Head(200), null, exchange.Aborted);
            await exchange.WriteAsync(Encoding.Latin1.GetBytes(body), exchange.Aborted);
            exchange.SendTrailers(exchange.RequestTrailers!);
        });
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        await viewer.SendDataAsync(1, "ping", endsStream: false);
        await viewer.SendHeadAsync(1, [("grpc-status", "0"), ("x-a", "b")]);
        var answer = await viewer.ReadAnswerAsync(1);
        Assert.Equal(("ping", true), (answer.Text, answer.IsWhole));
        Assert.Equal([("grpc-status", "0"), ("x-a", "b")], answer.Heads[1]);
    }

    [Fact]
    public async Task An_answer_of_trailers_alone_is_one_frame_as_gRPC_wants_it()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static exchange => exchange.StartAsync(Head(200, ("grpc-status", "5")), null, exchange.Aborted));
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"));
        var frame = await viewer.ReadAnswerAsync();
        Assert.Equal((FrameType.Headers, true), (frame.Type, frame.EndsStream));
    }

    [Fact]
    public async Task Both_sides_may_speak_at_the_same_time()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange =>
        {
            await exchange.StartAsync(Head(200), null, exchange.Aborted);
            while (await exchange.ReadBodyAsync(exchange.Aborted) is { IsEmpty: false } bytes)
            {
                await exchange.WriteAsync(bytes, exchange.Aborted);
                await exchange.FlushAsync(exchange.Aborted);
            }
        });
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        foreach (var word in new[] { "one", "two", "three" })
        {
            await viewer.SendDataAsync(1, word, endsStream: false);
            Assert.Equal(word, (await viewer.ReadUntilAsync(static frame => frame.Type is FrameType.Data)).Text);
        }

        await viewer.SendDataAsync(1, "");
        Assert.True((await viewer.ReadAnswerAsync()).EndsStream);
    }

    [Fact]
    public async Task An_answer_given_before_the_request_has_come_ends_it_without_an_error_section_8_1()
    {
        await using var viewer = await FrameViewer.ConnectAsync(EmptyAsync);
        await viewer.SendHeadAsync(1, FrameViewer.Head("POST"), endsStream: false);
        Assert.True((await viewer.ReadAnswerAsync()).EndsStream);
        var reset = await viewer.ReadAnswerAsync();
        Assert.Equal((FrameType.ResetStream, ErrorCode.NoError), (reset.Type, reset.Error));
        await viewer.SendDataAsync(1, "on its way");
        await viewer.SendHeadAsync(3, FrameViewer.Get());
        Assert.True((await viewer.ReadAnswerAsync(3)).IsWhole);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_reset_and_other_streams_go_on_section_5_4_2()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange =>
        {
            if (exchange.Request.TargetText != "/a")
            {
                await EmptyAsync(exchange);
                return;
            }

            await exchange.StartAsync(Head(200), 10, exchange.Aborted);
            await exchange.WriteAsync("half"u8.ToArray(), exchange.Aborted);
            await exchange.FlushAsync(exchange.Aborted);
            exchange.Abort();
            Assert.True(exchange.Aborted.IsCancellationRequested);
            await Assert.ThrowsAsync<ViewerGoneException>(async () => await exchange.WriteAsync("more"u8.ToArray(), CancellationToken.None));
        });
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        var answer = await viewer.ReadAnswerAsync(1);
        Assert.Equal(ErrorCode.InternalError, answer.Reset);
        await viewer.SendHeadAsync(3, FrameViewer.Get("/b"));
        Assert.True((await viewer.ReadAnswerAsync(3)).IsWhole);
    }

    [Fact]
    public async Task An_answer_shorter_than_told_is_no_whole_one_section_8_1_1()
    {
        await using var viewer = await FrameViewer.ConnectAsync(static async exchange =>
        {
            await exchange.StartAsync(Head(200), 10, exchange.Aborted);
            await exchange.WriteAsync("half"u8.ToArray(), exchange.Aborted);
        });
        await viewer.SendHeadAsync(1, FrameViewer.Get());
        Assert.Equal(ErrorCode.InternalError, (await viewer.ReadAnswerAsync(1)).Reset);
    }

    [Fact]
    public async Task All_answers_of_one_read_go_out_in_one_send()
    {
        var prepared = new PreparedHead(Head(200), 1_024);
        var body = new ReadOnlySequence<byte>(Pattern(1_024));
        await using var viewer = await FrameViewer.ConnectAsync(exchange => exchange.RespondAsync(prepared, new HeaderList(), body));
        await viewer.ReadSoFarAsync();
        var sends = viewer.Connection.Sends.Count;
        var block = Frame.Block(FrameViewer.Get());
        await viewer.SendAsync(Enumerable.Range(0, 32).SelectMany(i => Frame.Of(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, (2 * i) + 1, block)).ToArray());
        for (var i = 0; i < 32; i++)
        {
            Assert.True((await viewer.ReadAnswerAsync((2 * i) + 1)).IsWhole);
        }

        Assert.Equal(sends + 1, viewer.Connection.Sends.Count);
    }

    [Fact]
    public async Task A_handler_may_answer_from_another_thread()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var prepared = new PreparedHead(Head(200), 5);
        await using var viewer = await FrameViewer.ConnectAsync(async exchange =>
        {
            await gate.Task;
            await exchange.RespondAsync(prepared, new HeaderList(), Bytes("hello"));
        });
        for (var stream = 1; stream < 100; stream += 2)
        {
            await viewer.SendHeadAsync(stream, FrameViewer.Get());
        }

        gate.SetResult();
        var whole = 0;
        await viewer.ReadUntilAsync(frame => frame.EndsStream && ++whole == 50);
    }

    internal static ResponseHead Head(int status, params (string Name, string Value)[] fields)
    {
        var head = new ResponseHead { Status = status };
        foreach (var (name, value) in fields)
        {
            head.Headers.Add(name, value);
        }

        return head;
    }

    internal static ReadOnlySequence<byte> Bytes(string latin1) => new(Encoding.Latin1.GetBytes(latin1));

    internal static byte[] Pattern(int length) => [.. Enumerable.Range(0, length).Select(static i => (byte)(i * 31 >> 3))];

    internal static async ValueTask EmptyAsync(HttpExchange exchange) => await exchange.StartAsync(Head(204), null, CancellationToken.None);

    internal static async Task<string> ReadAsync(HttpExchange exchange)
    {
        var text = new StringBuilder();
        while (await exchange.ReadBodyAsync(CancellationToken.None) is { IsEmpty: false } bytes)
        {
            text.Append(Encoding.Latin1.GetString(bytes.Span));
        }

        return text.ToString();
    }

    private static RequestHead Copy(RequestHead head)
    {
        var copy = new RequestHead { Version = head.Version, IsHttps = head.IsHttps, Host = head.Host };
        copy.SetMethod(head.MethodToken);
        copy.SetTarget(head.Target);
        head.Headers.CopyTo(copy.Headers);
        return copy;
    }

    /// <summary>Bodies lie in blocks, as the cache has them.</summary>
    private static ReadOnlySequence<byte> Segments(byte[] bytes)
    {
        const int SegmentBytes = 5_000;
        var first = new Segment(default, 0);
        var last = first;
        for (var at = 0; at < bytes.Length; at += SegmentBytes)
        {
            last = last.Append(bytes.AsMemory(at, Math.Min(SegmentBytes, bytes.Length - at)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long at) => (Memory, RunningIndex) = (memory, at);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
