// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Zones;
using Frontier.Protocols.Dns;

namespace Frontier.Dns.Zones;

/// <summary>A zone as the control plane told it, made again of what is served: nobody need keep both.</summary>
internal static class ZoneText
{
    public static ZoneConfig ToConfig(Zone zone) => new()
    {
        Id = zone.Id,
        Name = NameOf(zone.Name),
        Version = zone.Version,
        RecordSets = [.. zone.Nodes.Items.SelectMany(SetsOf)],
    };

    private static List<RecordSetConfig> SetsOf(ZoneNode node)
    {
        var name = NameOf(node.Name);
        var sets = new List<RecordSetConfig>();
        var packed = node.Packed;
        while (!packed.IsEmpty)
        {
            var set = RecordSetView.First(packed);
            packed = packed[set.Packed.Length..];
            var type = RecordTypes.Find((ushort)set.Type);
            var values = ImmutableArray.CreateBuilder<string>(set.Count);
            var rest = set.Records;
            while (!rest.IsEmpty)
            {
                var data = RecordSetView.Next(ref rest);
                values.Add(RecordDataText.TryFormat(type, data, EscapeForm.Decimal, out var text) ? text : throw new InvalidOperationException($"Data of {name} {type.Name} is none of its type."));
            }

            sets.Add(new RecordSetConfig { Name = name, Type = type.Name, Ttl = (int)set.Ttl, Values = values.MoveToImmutable() });
        }

        sets.AddRange(node.Families.SelectMany(static family => family.Configs));
        return sets;
    }

    private static string NameOf(ReadOnlySpan<byte> wire) => DnsName.TryReadWire(wire, out var name) ? name.ToString() : throw new InvalidOperationException("A name in a zone is none.");
}
