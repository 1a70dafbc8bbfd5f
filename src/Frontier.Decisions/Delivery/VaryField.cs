// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Delivery;

/// <summary>The Vary field of an answer that the edge gives (RFC 9110, section 12.5.5).</summary>
internal static class VaryField
{
    /// <summary>Adds a name that is not there yet, to the list that is.</summary>
    public static void Add(ReadOnlySpan<byte> name, HeaderList into)
    {
        if (Lists(into, name))
        {
            return;
        }

        if (into.Joined("vary"u8) is { } present)
        {
            into.Set("Vary"u8, [.. Encoding.Latin1.GetBytes(present), .. ", "u8, .. name]);
        }
        else
        {
            into.Add("Vary"u8, name);
        }
    }

    private static bool Lists(HeaderList headers, ReadOnlySpan<byte> name)
    {
        for (var i = headers.IndexOf("vary"u8); i >= 0; i = headers.IndexOf("vary"u8, i + 1))
        {
            var reader = new DirectiveReader(headers.Value(i));
            while (reader.MoveNext())
            {
                if (Ascii.EqualsIgnoreCase(reader.Name, name) || reader.Name is [(byte)'*'])
                {
                    return true;
                }
            }
        }

        return false;
    }
}
