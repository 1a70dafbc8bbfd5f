// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

namespace Frontier.Protocols.Http;

/// <summary>HTTP dates (RFC 9110, section 5.6.7): one form is written, three are read, each to the letter but for its case.</summary>
public static class HttpDate
{
    /// <summary>The length of the form written, e.g. <c>Sun, 06 Nov 1994 08:49:37 GMT</c>.</summary>
    public const int Length = 29;

    /// <summary>
    /// Years of two digits end here: one more than 50 years ahead is to be read as past. The window stands still, for this is
    /// grammar and has no clock; it is exact in the year of this program.
    /// </summary>
    private const int LastTwoDigitYear = 2076;

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset date)
    {
        Span<char> characters = stackalloc char[40]; // longer than any form
        if (text.Length > characters.Length)
        {
            date = default;
            return false;
        }

        var length = Encoding.Latin1.GetChars(text, characters);
        return TryParse(characters[..length], out date);
    }

    /// <summary>The day's name must be one, but the date stands where it is another's: who sends it means the date.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset date)
    {
        date = default;
        var comma = text.IndexOf(',');
        return comma < 0 ? TryAsctime(text, ref date) : comma == 3 ? TryFixdate(text, ref date) : TryRfc850(text, comma, ref date);
    }

    public static string Format(DateTimeOffset date) => date.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Writes the <see cref="Length"/> bytes of the date without allocating.</summary>
    public static void Format(DateTimeOffset date, Span<byte> destination) =>
        date.UtcDateTime.TryFormat(destination, out _, "R", CultureInfo.InvariantCulture);

    /// <summary><c>Sun, 06 Nov 1994 08:49:37 GMT</c></summary>
    private static bool TryFixdate(ReadOnlySpan<char> text, ref DateTimeOffset date) =>
        text.Length == Length && IsDay(text[..3], isShort: true) && text[4] == ' ' && text[7] == ' ' && text[11] == ' ' && text[16] == ' ' && IsGmt(text[25..])
        && TryNumber(text[5..7], out var day) && TryMonth(text[8..11], out var month) && TryNumber(text[12..16], out var year)
        && TryMake(year, month, day, text[17..25], ref date);

    /// <summary><c>Sunday, 06-Nov-94 08:49:37 GMT</c></summary>
    private static bool TryRfc850(ReadOnlySpan<char> text, int comma, ref DateTimeOffset date)
    {
        var rest = text[(comma + 1)..];
        return IsDay(text[..comma], isShort: false) && rest.Length == 23 && rest[0] == ' ' && rest[3] == '-' && rest[7] == '-' && rest[10] == ' ' && IsGmt(rest[19..])
            && TryNumber(rest[1..3], out var day) && TryMonth(rest[4..7], out var month) && TryNumber(rest[8..10], out var year)
            && TryMake(year + (year + 2000 > LastTwoDigitYear ? 1900 : 2000), month, day, rest[11..19], ref date);
    }

    /// <summary><c>Sun Nov  6 08:49:37 1994</c></summary>
    private static bool TryAsctime(ReadOnlySpan<char> text, ref DateTimeOffset date) =>
        text.Length == 24 && IsDay(text[..3], isShort: true) && text[3] == ' ' && text[7] == ' ' && text[10] == ' ' && text[19] == ' '
        && TryMonth(text[4..7], out var month) && TryNumber(text[8] == ' ' ? text[9..10] : text[8..10], out var day) && TryNumber(text[20..], out var year)
        && TryMake(year, month, day, text[11..19], ref date);

    private static bool IsDay(ReadOnlySpan<char> name, bool isShort)
    {
        foreach (var day in Days)
        {
            if (name.Equals(isShort ? day.AsSpan(0, 3) : day, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsGmt(ReadOnlySpan<char> zone) => zone.Equals(" GMT", StringComparison.OrdinalIgnoreCase);

    private static bool TryMonth(ReadOnlySpan<char> name, out int month)
    {
        for (month = 1; month <= Months.Length; month++)
        {
            if (name.Equals(Months[month - 1], StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool TryMake(int year, int month, int day, ReadOnlySpan<char> time, ref DateTimeOffset date)
    {
        if (time[2] != ':' || time[5] != ':' || !TryNumber(time[..2], out var hour) || !TryNumber(time[3..5], out var minute) || !TryNumber(time[6..], out var second)
            || year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        // A leap second is the one after it here: no clock of ours has any.
        date = new DateTimeOffset(year, month, day, hour, minute, Math.Min(second, 59), TimeSpan.Zero);
        return true;
    }
}
