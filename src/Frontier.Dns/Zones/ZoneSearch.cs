// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Wire;

namespace Frontier.Dns.Zones;

/// <summary>Where a name leads in its zone (RFC 1034 §4.3.2 and RFC 4592 §3.3).</summary>
internal readonly ref struct ZoneSearch
{
    private ZoneSearch(Found found, ZoneNode? node, int label) => (Found, Node, Label) = (found, node, label);

    public Found Found { get; }

    /// <summary>The name itself, the wildcard, or where the other zone begins; null for nothing.</summary>
    public ZoneNode? Node { get; }

    /// <summary>Which part of the name that is: 0 but for delegations.</summary>
    public int Label { get; }

    /// <param name="name">Lies in the zone.</param>
    /// <param name="type">DS records are on this side of a delegation (RFC 4035 §3.1.4.1).</param>
    /// <param name="scratch">Of <see cref="WireName.MaxLength"/> + 2 bytes.</param>
    public static ZoneSearch For(Zone zone, NameBuffer name, TypeNumber type, Span<byte> scratch)
    {
        if (zone.Cuts == 0 && zone.Nodes.Find(name.HashFrom(0), name.Wire) is { } exact)
        {
            return new ZoneSearch(Found.Name, exact, 0);
        }

        var encloser = zone.Apex;
        for (var label = name.Labels - zone.Labels - 1; label >= 0; label--)
        {
            if (zone.Nodes.Find(name.HashFrom(label), name.From(label)) is not { } next)
            {
                return zone.Edges is not null && label == 0 && encloser == zone.Apex ? new ZoneSearch(Found.Asked, null, 0) : Wildcard(zone, name, label + 1, scratch);
            }

            if (next.HasNameServers && (label > 0 || type is not TypeNumber.Ds))
            {
                return new ZoneSearch(Found.Delegation, next, label);
            }

            encloser = next;
        }

        return new ZoneSearch(Found.Name, encloser, 0);
    }

    /// <summary>The wildcard right below the closest name that there is: none further up counts (RFC 4592 §2.2.1).</summary>
    private static ZoneSearch Wildcard(Zone zone, NameBuffer name, int encloser, Span<byte> scratch)
    {
        scratch[0] = 1;
        scratch[1] = (byte)'*';
        name.From(encloser).CopyTo(scratch[2..]);
        var wildcard = zone.Nodes.Find(NameHash.Extend(name.HashFrom(encloser), "*"u8), scratch[..(2 + name.From(encloser).Length)]);
        return wildcard is null ? new ZoneSearch(Found.Nothing, null, 0) : new ZoneSearch(Found.Wildcard, wildcard, 0);
    }
}
