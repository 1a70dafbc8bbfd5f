// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Harness;

/// <summary>
/// A viewer that writes HTTP/2 frame by frame (RFC 9113), with fields that nothing has looked at: each is a literal with a
/// name of its own (RFC 7541, section 6.2.2). Every wait is bounded.
/// </summary>
internal sealed class Http2Viewer : IDisposable
{
    private const int MaxFrameBytes = 16_384;
    private const byte DataFrame = 0, HeadersFrame = 1, ResetFrame = 3, SettingsFrame = 4, GoAwayFrame = 7, ContinuationFrame = 9;
    private const byte EndStream = 1, Acknowledged = 1, EndHeaders = 4;

    /// <summary>The statuses that have an entry of their own, from entry 8 on (RFC 7541, appendix A).</summary>
    private static readonly int[] IndexedStatuses = [200, 204, 206, 304, 400, 404, 500];

    private readonly SslStream _stream;

    private Http2Viewer(SslStream stream) => _stream = stream;

    /// <param name="change">Another server name, a certificate to show.</param>
    public static async Task<Http2Viewer> ConnectAsync(TestEdge edge, Action<SslClientAuthenticationOptions>? change = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(edge.Server.Https);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        using var handler = TlsViewer.Handler(edge);
        handler.SslOptions.TargetHost = TestEdge.Host;
        handler.SslOptions.ApplicationProtocols = [SslApplicationProtocol.Http2];
        change?.Invoke(handler.SslOptions);
        await stream.AuthenticateAsClientAsync(handler.SslOptions);
        var viewer = new Http2Viewer(stream);
        await viewer.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await viewer.WriteFrameAsync(SettingsFrame, 0, 0, new byte[] { 0, 1, 0, 0, 0, 0 }); // no dynamic table, so that statuses are easy to read
        return viewer;
    }

    /// <summary>Sends a head, or trailers, in as many frames as it takes.</summary>
    public async Task SendFieldsAsync(int stream, IEnumerable<(string Name, string Value)> fields, bool endsStream = true)
    {
        ReadOnlyMemory<byte> block = fields.SelectMany(static field => (byte[])[0, .. Literal(field.Name), .. Literal(field.Value)]).ToArray();
        var type = HeadersFrame;
        do
        {
            var part = block[..Math.Min(block.Length, MaxFrameBytes)];
            block = block[part.Length..];
            var flags = (block.IsEmpty ? EndHeaders : 0) | (type is HeadersFrame && endsStream ? EndStream : 0);
            await WriteFrameAsync(type, (byte)flags, stream, part);
            type = ContinuationFrame;
        }
        while (!block.IsEmpty);
    }

    public Task SendDataAsync(int stream, string latin1, bool endsStream = true) =>
        WriteFrameAsync(DataFrame, endsStream ? EndStream : (byte)0, stream, Encoding.Latin1.GetBytes(latin1));

    /// <summary>The status of the answer on this stream; 0 when the edge ends the stream or the connection without one.</summary>
    public async Task<int> ReadStatusAsync(int stream)
    {
        while (await ReadAsync(9) is { Length: 9 } head)
        {
            var payload = await ReadAsync((head[0] << 16) | (head[1] << 8) | head[2]);
            var of = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5));
            switch (head[3])
            {
                case SettingsFrame when (head[4] & Acknowledged) == 0:
                    await WriteFrameAsync(SettingsFrame, Acknowledged, 0, default);
                    break;
                case HeadersFrame when of == stream:
                    return Status(payload);
                case ResetFrame when of == stream:
                case GoAwayFrame:
                    return 0;
            }
        }

        return 0;
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>The first field of a head, behind an update of the table's size to none.</summary>
    private static int Status(ReadOnlySpan<byte> block)
    {
        var field = block.TrimStart((byte)0x20);
        return field[0] >= 0x80
            ? IndexedStatuses[(field[0] & 0x7F) - 8]
            : int.Parse(field.Slice(field.IndexOf((byte)3) + 1, 3), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>A string with its length, an integer of a prefix of seven bits (RFC 7541, sections 5.1 and 5.2).</summary>
    private static byte[] Literal(string latin1)
    {
        const int Prefix = 127;
        List<byte> literal = [];
        if (latin1.Length < Prefix)
        {
            literal.Add((byte)latin1.Length);
        }
        else
        {
            literal.Add(Prefix);
            var rest = latin1.Length - Prefix;
            for (; rest >= 128; rest >>= 7)
            {
                literal.Add((byte)(rest | 128));
            }

            literal.Add((byte)rest);
        }

        return [.. literal, .. Encoding.Latin1.GetBytes(latin1)];
    }

    private Task WriteFrameAsync(byte type, byte flags, int stream, ReadOnlyMemory<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsMemory(9));
        return WriteAsync(frame);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        using var patience = new CancellationTokenSource(ScriptedOrigin.Patience);
        try
        {
            await _stream.WriteAsync(bytes, patience.Token);
        }
        catch (IOException)
        {
            // Closed by the edge: seen by what can be read.
        }
    }

    /// <summary>Fewer bytes at the end, and none after a reset.</summary>
    private async Task<byte[]> ReadAsync(int count)
    {
        using var patience = new CancellationTokenSource(ScriptedOrigin.Patience);
        var bytes = new byte[count];
        try
        {
            return bytes[..await _stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, patience.Token)];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
