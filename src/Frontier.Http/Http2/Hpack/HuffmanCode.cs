// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2.Hpack;

/// <summary>
/// The code of RFC 7541, appendix B. It is canonical: codes of one length follow each other in the order of their symbols, the
/// first of a length follows the last of the length before. So the lengths say it all.
/// </summary>
internal static class HuffmanCode
{
    /// <summary>The most bytes that a run of encoded ones stands for: no code is shorter than five bits.</summary>
    public static int MaxDecodedBytes(int encoded) => (int)((long)encoded * 8 / MinBits);

    private const int MinBits = 5;
    private const int MaxBits = 30;
    private const int EndOfString = 256;

    /// <summary>Most text is made of codes no longer than this; they are found in one step.</summary>
    private const int DirectBits = 10;

    private static ReadOnlySpan<byte> Lengths =>
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        MaxBits,
    ];

    /// <summary>The code of each symbol, and its bits beside it.</summary>
    private static readonly (uint Code, byte Bits)[] Codes = new (uint, byte)[EndOfString + 1];

    /// <summary>Symbols in the order of their codes.</summary>
    private static readonly ushort[] Symbols = new ushort[EndOfString + 1];

    /// <summary>For each length its first code, and where that code's symbol stands in <see cref="Symbols"/>.</summary>
    private static readonly (uint Code, int At, int Count)[] OfLength = new (uint, int, int)[MaxBits + 1];

    /// <summary>For every beginning of <see cref="DirectBits"/> bits: symbol and bits of the code in it; 0 bits when the code is longer.</summary>
    private static readonly (byte Symbol, byte Bits)[] Direct = new (byte, byte)[1 << DirectBits];

    static HuffmanCode()
    {
        var code = 0u;
        var at = 0;
        for (var bits = MinBits; bits <= MaxBits; bits++)
        {
            code <<= 1;
            var first = (Code: code, At: at);
            for (var symbol = 0; symbol <= EndOfString; symbol++)
            {
                if (Lengths[symbol] == bits)
                {
                    Codes[symbol] = (code++, (byte)bits);
                    Symbols[at++] = (ushort)symbol;
                }
            }

            OfLength[bits] = (first.Code, first.At, at - first.At);
        }

        for (var symbol = 0; symbol < EndOfString; symbol++)
        {
            var (start, bits) = Codes[symbol];
            if (bits <= DirectBits)
            {
                Direct.AsSpan((int)(start << (DirectBits - bits)), 1 << (DirectBits - bits)).Fill(((byte)symbol, bits));
            }
        }
    }

    /// <summary>The length of <see cref="Encode"/>'s output.</summary>
    public static int EncodedBytes(ReadOnlySpan<byte> text)
    {
        var bits = 0L;
        foreach (var symbol in text)
        {
            bits += Lengths[symbol];
        }

        return (int)((bits + 7) / 8);
    }

    public static void Encode(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var gathered = 0ul;
        var held = 0;
        var at = 0;
        foreach (var symbol in text)
        {
            var (code, bits) = Codes[symbol];
            gathered = (gathered << bits) | code;
            for (held += bits; held >= 8; held -= 8)
            {
                destination[at++] = (byte)(gathered >> (held - 8));
            }
        }

        if (held > 0)
        {
            // Padded by the beginning of the code that ends strings, which is all ones (RFC 7541, section 5.2).
            destination[at] = (byte)((gathered << (8 - held)) | (0xFFu >> held));
        }
    }

    /// <summary>
    /// False when the text has the code that ends strings in it, or is padded by more than seven bits or by others than that
    /// code's first (RFC 7541, section 5.2). The destination has room for <see cref="MaxDecodedBytes"/>.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> destination, out int written)
    {
        written = 0;
        var gathered = 0ul; // the bits not used yet, at the upper end
        var held = 0;
        var at = 0;
        while (true)
        {
            while (held <= 56 && at < encoded.Length)
            {
                gathered |= (ulong)encoded[at++] << (56 - held);
                held += 8;
            }

            var (symbol, bits) = Direct[gathered >> (64 - DirectBits)];
            if (bits == 0 || bits > held)
            {
                if (held < 8 && IsPadding(gathered, held))
                {
                    return true;
                }

                if (!TryLong(gathered, held, out symbol, out bits))
                {
                    return false;
                }
            }

            destination[written++] = symbol;
            gathered <<= bits;
            held -= bits;
        }
    }

    private static bool IsPadding(ulong gathered, int held) => gathered == ~(ulong.MaxValue >> held);

    private static bool TryLong(ulong gathered, int held, out byte symbol, out byte bits)
    {
        symbol = 0;
        for (bits = DirectBits + 1; bits <= Math.Min(MaxBits, held); bits++)
        {
            var (first, at, count) = OfLength[bits];
            var offset = (uint)(gathered >> (64 - bits)) - first;
            if (offset < count)
            {
                var found = Symbols[at + (int)offset];
                symbol = (byte)found;
                return found != EndOfString;
            }
        }

        return false;
    }
}
