// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Globalization;
using System.Text;

namespace Frontier.Protocols.Dns;

/// <summary>Bytes of names and character strings as text (RFC 1035, section 5.1). Text is ASCII; every other byte is written by its number.</summary>
internal static class DnsEscapes
{
    private const int Digits = 3;

    private static readonly SearchValues<char> PlainInOctalNames = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>Takes one byte from the front of a text; the text must not be empty.</summary>
    /// <returns>How many characters it took; 0 when they stand for no byte.</returns>
    public static int Read(ReadOnlySpan<char> text, EscapeForm form, out byte value)
    {
        value = (byte)text[0];
        if (text[0] != '\\')
        {
            return text[0] is >= ' ' and <= '~' or '\t' ? 1 : 0;
        }

        if (text.Length < 2)
        {
            return 0;
        }

        if (!char.IsAsciiDigit(text[1]))
        {
            value = (byte)text[1];
            return text[1] is >= ' ' and <= '~' ? 2 : 0;
        }

        var radix = form == EscapeForm.Decimal ? 10 : 8;
        var number = 0;
        for (var i = 1; i <= Digits; i++)
        {
            var digit = i < text.Length ? text[i] - '0' : -1;
            if (digit < 0 || digit >= radix)
            {
                return 0;
            }

            number = number * radix + digit;
        }

        value = (byte)number;
        return number <= byte.MaxValue ? 1 + Digits : 0;
    }

    /// <summary>Writes a byte of a name's label.</summary>
    public static void WriteInName(StringBuilder text, byte value, EscapeForm form)
    {
        var character = (char)value;
        if (form == EscapeForm.Octal ? PlainInOctalNames.Contains(character) : character is > ' ' and <= '~' && !IsSpecial(character))
        {
            text.Append(character);
        }
        else if (form == EscapeForm.Decimal && character is > ' ' and <= '~')
        {
            text.Append('\\').Append(character);
        }
        else
        {
            WriteNumber(text, value, form);
        }
    }

    /// <summary>Writes a byte of a character string between quotes.</summary>
    public static void WriteInQuotes(StringBuilder text, byte value, EscapeForm form)
    {
        var character = (char)value;
        if (character is '"' or '\\')
        {
            text.Append('\\').Append(character);
        }
        else if (character is >= ' ' and <= '~')
        {
            text.Append(character);
        }
        else
        {
            WriteNumber(text, value, form);
        }
    }

    private static void WriteNumber(StringBuilder text, byte value, EscapeForm form) => text.Append('\\').Append(
        form == EscapeForm.Decimal ? value.ToString("d3", CultureInfo.InvariantCulture) : Convert.ToString(value, 8).PadLeft(Digits, '0'));

    /// <summary>What means something else in a master file.</summary>
    private static bool IsSpecial(char character) => character is '.' or '\\' or '"' or '(' or ')' or ';' or '@' or '$';
}
