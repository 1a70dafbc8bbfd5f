// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;

namespace Frontier.Protocols.Http;

/// <summary>What a Range header asks of a body (RFC 9110, section 14.2).</summary>
public enum RangeVerdict
{
    /// <summary>No Range header, an unknown unit, or one that is to be ignored: the whole body with 200.</summary>
    Ignored,

    /// <summary>One range to be answered with 206.</summary>
    Satisfiable,

    /// <summary>A range that begins behind the body: 416.</summary>
    Unsatisfiable,

    /// <summary>Several valid ranges.</summary>
    Multiple,
}

/// <summary>Reads Range headers. Anything malformed is ignored, as a server may (RFC 9110, section 14.2).</summary>
public static class RangeHeader
{
    /// <summary>Decides on a Range header for a body of <paramref name="bodyLength"/> bytes.</summary>
    public static RangeVerdict Resolve(ReadOnlySpan<byte> value, long bodyLength, out ByteRange range)
    {
        range = default;
        if (!TryParse(value, out var first, out var last, out var several))
        {
            return RangeVerdict.Ignored;
        }

        if (several)
        {
            return RangeVerdict.Multiple;
        }

        if (first < 0)
        {
            var suffix = Math.Min(last, bodyLength);
            range = new ByteRange(bodyLength - suffix, bodyLength - 1);
            return suffix == 0 ? RangeVerdict.Unsatisfiable : RangeVerdict.Satisfiable;
        }

        range = new ByteRange(first, Math.Min(last, bodyLength - 1));
        return first >= bodyLength ? RangeVerdict.Unsatisfiable : RangeVerdict.Satisfiable;
    }

    /// <summary>
    /// Reads the first range: <paramref name="first"/> is -1 for a suffix range of <paramref name="last"/> bytes, and
    /// <paramref name="last"/> is <see cref="long.MaxValue"/> for an open end. False when any part is malformed.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out long first, out long last, out bool several)
    {
        first = last = 0;
        several = false;
        if (value.Length < 6 || !System.Text.Ascii.EqualsIgnoreCase(value[..6], "bytes="u8))
        {
            return false;
        }

        var rest = value[6..];
        var seen = 0;
        while (true)
        {
            var comma = rest.IndexOf((byte)',');
            var part = (comma < 0 ? rest : rest[..comma]).Trim(" \t"u8);
            if (!part.IsEmpty)
            {
                if (!TryParseOne(part, out var partFirst, out var partLast))
                {
                    return false;
                }

                if (seen++ == 0)
                {
                    (first, last) = (partFirst, partLast);
                }
            }

            if (comma < 0)
            {
                several = seen > 1;
                return seen > 0;
            }

            rest = rest[(comma + 1)..];
        }
    }

    private static bool TryParseOne(ReadOnlySpan<byte> part, out long first, out long last)
    {
        first = -1;
        last = long.MaxValue;
        var dash = part.IndexOf((byte)'-');
        if (dash < 0 || part.Length == 1)
        {
            return false;
        }

        if (dash > 0 && !TryParseNumber(part[..dash], out first))
        {
            return false;
        }

        if (dash < part.Length - 1 && !TryParseNumber(part[(dash + 1)..], out last))
        {
            return false;
        }

        return first <= last;
    }

    private static bool TryParseNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        return !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && Utf8Parser.TryParse(digits, out number, out var used) && used == digits.Length;
    }
}
