// SPDX-License-Identifier: Apache-2.0

using System.Buffers;

namespace Frontier.Protocols.Names;

/// <summary>Bucket names (NB-1.1): 3 to 63 lower-case letters, digits, hyphens and dots, each label beginning and ending with a letter or digit; not an IP address.</summary>
public static class BucketName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    private static readonly SearchValues<char> DigitsAndDots = SearchValues.Create("0123456789.");

    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.Length is < 3 or > 63 || name.ContainsAnyExcept(Allowed) || IsIpAddress(name))
        {
            return false;
        }

        foreach (var label in name.Split('.'))
        {
            if (name[label] is not [not '-', ..] or not [.., not '-'])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Four groups of digits, whatever their size; a name of digits alone is a name.</summary>
    private static bool IsIpAddress(ReadOnlySpan<char> name) => name.Count('.') == 3 && !name.ContainsAnyExcept(DigitsAndDots);
}
