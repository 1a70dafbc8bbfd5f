// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Wire;

namespace Frontier.Dns.Zones;

/// <summary>All zones that are served, as of one moment. Swapped by reference: a query sees one state from its first look-up to its last.</summary>
internal sealed class ZoneSet
{
    public static readonly ZoneSet Empty = new(NameTrie<Zone>.Empty, 0);

    private readonly NameTrie<Zone> _zones;

    /// <summary>Labels of the deepest zone there ever was: names are not looked for below.</summary>
    private readonly int _deepest;

    private ZoneSet(NameTrie<Zone> zones, int deepest) => (_zones, _deepest) = (zones, deepest);

    public int Count => _zones.Count;

    public IEnumerable<Zone> Zones => _zones.Items;

    public static ZoneSet Of(IReadOnlyCollection<Zone> zones) => new(NameTrie<Zone>.Of(zones), zones.Select(static zone => zone.Labels).DefaultIfEmpty().Max());

    public ZoneSet Put(Zone zone) => new(_zones.Put(zone), Math.Max(_deepest, zone.Labels));

    public ZoneSet Remove(ReadOnlySpan<byte> name) => new(_zones.Remove(name), _deepest);

    /// <param name="name">In wire form and lower case.</param>
    public Zone? Find(ReadOnlySpan<byte> name) => _zones.Find(name);

    /// <summary>The zone that a name lies in: of several the longest. DS records of a zone's apex are its parent's (RFC 4035 §3.1.4.1).</summary>
    public Zone? Find(NameBuffer name, TypeNumber type)
    {
        Zone? own = null;
        for (var label = Math.Max(0, name.Labels - _deepest); label <= name.Labels; label++)
        {
            if (_zones.Find(name.HashFrom(label), name.From(label)) is { } zone)
            {
                if (type is not TypeNumber.Ds || label > 0 || own is not null)
                {
                    return zone;
                }

                own = zone;
            }
        }

        return own;
    }
}
