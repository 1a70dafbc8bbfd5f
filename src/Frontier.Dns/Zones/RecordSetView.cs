// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Dns.Wire;

namespace Frontier.Dns.Zones;

/// <summary>
/// Records of one name and type, packed one behind the other: type, time to live, how many, how many bytes, and then each
/// record's length and data in wire form.
/// </summary>
internal readonly ref struct RecordSetView(ReadOnlySpan<byte> packed)
{
    public const int HeadLength = 12;

    private readonly ReadOnlySpan<byte> _packed = packed;

    public bool IsEmpty => _packed.IsEmpty;

    public TypeNumber Type => (TypeNumber)BinaryPrimitives.ReadUInt16BigEndian(_packed);

    public uint Ttl => BinaryPrimitives.ReadUInt32BigEndian(_packed[2..]);

    public int Count => BinaryPrimitives.ReadUInt16BigEndian(_packed[6..]);

    /// <summary>The whole of it, head and all.</summary>
    public ReadOnlySpan<byte> Packed => _packed;

    /// <summary>Each record as its length in two bytes and its data; <see cref="Next"/> takes them one by one.</summary>
    public ReadOnlySpan<byte> Records => _packed[HeadLength..];

    /// <summary>Takes the first set off the front of several.</summary>
    public static RecordSetView First(ReadOnlySpan<byte> sets) => new(sets[..(HeadLength + BinaryPrimitives.ReadInt32BigEndian(sets[8..]))]);

    /// <summary>Takes the data of the first record off the front.</summary>
    public static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> records)
    {
        var data = records.Slice(2, BinaryPrimitives.ReadUInt16BigEndian(records));
        records = records[(2 + data.Length)..];
        return data;
    }

    public static byte[] Pack(TypeNumber type, uint ttl, IReadOnlyList<byte[]> records)
    {
        var packed = new byte[HeadLength + records.Sum(static data => 2 + data.Length)];
        BinaryPrimitives.WriteUInt16BigEndian(packed, (ushort)type);
        BinaryPrimitives.WriteUInt32BigEndian(packed.AsSpan(2), ttl);
        BinaryPrimitives.WriteUInt16BigEndian(packed.AsSpan(6), (ushort)records.Count);
        BinaryPrimitives.WriteInt32BigEndian(packed.AsSpan(8), packed.Length - HeadLength);
        var at = HeadLength;
        foreach (var data in records)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packed.AsSpan(at), (ushort)data.Length);
            data.CopyTo(packed, at + 2);
            at += 2 + data.Length;
        }

        return packed;
    }
}
