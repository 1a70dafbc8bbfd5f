// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

namespace Frontier.Protocols.Http;

/// <summary>HTTP dates (RFC 9110, section 5.6.7): one form is written, three are read.</summary>
public static class HttpDate
{
    /// <summary>The length of the form written, e.g. <c>Sun, 06 Nov 1994 08:49:37 GMT</c>.</summary>
    public const int Length = 29;

    private static readonly string[] Forms =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",  // IMF-fixdate
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",   // RFC 850
        "ddd MMM d HH:mm:ss yyyy",          // asctime; a day below ten is padded by a space
    ];

    /// <summary>
    /// Years of two digits end 50 years ahead: one further in the future is to be read as past (RFC 9110, section 5.6.7). The
    /// window stands still, for this is grammar and has no clock; it is exact in the year of this program.
    /// </summary>
    private static readonly DateTimeFormatInfo Names = new() { Calendar = new GregorianCalendar { TwoDigitYearMax = 2076 } };

    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset date)
    {
        Span<char> characters = stackalloc char[48];
        if (text.Length > characters.Length)
        {
            date = default;
            return false;
        }

        var length = Encoding.Latin1.GetChars(text, characters);
        return TryParse(characters[..length], out date);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(
            text, Forms, Names,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowInnerWhite, out date);

    public static string Format(DateTimeOffset date) => date.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Writes the <see cref="Length"/> bytes of the date without allocating.</summary>
    public static void Format(DateTimeOffset date, Span<byte> destination) =>
        date.UtcDateTime.TryFormat(destination, out _, "R", CultureInfo.InvariantCulture);
}
