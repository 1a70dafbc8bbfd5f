// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Usage.AccessLogs;

/// <summary>
/// Writes the fields of a log line: a tab before each, a hyphen for what is empty, and percent signs for what would be mistaken
/// (§29.1). Once something has not fitted, <see cref="IsFull"/> stays true and what was written is worth nothing.
/// </summary>
internal ref struct LogFieldWriter(Span<byte> destination)
{
    private static readonly SearchValues<byte> Encoded = SearchValues.Create(
        [.. Enumerable.Range(0, 33).Concat(Enumerable.Range(127, 129)).Select(static value => (byte)value), .. "<>\"#%{}|\\^~[]`'"u8]);

    private readonly Span<byte> _destination = destination;

    public int Length { get; private set; }

    public bool IsFull { get; private set; }

    private readonly Span<byte> Free => _destination[Length..];

    /// <summary>As it is.</summary>
    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.TryCopyTo(Free))
        {
            Length += bytes.Length;
        }
        else
        {
            IsFull = true;
        }
    }

    /// <summary>An empty field.</summary>
    public void Nothing() => Raw("\t-"u8);

    public void Field(scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            Nothing();
            return;
        }

        Raw("\t"u8);
        Encode(value);
    }

    public void Field(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Nothing();
            return;
        }

        Raw("\t"u8);
        Text(value);
    }

    /// <summary>Text of one byte a character, as header fields are; encoded, where it must be, behind what the field has already.</summary>
    public void Text(string value)
    {
        if (value.Length > Free.Length)
        {
            IsFull = true;
            return;
        }

        // Most have nothing to be encoded: narrowed where they are to stand, they need no second look.
        Ascii.FromUtf16(value, Free, out var narrowed);
        var plain = Free[..narrowed].IndexOfAny(Encoded) is >= 0 and var first ? first : narrowed;
        Length += plain;
        foreach (var character in value.AsSpan(plain))
        {
            if (character > 127 || Encoded.Contains((byte)character))
            {
                Escape((byte)character);
            }
            else
            {
                Raw([(byte)character]);
            }
        }
    }

    /// <summary>The first field of this name.</summary>
    public void Field(HeaderList headers, scoped ReadOnlySpan<byte> name)
    {
        headers.TryGet(name, out var value);
        Field(value);
    }

    /// <summary>All fields of this name as one list (RFC 9110, section 5.3).</summary>
    public void List(HeaderList headers, scoped ReadOnlySpan<byte> name)
    {
        var index = headers.IndexOf(name);
        var next = index < 0 ? -1 : headers.IndexOf(name, index + 1);
        if (next < 0)
        {
            Field(index < 0 ? default : headers.Value(index));
            return;
        }

        Raw("\t"u8);
        Encode(headers.Value(index));
        for (; next >= 0; next = headers.IndexOf(name, next + 1))
        {
            Encode(", "u8);
            Encode(headers.Value(next));
        }
    }

    public void Number(long? value)
    {
        if (value is { } number)
        {
            Raw("\t"u8);
            Digits(number, default);
        }
        else
        {
            Nothing();
        }
    }

    /// <summary>Three digits, 000 for none.</summary>
    public void Status(int status)
    {
        Raw("\t"u8);
        Digits(status, new StandardFormat('D', 3));
    }

    /// <summary>In seconds, to the nearest thousandth.</summary>
    public void Seconds(TimeSpan value)
    {
        Raw(value < TimeSpan.Zero ? "\t-"u8 : "\t"u8);
        var thousandths = (Math.Abs(value.Ticks) + (TimeSpan.TicksPerMillisecond / 2)) / TimeSpan.TicksPerMillisecond;
        Digits(thousandths / 1_000, default);
        Raw("."u8);
        Digits(thousandths % 1_000, new StandardFormat('D', 3));
    }

    private void Digits(long value, StandardFormat format)
    {
        if (Utf8Formatter.TryFormat(value, Free, out var written, format))
        {
            Length += written;
        }
        else
        {
            IsFull = true;
        }
    }

    private void Encode(scoped ReadOnlySpan<byte> value)
    {
        while (value.IndexOfAny(Encoded) is >= 0 and var plain)
        {
            Raw(value[..plain]);
            Escape(value[plain]);
            value = value[(plain + 1)..];
        }

        Raw(value);
    }

    private void Escape(byte value) => Raw([(byte)'%', "0123456789ABCDEF"u8[value >> 4], "0123456789ABCDEF"u8[value & 15]]);
}
