// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Dns.Wire;

namespace Frontier.Dns.Zones;

/// <summary>
/// A name of a zone and all there is at it; nothing for an empty non-terminal (RFC 4592 §2.2.2), which is there for the names below.
/// Small, as there is one for each of a million names.
/// </summary>
internal sealed class ZoneNode : Named
{
    private readonly byte[] _packed;
    private readonly ImmutableArray<ChosenFamily> _families;

    /// <param name="packed">Sets that are always the answer, one behind the other.</param>
    /// <param name="families">Those among which is chosen; at most one for each type, and none of a type that is packed.</param>
    /// <param name="children">How many names lie right below.</param>
    public ZoneNode(byte[] name, byte[] packed, ImmutableArray<ChosenFamily> families, int children)
        : base(name)
    {
        (_packed, _families, Children) = (packed, families, children);
        HasAlias = !Find(TypeNumber.Cname).IsEmpty || FindFamily(TypeNumber.Cname) is not null;
        HasNameServers = !Find(TypeNumber.Ns).IsEmpty;
    }

    public int Children { get; }

    /// <summary>A CNAME record stands here, alone (RFC 1034 §3.6.2).</summary>
    public bool HasAlias { get; }

    public bool HasNameServers { get; }

    public bool IsEmpty => _packed.Length == 0 && _families.IsEmpty;

    public ImmutableArray<ChosenFamily> Families => _families;

    public ReadOnlySpan<byte> Packed => _packed;

    /// <summary>Empty where there is none.</summary>
    public RecordSetView Find(TypeNumber type)
    {
        ReadOnlySpan<byte> rest = _packed;
        while (!rest.IsEmpty)
        {
            var set = RecordSetView.First(rest);
            if (set.Type == type)
            {
                return set;
            }

            rest = rest[set.Packed.Length..];
        }

        return default;
    }

    public ChosenFamily? FindFamily(TypeNumber type)
    {
        foreach (var family in _families)
        {
            if (family.Type == type)
            {
                return family;
            }
        }

        return null;
    }

    public ZoneNode WithChildren(int children) => new(Name.ToArray(), _packed, _families, children);

    /// <summary>With other sets of one type in the place of those that are there.</summary>
    public ZoneNode With(TypeNumber type, byte[] packed, ChosenFamily? family)
    {
        var others = new List<byte>(_packed.Length + packed.Length);
        ReadOnlySpan<byte> rest = _packed;
        while (!rest.IsEmpty)
        {
            var set = RecordSetView.First(rest);
            if (set.Type != type)
            {
                others.AddRange(set.Packed);
            }

            rest = rest[set.Packed.Length..];
        }

        others.AddRange(packed);
        var families = _families.Where(other => other.Type != type);
        return new ZoneNode(Name.ToArray(), [.. others], [.. family is null ? families : families.Append(family)], Children);
    }
}
