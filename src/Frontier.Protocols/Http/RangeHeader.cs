// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

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

    /// <summary>Several ranges, ascending and apart from each other (DP-16.4).</summary>
    Multiple,
}

/// <summary>Reads Range headers. Anything malformed is ignored, as a server may (RFC 9110, section 14.2).</summary>
public static class RangeHeader
{
    /// <summary>A header with more ranges is ignored: each costs a part's head, and nobody who reads a body asks like that (RFC 9110, section 17.15).</summary>
    public const int MostRanges = 64;

    private static ReadOnlySpan<byte> Unit => "bytes="u8;

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
            return Several(value, bodyLength).Count > 0 ? RangeVerdict.Multiple : RangeVerdict.Ignored;
        }

        range = Place(first, last, bodyLength);
        return range.Length > 0 ? RangeVerdict.Satisfiable : RangeVerdict.Unsatisfiable;
    }

    /// <summary>The bytes of a body that a parsed range means; of length zero or less when there are none.</summary>
    private static ByteRange Place(long first, long last, long bodyLength) =>
        first < 0 ? new ByteRange(bodyLength - Math.Min(last, bodyLength), bodyLength - 1) : new ByteRange(first, Math.Min(last, bodyLength - 1));

    /// <summary>The ranges of a header that <see cref="Resolve"/> calls <see cref="RangeVerdict.Multiple"/>; empty for any other (DP-16.4).</summary>
    public static IReadOnlyList<ByteRange> Several(ReadOnlySpan<byte> value, long bodyLength)
    {
        List<ByteRange> ranges = [];
        if (!TryParse(value, out _, out _, out var several) || !several)
        {
            return ranges;
        }

        foreach (var part in value[Unit.Length..].Split((byte)','))
        {
            if (!TryParseOne(value[Unit.Length..][part].Trim(" \t"u8), out var first, out var last))
            {
                continue; // an empty list element; the value as a whole has been read before
            }

            var range = Place(first, last, bodyLength);
            if (range.Length <= 0 || (ranges.Count > 0 && range.First <= ranges[^1].Last) || ranges.Count == MostRanges)
            {
                return [];
            }

            ranges.Add(range);
        }

        return ranges;
    }

    /// <summary>
    /// Reads the first range: <paramref name="first"/> is -1 for a suffix range of <paramref name="last"/> bytes, and
    /// <paramref name="last"/> is <see cref="long.MaxValue"/> for an open end. False when any part is malformed.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out long first, out long last, out bool several)
    {
        first = last = 0;
        several = false;
        if (value.Length < Unit.Length || !Ascii.EqualsIgnoreCase(value[..Unit.Length], Unit))
        {
            return false;
        }

        var rest = value[Unit.Length..];
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

    /// <summary>A position that no <see langword="long"/> holds lies behind every body, so it counts as the largest.</summary>
    private static bool TryParseNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            number = long.MaxValue;
        }

        return true;
    }
}
