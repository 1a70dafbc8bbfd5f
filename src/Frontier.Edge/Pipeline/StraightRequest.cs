// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>Which requests are too much for the straight path.</summary>
internal static class StraightRequest
{
    /// <summary>Whether a field asks for more than the object as it is: a condition, a part, or leave for another site.</summary>
    public static bool AsksForMore(HeaderList headers)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            var name = headers.Name(i);
            var asks = name.Length switch
            {
                5 => Ascii.EqualsIgnoreCase(name, "range"u8),
                6 => Ascii.EqualsIgnoreCase(name, "origin"u8), // the policies answer it (§21.3)
                8 => Ascii.EqualsIgnoreCase(name, "if-match"u8) || Ascii.EqualsIgnoreCase(name, "if-range"u8),
                13 => Ascii.EqualsIgnoreCase(name, "if-none-match"u8),
                17 => Ascii.EqualsIgnoreCase(name, "if-modified-since"u8),
                19 => Ascii.EqualsIgnoreCase(name, "if-unmodified-since"u8),
                _ => false,
            };
            if (asks)
            {
                return true;
            }
        }

        return false;
    }
}
