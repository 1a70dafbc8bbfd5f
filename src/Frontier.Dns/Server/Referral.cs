// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Wire;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Server;

/// <summary>Tells whom a part of a zone was delegated to (RFC 1034 §4.3.2), with the addresses that cannot be found otherwise (glue, RFC 9471). Used by one thread at a time.</summary>
internal sealed class Referral
{
    private readonly NameBuffer _server = new();

    /// <summary>False where the answer is truncated: servers that lie in the delegated part must be told with their addresses.</summary>
    public bool TryWrite(ref RecordWriter writer, Zone zone, NameBuffer name, int nameAt, in ZoneSearch search)
    {
        writer.Writer.Section = MessageSection.Authority;
        var node = search.Node!;
        var servers = node.Find(TypeNumber.Ns);
        var ownerAt = nameAt + name.StartOf(search.Label);
        var owner = name.From(search.Label);

        // NS records of a delegation are not this zone's own and have no signature (RFC 4035 §2.2).
        var unsigned = new RecordWriter(writer.Writer, wantsSignatures: false);
        if (!unsigned.TryWrite(zone, ownerAt, owner, TypeNumber.Ns, servers.Ttl, servers.Records))
        {
            return false;
        }

        writer.Writer = unsigned.Writer;
        return TryWriteSecurity(ref writer, zone, ownerAt, owner, node) && TryWriteAddresses(ref writer, zone, servers.Records);
    }

    /// <summary>Addresses of name servers, as far as this zone has them. False where one is left out for want of room.</summary>
    /// <param name="records">NS records.</param>
    public bool TryWriteAddresses(ref RecordWriter writer, Zone zone, ReadOnlySpan<byte> records)
    {
        writer.Writer.Section = MessageSection.Additional;
        while (!records.IsEmpty)
        {
            if (!_server.TryLoad(RecordSetView.Next(ref records)) || !WireName.IsWithin(_server.Wire, zone.Name) || zone.Nodes.Find(_server.HashFrom(0), _server.Wire) is not { } node)
            {
                continue;
            }

            if (!TryWrite(ref writer, zone, node, TypeNumber.A) || !TryWrite(ref writer, zone, node, TypeNumber.Aaaa))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The key that the delegated zone is signed with, or the proof that there is none (RFC 4035 §3.1.4).</summary>
    private static bool TryWriteSecurity(ref RecordWriter writer, Zone zone, int ownerAt, ReadOnlySpan<byte> owner, ZoneNode node)
    {
        if (!writer.WantsSignatures || zone.Signer is null)
        {
            return true;
        }

        var keys = node.Find(TypeNumber.Ds);
        return keys.IsEmpty
            ? Denial.TryWriteProof(ref writer, zone, owner, ownerAt, node, isThere: true, TypeNumber.Ds)
            : writer.TryWrite(zone, ownerAt, owner, TypeNumber.Ds, keys.Ttl, keys.Records);
    }

    private bool TryWrite(ref RecordWriter writer, Zone zone, ZoneNode node, TypeNumber type)
    {
        var set = node.Find(type);

        // Glue has no signature, and other addresses are looked up by who wants one. Nothing points at these names, so they stand whole.
        var unsigned = new RecordWriter(writer.Writer, wantsSignatures: false);
        var isWritten = set.IsEmpty || unsigned.TryWrite(zone, int.MaxValue, _server.Wire, type, set.Ttl, set.Records);
        writer.Writer = unsigned.Writer;
        return isWritten;
    }
}
