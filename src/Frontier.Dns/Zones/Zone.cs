// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Dns.Signing;
using Frontier.Dns.Wire;

namespace Frontier.Dns.Zones;

/// <summary>A zone as it is answered from. Never changed: a change makes another one, which shares what stays as it is.</summary>
internal sealed class Zone : Named
{
    private const int SerialNumbersLength = 20;

    /// <param name="name">In wire form and lower case.</param>
    /// <param name="nodes">The apex among them, with an SOA record.</param>
    /// <param name="cuts">How many names below the apex have NS records.</param>
    public Zone(string id, byte[] name, long version, NameTrie<ZoneNode> nodes, int cuts, ZoneSigner? signer)
        : base(name)
    {
        (Id, Version, Nodes, Cuts, Signer) = (id, version, nodes, cuts, signer);
        Labels = WireName.Labels(name);
        RecordSets = new ZoneRecordSets(nodes);
        Apex = nodes.Find(name)!;
        NegativeTtl = Math.Min(Soa.Ttl, BinaryPrimitives.ReadUInt32BigEndian(SoaData[^4..]));
        Serial = BinaryPrimitives.ReadUInt32BigEndian(SoaData[^SerialNumbersLength..]);
    }

    public string Id { get; }

    public long Version { get; }

    public int Labels { get; }

    public NameTrie<ZoneNode> Nodes { get; }

    public ZoneRecordSets RecordSets { get; }

    /// <summary>Where other zones begin below this one.</summary>
    public int Cuts { get; }

    public ZoneNode Apex { get; }

    /// <summary>Null where the zone is not signed.</summary>
    public ZoneSigner? Signer { get; }

    /// <summary>Names right below the apex that are not kept but asked for; null for none.</summary>
    public IEdgeAddresses? Edges { get; init; }

    /// <summary>How long "there is no such thing" holds, in seconds: the lesser of the SOA's own and its last field (RFC 2308 §5).</summary>
    public uint NegativeTtl { get; }

    public uint Serial { get; }

    public RecordSetView Soa => Apex.Find(TypeNumber.Soa);

    public ReadOnlySpan<byte> SoaData
    {
        get
        {
            var records = Soa.Records;
            return RecordSetView.Next(ref records);
        }
    }

    public Zone With(ZoneSigner? signer) => new(Id, Name.ToArray(), Version, Nodes, Cuts, signer) { Edges = Edges };

    public Zone With(IEdgeAddresses edges) => new(Id, Name.ToArray(), Version, Nodes, Cuts, Signer) { Edges = edges };
}
