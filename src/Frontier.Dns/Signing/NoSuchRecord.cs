// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Wire;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Signing;

/// <summary>
/// The data of an NSEC record for one name alone: the next name is the very next that there could be, and the list of types says what
/// is there (RFC 9824 §3). Of a name that does not exist the list has the one type that says so.
/// </summary>
internal static class NoSuchRecord
{
    /// <summary>The next name, and 256 windows at most of which few are ever there.</summary>
    public const int MaxLength = WireName.MaxLength + 2 + (MostTypes * 34);

    /// <summary>More types at one name are left out of the list's end.</summary>
    private const int MostTypes = 16;

    /// <param name="node">What is at the name; null where nothing is kept there.</param>
    /// <param name="without">The type that was asked for.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> data, ReadOnlySpan<byte> owner, Zone zone, ZoneNode? node, bool isThere, TypeNumber without)
    {
        // A label of one zero byte before the name; where there is no room for it, the name itself ends the chain.
        var length = 0;
        if (owner.Length + 2 <= WireName.MaxLength)
        {
            data[0] = 1;
            data[1] = 0;
            length = 2;
        }

        owner.CopyTo(data[length..]);
        length += owner.Length;

        Span<ushort> types = stackalloc ushort[MostTypes];
        var count = Collect(types, zone, node, isThere, without);
        types = types[..count];
        types.Sort();
        return length + WriteList(data[length..], types);
    }

    private static int Collect(Span<ushort> types, Zone zone, ZoneNode? node, bool isThere, TypeNumber without)
    {
        var count = 0;
        types[count++] = (ushort)TypeNumber.Rrsig;
        types[count++] = (ushort)TypeNumber.Nsec;
        if (!isThere)
        {
            types[count++] = (ushort)TypeNumber.NoSuchName;
            return count;
        }

        if (node is null)
        {
            // A distribution: what it might have is not denied by a question about something else.
            foreach (var type in (ReadOnlySpan<TypeNumber>)[TypeNumber.A, TypeNumber.Aaaa, TypeNumber.Https])
            {
                if (type != without)
                {
                    types[count++] = (ushort)type;
                }
            }

            return count;
        }

        if (node == zone.Apex)
        {
            types[count++] = (ushort)TypeNumber.Dnskey;
            types[count++] = (ushort)TypeNumber.Cds;
            types[count++] = (ushort)TypeNumber.Cdnskey;
        }

        var rest = node.Packed;
        while (!rest.IsEmpty && count < types.Length)
        {
            var set = RecordSetView.First(rest);
            rest = rest[set.Packed.Length..];
            if (set.Type != without)
            {
                types[count++] = (ushort)set.Type;
            }
        }

        foreach (var family in node.Families)
        {
            if (family.Type != without && count < types.Length)
            {
                types[count++] = (ushort)family.Type;
            }
        }

        return count;
    }

    /// <summary>RFC 4034 §4.1.2: for each window of 256 types that has any, its number, the length of its bits, and these.</summary>
    private static int WriteList(Span<byte> data, ReadOnlySpan<ushort> types)
    {
        var length = 0;
        while (!types.IsEmpty)
        {
            var window = types[0] >> 8;
            var bits = data.Slice(length + 2, 32);
            bits.Clear();
            var used = 0;
            while (!types.IsEmpty && types[0] >> 8 == window)
            {
                var low = types[0] & 0xFF;
                bits[low / 8] |= (byte)(0x80 >> (low % 8));
                used = (low / 8) + 1;
                types = types[1..];
            }

            data[length] = (byte)window;
            data[length + 1] = (byte)used;
            length += 2 + used;
        }

        return length;
    }
}
