// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Security.Cryptography;
using Frontier.Dns.Wire;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Signing;

/// <summary>Signs a zone's records when they are asked for (online signing), and keeps the signatures for a while. Thread-safe.</summary>
internal sealed class ZoneSigner
{
    /// <summary>Of keys and what is made of them, in seconds.</summary>
    private const uint KeyTtl = 3_600;

    /// <summary>From before now, for clients whose clocks are late, to some days ahead; renewed well before the end.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(7);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Signatures that are kept, at most twice as many: some five megabytes.</summary>
    private const int Capacity = 8_192;

    /// <summary>The data of an RRSIG record up to the signer's name (RFC 4034 §3.1).</summary>
    private const int HeadLength = 18;

    private readonly SignatureCache _cache = new(Capacity);
    private readonly byte[] _zone;
    private readonly ZoneKey _key;
    private readonly TimeProvider _time;
    private readonly byte[] _keys;
    private readonly byte[] _childKeys;
    private readonly byte[] _childDigests;

    /// <param name="zone">In wire form and lower case.</param>
    public ZoneSigner(byte[] zone, ZoneKey key, TimeProvider time)
    {
        (_zone, _key, _time) = (zone, key, time);
        _keys = RecordSetView.Pack(TypeNumber.Dnskey, KeyTtl, [key.Data]);
        _childKeys = RecordSetView.Pack(TypeNumber.Cdnskey, KeyTtl, [key.Data]);
        _childDigests = RecordSetView.Pack(TypeNumber.Cds, KeyTtl, [key.DelegationData(zone)]);
    }

    /// <summary>What the zone has of its key at its apex: DNSKEY, CDNSKEY or CDS (RFC 7344).</summary>
    public RecordSetView Find(TypeNumber type) => new(type switch
    {
        TypeNumber.Dnskey => _keys,
        TypeNumber.Cdnskey => _childKeys,
        _ => _childDigests,
    });

    /// <summary>The data of an RRSIG record for a set (RFC 4034 §3). The owner is signed as it stands, also where a wildcard made it.</summary>
    /// <param name="owner">In wire form and lower case.</param>
    /// <param name="records">Each with its length before it, in whatever order.</param>
    public ReadOnlySpan<byte> Sign(ReadOnlySpan<byte> owner, TypeNumber type, uint ttl, ReadOnlySpan<byte> records)
    {
        var digest = DigestOf(owner, type, ttl, records);
        var now = _time.GetUtcNow();
        if (_cache.Find(digest) is { } kept && kept.RenewAt > now)
        {
            return kept.Data;
        }

        var made = Make(owner, type, ttl, records, now);
        _cache.Add(digest, new Signature(made, now + Kept));
        return made;
    }

    private static UInt128 DigestOf(ReadOnlySpan<byte> owner, TypeNumber type, uint ttl, ReadOnlySpan<byte> records)
    {
        Span<byte> head = stackalloc byte[6 + WireName.MaxLength];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)type);
        BinaryPrimitives.WriteUInt32BigEndian(head[2..], ttl);
        owner.CopyTo(head[6..]);
        Span<byte> digests = stackalloc byte[2 * SHA256.HashSizeInBytes];
        SHA256.HashData(head[..(6 + owner.Length)], digests);
        SHA256.HashData(records, digests[SHA256.HashSizeInBytes..]);
        SHA256.HashData(digests, digests);
        return BinaryPrimitives.ReadUInt128BigEndian(digests);
    }

    private byte[] Make(ReadOnlySpan<byte> owner, TypeNumber type, uint ttl, ReadOnlySpan<byte> records, DateTimeOffset now)
    {
        var head = new byte[HeadLength + _zone.Length];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)type);
        head[2] = ZoneKey.Algorithm;
        head[3] = (byte)(WireName.Labels(owner) - (WireName.IsWildcard(owner) ? 1 : 0));
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), ttl);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), (uint)(now + Ahead).ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(12), (uint)(now - Before).ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(16), _key.Tag);
        _zone.CopyTo(head, HeadLength);

        var signed = new List<byte>(head);
        foreach (var data in Canonical(type, records))
        {
            signed.AddRange(owner);
            signed.AddRange([(byte)((ushort)type >> 8), (byte)type, 0, (byte)RecordClass.Internet]);
            signed.AddRange([(byte)(ttl >> 24), (byte)(ttl >> 16), (byte)(ttl >> 8), (byte)ttl, (byte)(data.Length >> 8), (byte)data.Length]);
            signed.AddRange(data);
        }

        return [.. head, .. _key.Sign([.. signed])];
    }

    /// <summary>Names in lower case, in order of their bytes, each once (RFC 4034 §6.2 and §6.3).</summary>
    private static List<byte[]> Canonical(TypeNumber type, ReadOnlySpan<byte> records)
    {
        var sorted = new List<byte[]>();
        while (!records.IsEmpty)
        {
            sorted.Add(LowerNames(type, RecordSetView.Next(ref records).ToArray()));
        }

        sorted.Sort(static (one, other) => one.AsSpan().SequenceCompareTo(other));
        return sorted;
    }

    /// <summary>Types from before RFC 3597 have their names in lower case, others as they are (RFC 4034 §6.2, RFC 6840 §5.1).</summary>
    private static byte[] LowerNames(TypeNumber type, byte[] data)
    {
        var names = type switch
        {
            TypeNumber.Ns or TypeNumber.Cname or TypeNumber.Ptr => data.AsSpan(),
            TypeNumber.Soa => data.AsSpan(..^20),
            TypeNumber.Mx => data.AsSpan(2..),
            TypeNumber.Srv => data.AsSpan(6..),
            TypeNumber.Naptr => data.AsSpan(BehindStrings(data)..),
            _ => [],
        };
        WireName.ToLower(names, names);
        return data;
    }

    /// <summary>Two numbers, and three strings with their lengths.</summary>
    private static int BehindStrings(byte[] data)
    {
        var at = 4;
        for (var strings = 0; strings < 3; strings++)
        {
            at += 1 + data[at];
        }

        return at;
    }
}
