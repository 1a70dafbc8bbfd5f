// SPDX-License-Identifier: Apache-2.0

using System.Formats.Asn1;
using System.Text;

namespace Frontier.Protocols.Certificates;

/// <summary>
/// Distinguished names as RFC 2253 writes them (§10.3): the last part first, commas between. Types that section 2.3 does not name are
/// told by their numbers, with the bytes of the value. The text is ASCII without control characters, whatever the name holds, so that
/// it can stand in a header.
/// </summary>
public static class DistinguishedNameText
{
    /// <param name="encoded">DER.</param>
    /// <exception cref="AsnContentException">It is no name.</exception>
    public static string Of(ReadOnlyMemory<byte> encoded)
    {
        var parts = new List<string>();
        for (var names = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence(); names.HasData;)
        {
            var values = new List<string>();
            for (var set = names.ReadSetOf(skipSortOrderValidation: true); set.HasData;)
            {
                var pair = set.ReadSequence();
                values.Add(Write(pair.ReadObjectIdentifier(), pair.ReadEncodedValue()));
            }

            parts.Add(string.Join('+', values));
        }

        parts.Reverse();
        return string.Join(',', parts);
    }

    private static string Write(string type, ReadOnlyMemory<byte> value) =>
        NameOf(type) is { } name && TryReadText(value, out var text) ? $"{name}={Escape(text)}" : $"{type}=#{Convert.ToHexStringLower(value.Span)}";

    private static string? NameOf(string type) => type switch
    {
        "2.5.4.3" => "CN",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "STREET",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        _ => null,
    };

    private static bool TryReadText(ReadOnlyMemory<byte> value, out string text)
    {
        text = "";
        var reader = new AsnReader(value, AsnEncodingRules.BER);
        var tag = reader.PeekTag();
        var kind = (UniversalTagNumber)tag.TagValue;
        if (tag.TagClass is not TagClass.Universal
            || kind is not (UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.T61String or UniversalTagNumber.BMPString))
        {
            return false;
        }

        try
        {
            text = reader.ReadCharacterString(kind);
            return true;
        }
        catch (AsnContentException)
        {
            return false; // its characters are not those of its type
        }
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isEdge = at == 0 || at + rune.Utf16SequenceLength == text.Length;
            if (rune.Value is < ' ' or >= 0x7F)
            {
                foreach (var one in Encoding.UTF8.GetBytes(rune.ToString()))
                {
                    escaped.Append('\\').Append(Convert.ToHexString([one]));
                }
            }
            else
            {
                var special = ",+\"\\<>;".Contains((char)rune.Value, StringComparison.Ordinal) || (rune.Value == ' ' && isEdge) || (rune.Value == '#' && at == 0);
                escaped.Append(special ? "\\" : "").Append((char)rune.Value);
            }

            at += rune.Utf16SequenceLength;
        }

        return escaped.ToString();
    }
}
