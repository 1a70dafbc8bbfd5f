// SPDX-License-Identifier: Apache-2.0

using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Frontier.Usage.AccessLogs;

/// <summary>
/// Log lines on their way from the one thread that records them to the one task that writes them, in a ring of bytes. Neither
/// waits for the other: the recorder alone moves the head, the writer alone the tail, and each reads the other's with a
/// volatile read, behind which it finds the bytes complete, or free.
/// </summary>
/// <param name="bytes">Rounded up to a power of two; 0 for a ring that takes nothing.</param>
internal sealed class LineRing(int bytes)
{
    /// <summary>In the place of a length: the rest of the ring is unused, and the next line stands at its beginning.</summary>
    private const int Skip = -1;

    private readonly byte[] _bytes = bytes == 0 ? [] : new byte[BitOperations.RoundUpToPowerOf2((uint)bytes)];
    private readonly StandardLogLine _line = new();
    private long _head;
    private long _tail;

    /// <summary>To the recorder; the writer may have made it smaller meanwhile.</summary>
    public bool IsHalfFull => _head - Volatile.Read(ref _tail) > _bytes.Length / 2;

    /// <summary>To the writer; there may be more meanwhile.</summary>
    public bool IsEmpty => _tail == Volatile.Read(ref _head);

    /// <summary>Adds the record's line. False when there is no room for it. For the recorder.</summary>
    public bool TryAppend(RequestRecord record)
    {
        var free = _bytes.Length - (int)(_head - Volatile.Read(ref _tail));
        var offset = Offset(_head);
        var toEnd = _bytes.Length - offset;
        if (TryWrite(record, _bytes.AsSpan(offset, Math.Min(free, toEnd)), out var length))
        {
            Volatile.Write(ref _head, _head + length);
            return true;
        }

        // No line goes around the end: it is written, and read, in one run.
        if (free > toEnd && TryWrite(record, _bytes.AsSpan(0, free - toEnd), out length))
        {
            MemoryMarshal.Write(_bytes.AsSpan(offset), new Frame(Skip, 0, 0));
            Volatile.Write(ref _head, _head + toEnd + length);
            return true;
        }

        return false;
    }

    /// <summary>Hands what is there to the files. Returns the number of lines lost. For the writer.</summary>
    public int DrainTo(AccessLogFiles files)
    {
        var lost = 0;
        for (var head = Volatile.Read(ref _head); _tail < head;)
        {
            var offset = Offset(_tail);
            var frame = MemoryMarshal.Read<Frame>(_bytes.AsSpan(offset));
            if (frame.LineLength == Skip)
            {
                Volatile.Write(ref _tail, _tail + _bytes.Length - offset);
                continue;
            }

            var text = _bytes.AsSpan(offset + Frame.Bytes, frame.IdLength + frame.LineLength);
            lost += files.Append(text[..frame.IdLength], frame.Hour, text[frame.IdLength..]);
            Volatile.Write(ref _tail, _tail + Frame.Whole(text.Length));
        }

        return lost;
    }

    private int Offset(long position) => (int)(position & (_bytes.Length - 1));

    /// <param name="length">Bytes taken, the frame included.</param>
    private bool TryWrite(RequestRecord record, Span<byte> free, out int length)
    {
        var id = record.DistributionId;
        length = 0;
        if (free.Length < Frame.Bytes + id.Length || !_line.TryWrite(record, free[(Frame.Bytes + id.Length)..], out var line))
        {
            return false;
        }

        Encoding.Latin1.GetBytes(id, free[Frame.Bytes..]);
        MemoryMarshal.Write(free, new Frame(line, id.Length, record.EndedAt.UtcTicks / TimeSpan.TicksPerHour));
        length = Frame.Whole(id.Length + line);
        return true;
    }

    /// <summary>Before each line: its length, that of the distribution's id in front of it, and its hour, counted from the year 1.</summary>
    private readonly record struct Frame(int LineLength, int IdLength, long Hour)
    {
        public const int Bytes = 16;

        /// <summary>With the frame, and so that the next one has room for itself at the end of the ring as well.</summary>
        public static int Whole(int length) => (Bytes + length + Bytes - 1) & -Bytes;
    }
}
