// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Frontier.Contracts.Zones;
using Frontier.Dns.Wire;
using Frontier.Protocols.Dns;

namespace Frontier.Dns.Zones;

/// <summary>A record set of the contract, read: its name and its records in wire form.</summary>
internal sealed record SetDraft(byte[] Name, TypeNumber Type, ChosenSet Set)
{
    /// <summary>More would not fit into any message.</summary>
    private const int MostBytes = 60_000;

    /// <summary>Whether it is always the answer, and nothing but its records need be kept.</summary>
    public bool IsPlain => Set.Config is { Alias: null, Routing: null, SetIdentifier: null, HealthCheckId: null };

    /// <param name="zone">The name of the zone in wire form.</param>
    public static bool TryRead(RecordSetConfig config, ReadOnlySpan<byte> zone, [NotNullWhen(true)] out SetDraft? draft, [NotNullWhen(false)] out string? fault)
    {
        draft = null;
        if (!DnsName.TryParse(config.Name, out var name) || !RecordTypes.TryFind(config.Type, out var type))
        {
            fault = "its name or type is none";
            return false;
        }

        var wire = WireName.ToLower(name.Wire);
        if (!WireName.IsWithin(wire, zone))
        {
            fault = "its name is outside the zone";
            return false;
        }

        if (config.Alias is { } alias)
        {
            fault = DnsName.TryParse(alias.Name, out var target) ? null : "the alias stands for no name";
            draft = target is null ? null : new SetDraft(wire, (TypeNumber)type.Number, new ChosenSet(config, [], WireName.ToLower(target.Wire)));
            return draft is not null;
        }

        fault = ReadRecords(config, type, out var packed);
        draft = packed is null ? null : new SetDraft(wire, (TypeNumber)type.Number, new ChosenSet(config, packed, null));
        return draft is not null;
    }

    private static string? ReadRecords(RecordSetConfig config, RecordType type, out byte[]? packed)
    {
        packed = null;
        var records = new List<byte[]>(config.Values.Length);
        foreach (var value in config.Values)
        {
            if (!RecordData.TryParse(type, value, null, EscapeForm.Decimal, out var data, out var fault))
            {
                return $"{fault.Message}: {fault.Text}";
            }

            // A set has each record once (RFC 2181 §5).
            if (!records.Exists(other => other.AsSpan().SequenceEqual(data)))
            {
                records.Add(data);
            }
        }

        if (records.Count == 0 || config.Ttl < 0 || records.Sum(static data => data.Length + 2) > MostBytes || (type.Number == (ushort)TypeNumber.Cname && records.Count > 1))
        {
            return "it has no records, too many, or a time to live below 0";
        }

        packed = RecordSetView.Pack((TypeNumber)type.Number, (uint)config.Ttl, records);
        return null;
    }
}
