// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Frontier.Http.Http2;
using Frontier.Http.Http2.Hpack;
using Frontier.Testing;

namespace Frontier.Http.Tests.Http2;

/// <summary>A viewer that writes and reads HTTP/2 frame by frame, and the server's end of its connection. Every wait is bounded.</summary>
internal sealed class FrameViewer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Task _running;
    private readonly HpackDecoder _decoder = new(4096);
    private readonly SemaphoreSlim _sending = new(1);
    private bool _hasEnded;

    private FrameViewer(MemoryConnection connection, IExchangeHandler handler, HttpServerLimits limits, BodySpace? bodies)
    {
        Clock = new ServerClock(Time);
        Connection = connection;
        Server = new Http2Connection(connection, handler, limits, Clock) { Bodies = bodies };
        _running = Server.RunAsync();
    }

    public ManualTimeProvider Time { get; } = new();

    public ServerClock Clock { get; }

    public MemoryConnection Connection { get; }

    public Http2Connection Server { get; }

    /// <summary>The server's end of the connection is over.</summary>
    public Task Over => _running.WaitAsync(Patience);

    public bool IsOver => _running.IsCompleted;

    public static FrameViewer Raw(IExchangeHandler handler, HttpServerLimits? limits = null, MemoryConnection? connection = null, BodySpace? bodies = null) =>
        new(connection ?? new MemoryConnection(), handler, limits ?? new HttpServerLimits(), bodies);

    /// <summary>Has said preface and settings, and read the server's.</summary>
    /// <param name="settings">Identifiers and values.</param>
    public static async Task<FrameViewer> ConnectAsync(IExchangeHandler handler, HttpServerLimits? limits = null, MemoryConnection? connection = null, BodySpace? bodies = null, params (int Id, uint Value)[] settings)
    {
        var viewer = Raw(handler, limits, connection, bodies);
        await viewer.SendAsync((byte[])[.. Preface, .. Settings(settings)]);
        await viewer.ReadUntilAsync(static frame => frame.Type is FrameType.Settings && frame.Flags is FrameFlags.Acknowledged);
        return viewer;
    }

    public static Task<FrameViewer> ConnectAsync(Func<HttpExchange, ValueTask> answer, params (int Id, uint Value)[] settings) => ConnectAsync(new AnsweringHandler(answer), settings: settings);

    public static byte[] Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    public static byte[] Settings(params (int Id, uint Value)[] settings)
    {
        var payload = new byte[6 * settings.Length];
        for (var i = 0; i < settings.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(6 * i), (ushort)settings[i].Id);
            BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan((6 * i) + 2), settings[i].Value);
        }

        return Frame.Of(FrameType.Settings, FrameFlags.None, 0, payload);
    }

    public static (string Name, string Value)[] Get(string path = "/a") => Head("GET", path);

    public static (string Name, string Value)[] Head(string method, string path = "/a") => [(":method", method), (":scheme", "http"), (":authority", "a.example"), (":path", path)];

    public static byte[] Number(uint number)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(payload, number);
        return payload;
    }

    /// <summary>Nothing is sent once the viewer has ended its side.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _sending.WaitAsync();
        try
        {
            if (!_hasEnded)
            {
                Connection.SentBytes += bytes.Length;
                await Connection.ViewerOut.WriteAsync(bytes);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    public Task SendAsync(FrameType type, int streamId, ReadOnlySpan<byte> payload, FrameFlags flags = FrameFlags.None) => SendAsync(Frame.Of(type, flags, streamId, payload));

    public Task SendHeadAsync(int streamId, IEnumerable<(string Name, string Value)> fields, bool endsStream = true) =>
        SendAsync(FrameType.Headers, streamId, Frame.Block(fields), FrameFlags.EndHeaders | (endsStream ? FrameFlags.EndStream : 0));

    public Task SendDataAsync(int streamId, string latin1, bool endsStream = true) =>
        SendAsync(FrameType.Data, streamId, Encoding.Latin1.GetBytes(latin1), endsStream ? FrameFlags.EndStream : FrameFlags.None);

    public Task OpenWindowAsync(int streamId, int bytes) => SendAsync(FrameType.WindowUpdate, streamId, Number((uint)bytes));

    public Task ResetAsync(int streamId, ErrorCode code = ErrorCode.Cancel) => SendAsync(FrameType.ResetStream, streamId, Number((uint)code));

    public async Task EndAsync()
    {
        await _sending.WaitAsync();
        _hasEnded = true;
        await Connection.ViewerOut.CompleteAsync();
        _sending.Release();
    }

    /// <summary>Null at the end of the connection.</summary>
    public async Task<Frame?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var result = await Connection.ViewerIn.ReadAsync(patience.Token);
            var buffer = result.Buffer;
            if (buffer.Length >= FrameHeader.Bytes)
            {
                var header = FrameHeader.Read(buffer.Slice(0, FrameHeader.Bytes).ToArray());
                if (buffer.Length >= FrameHeader.Bytes + header.Length)
                {
                    var payload = buffer.Slice(FrameHeader.Bytes, header.Length);
                    var frame = new Frame(header.Type, header.Flags, header.StreamId, payload.ToArray());
                    Connection.ViewerIn.AdvanceTo(payload.End);
                    return frame;
                }
            }

            if (result.IsCompleted)
            {
                return null;
            }

            Connection.ViewerIn.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    public async Task<Frame> ReadUntilAsync(Func<Frame, bool> isIt)
    {
        while (true)
        {
            var frame = await ReadAsync();
            Assert.True(frame is not null, "The connection has ended.");
            if (isIt(frame))
            {
                return frame;
            }
        }
    }

    /// <summary>The next frame that is neither settings nor windows.</summary>
    public Task<Frame> ReadAnswerAsync() => ReadUntilAsync(static frame => frame.Type is not (FrameType.Settings or FrameType.WindowUpdate));

    /// <summary>The GOAWAY that ends the connection, behind which nothing comes.</summary>
    public async Task<ErrorCode> ReadGoAwayAsync(int? lastStream = null)
    {
        var goAway = await ReadUntilAsync(static frame => frame.Type is FrameType.GoAway);
        Assert.Equal(0, goAway.StreamId);
        Assert.Null(await ReadAsync());
        if (lastStream is { } last)
        {
            Assert.Equal(last, goAway.Number());
        }

        await EndAsync();
        await Over;
        return goAway.Error;
    }

    public async Task<ErrorCode> ReadResetAsync(int streamId) => (await ReadUntilAsync(frame => frame.Type is FrameType.ResetStream && frame.StreamId == streamId)).Error;

    /// <summary>
    /// What the server has to say for now. A PING is answered before the data that the frames before it let go, when both are
    /// read at once; one sent after that answer finds that data in the buffer or behind it; and so does the next a second buffer.
    /// </summary>
    public async Task<List<Frame>> ReadSoFarAsync()
    {
        List<Frame> frames = [];
        for (byte i = 0; i < 3; i++)
        {
            byte[] mark = [i, 1, 2, 3, 4, 5, 6, 7];
            await SendAsync(FrameType.Ping, 0, mark);
            while (await ReadUntilAsync(static _ => true) is var frame && !(frame.Type is FrameType.Ping && frame.Payload.AsSpan().SequenceEqual(mark)))
            {
                frames.Add(frame);
            }
        }

        return frames;
    }

    /// <summary>Waits until the server has taken all that was sent.</summary>
    public Task TakenAsync() => Eventually.IsTrueAsync(() => Connection.IsDrained);

    /// <summary>The whole answer on this stream, and how it ended.</summary>
    public async Task<StreamAnswer> ReadAnswerAsync(int streamId)
    {
        var answer = new StreamAnswer();
        while (await ReadAsync() is { } frame)
        {
            if (frame.Type is FrameType.GoAway)
            {
                answer.GoAway = frame.Error;
            }

            if (frame.StreamId != streamId)
            {
                continue;
            }

            switch (frame.Type)
            {
                case FrameType.Headers:
                    answer.Heads.Add(Fields(frame.Payload));
                    break;
                case FrameType.Data:
                    answer.Body.AddRange(frame.Payload);
                    break;
                case FrameType.ResetStream:
                    answer.Reset = frame.Error;
                    return answer;
            }

            if (frame.EndsStream)
            {
                answer.IsWhole = true;
                return answer;
            }
        }

        return answer;
    }

    public List<(string Name, string Value)> Fields(ReadOnlySpan<byte> block)
    {
        var sink = new ListSink();
        Assert.True(_decoder.TryDecode(block, sink));
        return sink.Fields;
    }

    /// <summary>Lets a second go by for the server.</summary>
    public void Pass(int seconds = 1)
    {
        for (var i = 0; i < seconds; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Clock.Update();
            Server.Sweep();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Connection.Abort();
        await _running.WaitAsync(Patience).ContinueWith(static _ => { }, TaskScheduler.Default);
        _sending.Dispose();
    }
}
