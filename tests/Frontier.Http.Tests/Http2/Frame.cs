// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Text;
using Frontier.Http.Http2;

namespace Frontier.Http.Tests.Http2;

/// <summary>A frame as the viewer got it.</summary>
internal sealed record Frame(FrameType Type, FrameFlags Flags, int StreamId, byte[] Payload)
{
    public bool EndsStream => Type is FrameType.Data or FrameType.Headers && (Flags & FrameFlags.EndStream) != 0;

    /// <summary>Of RST_STREAM and GOAWAY.</summary>
    public ErrorCode Error => (ErrorCode)Number(Type is FrameType.GoAway ? 4 : 0);

    public string Text => Encoding.Latin1.GetString(Payload);

    /// <summary>31 bits of the payload.</summary>
    public int Number(int at = 0) => BinaryPrimitives.ReadInt32BigEndian(Payload.AsSpan(at)) & int.MaxValue;

    public static byte[] Of(FrameType type, FrameFlags flags, int streamId, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[FrameHeader.Bytes + payload.Length];
        new FrameHeader(payload.Length, type, flags, streamId).Write(bytes);
        payload.CopyTo(bytes.AsSpan(FrameHeader.Bytes));
        return bytes;
    }

    /// <summary>The fields, each a literal that no table is needed for (RFC 7541, section 6.2.2).</summary>
    public static byte[] Block(IEnumerable<(string Name, string Value)> fields) => [.. fields.SelectMany(static field => (byte[])[0, .. Literal(field.Name), .. Literal(field.Value)])];

    private static byte[] Literal(string latin1)
    {
        List<byte> literal = [];
        var rest = latin1.Length - 127;
        literal.Add((byte)Math.Min(latin1.Length, 127));
        for (; rest >= 128; rest >>= 7)
        {
            literal.Add((byte)(rest | 128));
        }

        if (latin1.Length >= 127)
        {
            literal.Add((byte)rest);
        }

        return [.. literal, .. Encoding.Latin1.GetBytes(latin1)];
    }
}
