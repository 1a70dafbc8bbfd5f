// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Dns;

/// <summary>Seconds as master files write them: digits, or numbers with the units that BIND brought into use, e.g. <c>1h30m</c>.</summary>
public static class DnsDuration
{
    /// <summary>The longest time to live (RFC 2181, section 8).</summary>
    public const uint LongestTtl = int.MaxValue;

    public static bool TryParse(ReadOnlySpan<char> text, out uint seconds)
    {
        ulong total = 0, number = 0;
        var (hasDigits, hasUnits) = (false, false);
        seconds = 0;
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character))
            {
                number = number * 10 + (uint)(character - '0');
                hasDigits = true;
            }
            else if (hasDigits && UnitSeconds(character) is not 0 and var unit)
            {
                total += number * unit;
                (number, hasDigits, hasUnits) = (0, false, true);
            }
            else
            {
                return false;
            }

            if (number > uint.MaxValue || total > uint.MaxValue)
            {
                return false;
            }
        }

        // Digits behind a unit have none of their own.
        if (text.IsEmpty || (hasUnits && hasDigits))
        {
            return false;
        }

        seconds = (uint)(total + number);
        return true;
    }

    private static uint UnitSeconds(char unit) => char.ToLowerInvariant(unit) switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 604_800,
        _ => 0,
    };
}
