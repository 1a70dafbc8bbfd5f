// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Wire;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Server;

/// <summary>
/// A whole zone as of one moment, message by message (RFC 5936): the SOA record, everything, and the SOA record again. Sets among which
/// is chosen, and aliases, have no form in it and are left out.
/// </summary>
internal sealed class ZoneTransfer(Zone zone, ushort id, byte[] question)
{
    /// <summary>Small enough that a slow reader holds up little.</summary>
    private const int MaxMessageBytes = 16 << 10;

    private readonly IEnumerator<TransferRecord> _records = RecordsOf(zone).GetEnumerator();
    private bool _isFirst = true;
    private bool _isWaiting;

    /// <summary>Writes the next message; returns how long it is, 0 at the end.</summary>
    public int Next(Span<byte> message)
    {
        var writer = new MessageWriter(message, MaxMessageBytes);
        writer.Begin(id, _isFirst ? question : []);
        _isFirst = false;
        while (_isWaiting || _records.MoveNext())
        {
            var record = _records.Current;

            // A record that is longer than a message should be has one to itself.
            writer.Limit = writer.Answers == 0 ? message.Length : MaxMessageBytes;
            _isWaiting = !writer.TryWrite(int.MaxValue, record.Owner, record.Type, record.Ttl, record.Data);
            if (_isWaiting && writer.Answers > 0)
            {
                break;
            }

            _isWaiting = false;
        }

        writer.End(Header.Response | Header.Authoritative);
        return writer.Answers == 0 ? 0 : writer.Length;
    }

    private static IEnumerable<TransferRecord> RecordsOf(Zone zone)
    {
        var soa = Of(zone.Apex).First(static record => record.Type is TypeNumber.Soa);
        yield return soa;
        foreach (var record in zone.Nodes.Items.SelectMany(Of).Where(static record => record.Type is not TypeNumber.Soa))
        {
            yield return record;
        }

        yield return soa;
    }

    private static List<TransferRecord> Of(ZoneNode node)
    {
        var owner = node.Name.ToArray();
        var records = new List<TransferRecord>();
        var sets = node.Packed;
        while (!sets.IsEmpty)
        {
            var set = RecordSetView.First(sets);
            sets = sets[set.Packed.Length..];
            var rest = set.Records;
            while (!rest.IsEmpty)
            {
                records.Add(new TransferRecord(owner, set.Type, set.Ttl, RecordSetView.Next(ref rest).ToArray()));
            }
        }

        return records;
    }

    private sealed record TransferRecord(byte[] Owner, TypeNumber Type, uint Ttl, byte[] Data);
}
