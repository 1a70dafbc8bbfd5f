// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
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

    private static readonly bool[] IsEncoded = [.. Enumerable.Range(0, 256).Select(static value => Encoded.Contains((byte)value))];

    private static ReadOnlySpan<byte> Hex => "0123456789ABCDEF"u8;

    private readonly int _capacity = destination.Length;
    private Span<byte> _free = destination;

    public readonly int Length => _capacity - _free.Length;

    public bool IsFull { get; private set; }

    /// <summary>As it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // what is constant is then stored, not copied
    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.TryCopyTo(_free))
        {
            _free = _free[bytes.Length..];
        }
        else
        {
            IsFull = true;
        }
    }

    /// <summary>An empty field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Nothing() => Raw("\t-"u8);

    /// <summary>What never has anything to be encoded.</summary>
    public void Plain(scoped ReadOnlySpan<byte> value)
    {
        Tab();
        Raw(value);
    }

    /// <summary>ASCII that never has anything to be encoded.</summary>
    public void Plain(string? value)
    {
        if (value is null)
        {
            Nothing();
            return;
        }

        Tab();
        if (Ascii.FromUtf16(value, _free, out var narrowed) is OperationStatus.Done)
        {
            _free = _free[narrowed..];
        }
        else
        {
            IsFull = true;
        }
    }

    public void Field(scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            Nothing();
            return;
        }

        Tab();
        Encode(value);
    }

    /// <summary>Text of one byte a character, as header fields are.</summary>
    public void Field(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Nothing();
            return;
        }

        Tab();
        if (value.Length > _free.Length)
        {
            IsFull = true;
            return;
        }

        // Most have nothing to be encoded: narrowed where they are to stand, they need no second look.
        Ascii.FromUtf16(value, _free, out var narrowed);
        var clean = _free[..narrowed].IndexOfAny(Encoded) is >= 0 and var first ? first : narrowed;
        _free = _free[clean..];
        foreach (var character in value.AsSpan(clean))
        {
            EncodeEach([(byte)character]);
        }
    }

    /// <param name="index">-1 for none.</param>
    public void Field(HeaderList headers, int index) => Field(index < 0 ? default : headers.Value(index));

    /// <summary>All fields of the name that the one given has, as one list (RFC 9110, section 5.3).</summary>
    /// <param name="index">The first of them; -1 for none.</param>
    public void List(HeaderList headers, int index)
    {
        var next = index < 0 ? -1 : headers.IndexOf(headers.Name(index), index + 1);
        if (next < 0)
        {
            Field(headers, index);
            return;
        }

        Tab();
        Encode(headers.Value(index));
        for (; next >= 0; next = headers.IndexOf(headers.Name(index), next + 1))
        {
            Encode(", "u8);
            Encode(headers.Value(next));
        }
    }

    /// <summary>A URL or a query, without the value of a <c>Signature</c>: whoever reads the log could use it until its time is over (§24).</summary>
    public void Url(scoped ReadOnlySpan<byte> value)
    {
        if (value.IndexOf("Signature="u8) < 0)
        {
            Field(value);
            return;
        }

        Tab();
        Conceal(value, "Signature="u8, "?&"u8, "&#"u8);
    }

    /// <summary>All Cookie fields as one list, without what would open signed pages to others.</summary>
    /// <param name="index">The first of them; -1 for none.</param>
    public void Cookies(HeaderList headers, int index)
    {
        if (index < 0 || (headers.Value(index).IsEmpty && headers.IndexOf("cookie"u8, index + 1) < 0))
        {
            Nothing();
            return;
        }

        Tab();
        for (var next = index; next >= 0; next = headers.IndexOf("cookie"u8, next + 1))
        {
            if (next != index)
            {
                Encode(", "u8);
            }

            Conceal(headers.Value(next), "CloudFront-Signature="u8, " ;"u8, "; "u8);
        }
    }

    public void Number(long? value)
    {
        if (value is { } number)
        {
            Tab();
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
        Tab();
        Digits(status, new StandardFormat('D', 3));
    }

    /// <summary>In seconds, to the nearest thousandth.</summary>
    public void Seconds(TimeSpan value)
    {
        Raw(value < TimeSpan.Zero ? "\t-"u8 : "\t"u8);
        var thousandths = (Math.Abs(value.Ticks) + (TimeSpan.TicksPerMillisecond / 2)) / TimeSpan.TicksPerMillisecond;
        var (seconds, rest) = ((long)((ulong)thousandths / 1_000), (int)((ulong)thousandths % 1_000));
        Digits(seconds, default);
        Raw([(byte)'.', (byte)('0' + (rest / 100)), (byte)('0' + (rest / 10 % 10)), (byte)('0' + (rest % 10))]);
    }

    private void Digits(long value, StandardFormat format)
    {
        if (Utf8Formatter.TryFormat(value, _free, out var written, format))
        {
            _free = _free[written..];
        }
        else
        {
            IsFull = true;
        }
    }

    /// <param name="before">One of these stands before a name, or nothing.</param>
    /// <param name="after">One of these ends a value.</param>
    private void Conceal(scoped ReadOnlySpan<byte> value, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> before, scoped ReadOnlySpan<byte> after)
    {
        var from = 0;
        for (var found = value.IndexOf(name); found >= 0; found = value[from..].IndexOf(name))
        {
            var at = from + found;
            var end = at + name.Length;
            Encode(value[from..end]);
            from = end;
            if (at == 0 || before.Contains(value[at - 1]))
            {
                Raw("-"u8);
                from = value[end..].IndexOfAny(after) is >= 0 and var rest ? end + rest : value.Length;
            }
        }

        Encode(value[from..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Tab() => Raw("\t"u8);

    /// <summary>Up to the first byte that is encoded all at once; where there is one, as in the name of a browser, more are near.</summary>
    private void Encode(scoped ReadOnlySpan<byte> value)
    {
        var clean = value.IndexOfAny(Encoded) is >= 0 and var first ? first : value.Length;
        Raw(value[..clean]);
        EncodeEach(value[clean..]);
    }

    private void EncodeEach(scoped ReadOnlySpan<byte> value)
    {
        var free = _free;
        var at = 0;
        foreach (var one in value)
        {
            if (!IsEncoded[one] && at < free.Length)
            {
                free[at++] = one;
            }
            else if (free.Length - at >= 3)
            {
                Escape(one, free.Slice(at, 3));
                at += 3;
            }
            else
            {
                IsFull = true;
                return;
            }
        }

        _free = free[at..];
    }

    private static void Escape(byte value, Span<byte> destination)
    {
        destination[2] = Hex[value & 15];
        destination[1] = Hex[value >> 4];
        destination[0] = (byte)'%';
    }
}
