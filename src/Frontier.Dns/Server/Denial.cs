// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Signing;
using Frontier.Dns.Wire;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Server;

/// <summary>
/// "There is no such thing": the SOA record, which says for how long (RFC 2308 §3), and of a signed zone the proof, made for the very
/// name that was asked for (compact denial, RFC 9824).
/// </summary>
internal static class Denial
{
    /// <param name="node">What is at the name; null where there is nothing.</param>
    /// <param name="isThere">Whether the name is said to exist.</param>
    public static bool TryWrite(ref RecordWriter writer, Zone zone, NameBuffer name, int nameAt, ZoneNode? node, bool isThere, TypeNumber type)
    {
        var apex = name.Labels - zone.Labels;
        if (!writer.TryWrite(zone, nameAt + name.StartOf(apex), name.From(apex), TypeNumber.Soa, zone.NegativeTtl, zone.Soa.Records))
        {
            return false;
        }

        return !writer.WantsSignatures || zone.Signer is null || TryWriteProof(ref writer, zone, name.Wire, nameAt, node, isThere, type);
    }

    /// <summary>Which types there are at a name, the one that was asked for never among them.</summary>
    public static bool TryWriteProof(ref RecordWriter writer, Zone zone, scoped ReadOnlySpan<byte> owner, int ownerAt, ZoneNode? node, bool isThere, TypeNumber type)
    {
        Span<byte> data = stackalloc byte[NoSuchRecord.MaxLength];
        var length = NoSuchRecord.Write(data, owner, zone, node, isThere, type);
        return writer.TryWriteOne(zone, ownerAt, owner, TypeNumber.Nsec, zone.NegativeTtl, data[..length]);
    }
}
