// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Wire;

/// <summary>Names in wire form: labels with their lengths before them, and the root's zero at the end (RFC 1035 §3.1).</summary>
internal static class WireName
{
    /// <summary>In bytes, with all lengths and the root (RFC 1035 §2.3.4).</summary>
    public const int MaxLength = 255;

    public const int MaxLabelLength = 63;

    /// <summary>Labels of one byte each.</summary>
    public const int MaxLabels = 127;

    /// <summary>The two highest bits of a length: the other 14 point to where the name goes on (RFC 1035 §4.1.4).</summary>
    public const byte PointerMark = 0xC0;

    /// <summary>No pointer leads further.</summary>
    public const int MaxPointer = 0x3FFF;

    public static int Labels(ReadOnlySpan<byte> name)
    {
        var labels = 0;
        for (var at = 0; name[at] != 0; at += name[at] + 1)
        {
            labels++;
        }

        return labels;
    }

    /// <summary>The name above; of the root there is none.</summary>
    public static ReadOnlySpan<byte> Parent(ReadOnlySpan<byte> name) => name[(name[0] + 1)..];

    /// <summary>Whether a name is another one or lies below it. Both in lower case.</summary>
    public static bool IsWithin(ReadOnlySpan<byte> name, ReadOnlySpan<byte> above)
    {
        while (name.Length > above.Length)
        {
            name = Parent(name);
        }

        return name.SequenceEqual(above);
    }

    public static bool IsWildcard(ReadOnlySpan<byte> name) => name is [1, (byte)'*', ..];

    /// <summary>Lengths are below 64, so that letters alone are changed.</summary>
    public static void ToLower(ReadOnlySpan<byte> name, Span<byte> destination)
    {
        for (var at = 0; at < name.Length; at++)
        {
            var octet = name[at];
            destination[at] = (uint)(octet - 'A') <= 'Z' - 'A' ? (byte)(octet | 0x20) : octet;
        }
    }

    public static byte[] ToLower(ReadOnlySpan<byte> name)
    {
        var lower = new byte[name.Length];
        ToLower(name, lower);
        return lower;
    }

    /// <summary>How long the uncompressed name at the beginning is; 0 where there is none.</summary>
    public static int LengthOf(ReadOnlySpan<byte> source)
    {
        for (var at = 0; at < source.Length && at < MaxLength && source[at] <= MaxLabelLength; at += source[at] + 1)
        {
            if (source[at] == 0)
            {
                return at + 1;
            }
        }

        return 0;
    }

    /// <summary>
    /// Reads a name that may be compressed. Pointers lead strictly backwards, before everything read so far, so that there are no loops.
    /// </summary>
    /// <param name="at">Moved behind the name where it stands.</param>
    /// <param name="destination">Of <see cref="MaxLength"/> bytes; the name as it was sent, uncompressed.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int at, Span<byte> destination, out int length)
    {
        length = 0;
        int from = at, floor = at;
        var hasJumped = false;
        while (from < message.Length)
        {
            int octet = message[from];
            if (octet >= PointerMark)
            {
                if (from + 1 >= message.Length)
                {
                    return false;
                }

                var target = ((octet & ~PointerMark) << 8) | message[from + 1];
                at = hasJumped ? at : from + 2;
                if (target >= floor)
                {
                    return false;
                }

                (from, floor, hasJumped) = (target, target, true);
                continue;
            }

            if (octet > MaxLabelLength || from + octet >= message.Length || length + octet + 1 > MaxLength || (octet != 0 && length + octet + 2 > MaxLength))
            {
                return false;
            }

            message.Slice(from, octet + 1).CopyTo(destination[length..]);
            length += octet + 1;
            from += octet + 1;
            if (octet == 0)
            {
                at = hasJumped ? at : from;
                return true;
            }
        }

        return false;
    }
}
