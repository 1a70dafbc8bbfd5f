// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Dns.Wire;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Server;

/// <summary>Writes sets of records into a message: whole ones with their signatures, or nothing (RFC 2181 §9).</summary>
/// <param name="wantsSignatures">Whether the client understands them (RFC 3225).</param>
internal ref struct RecordWriter(MessageWriter writer, bool wantsSignatures)
{
    public MessageWriter Writer = writer;

    public readonly bool WantsSignatures => wantsSignatures;

    /// <param name="ownerAt">Where the owner's name stands in the message.</param>
    /// <param name="records">Each with its length before it.</param>
    /// <param name="first">Which one comes first, so that clients do not all take the same.</param>
    public bool TryWrite(Zone zone, int ownerAt, scoped ReadOnlySpan<byte> owner, TypeNumber type, uint ttl, scoped ReadOnlySpan<byte> records, int first = 0)
    {
        var mark = Writer.Mark;
        var rest = records;
        for (var skipped = 0; skipped < first; skipped++)
        {
            RecordSetView.Next(ref rest);
        }

        var before = records[..^rest.Length];
        if (TryWriteAll(ownerAt, owner, type, ttl, rest) && TryWriteAll(ownerAt, owner, type, ttl, before) && TrySign(zone, ownerAt, owner, type, ttl, records))
        {
            return true;
        }

        Writer.ReturnTo(mark);
        return false;
    }

    private bool TryWriteAll(int ownerAt, scoped ReadOnlySpan<byte> owner, TypeNumber type, uint ttl, scoped ReadOnlySpan<byte> records)
    {
        while (!records.IsEmpty)
        {
            if (!Writer.TryWrite(ownerAt, owner, type, ttl, RecordSetView.Next(ref records)))
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySign(Zone zone, int ownerAt, scoped ReadOnlySpan<byte> owner, TypeNumber type, uint ttl, scoped ReadOnlySpan<byte> records) =>
        !wantsSignatures || zone.Signer is not { } signer
        || Writer.TryWrite(ownerAt, owner, TypeNumber.Rrsig, ttl, signer.Sign(owner, type, ttl, records));

    /// <summary>One record as a set.</summary>
    public bool TryWriteOne(Zone zone, int ownerAt, scoped ReadOnlySpan<byte> owner, TypeNumber type, uint ttl, scoped ReadOnlySpan<byte> data)
    {
        Span<byte> record = stackalloc byte[2 + Math.Min(data.Length, MostOnStack)];
        if (data.Length > MostOnStack)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt16BigEndian(record, (ushort)data.Length);
        data.CopyTo(record[2..]);
        return TryWrite(zone, ownerAt, owner, type, ttl, record);
    }

    /// <summary>Two names and five numbers: SOA, the longest of what is written one by one.</summary>
    private const int MostOnStack = 1_024;
}
