// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Frontier.Protocols.Http;

/// <summary>What a 206 answer says it holds (RFC 9110, section 14.4): which bytes, of how many.</summary>
public readonly record struct ContentRange(ByteRange Range, long Total)
{
    /// <summary>Reads <c>bytes first-last/total</c>. False for other units, an unknown total and anything that makes no sense.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ContentRange? read)
    {
        read = null;
        if (value.Length < 6 || !System.Text.Ascii.EqualsIgnoreCase(value[..6], "bytes "u8))
        {
            return false;
        }

        var rest = value[6..].Trim((byte)' ');
        var dash = rest.IndexOf((byte)'-');
        var slash = rest.IndexOf((byte)'/');
        if (dash <= 0 || slash <= dash
            || !TryNumber(rest[..dash], out var first) || !TryNumber(rest[(dash + 1)..slash], out var last) || !TryNumber(rest[(slash + 1)..], out var total)
            || first > last || last >= total)
        {
            return false;
        }

        read = new ContentRange(new ByteRange(first, last), total);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out long number) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
