// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Dns.Wire;
using Frontier.Protocols.Dns;

namespace Frontier.Dns.Tests.Harness;

/// <summary>An answer, read by rules of its own: every name, count and length must fit.</summary>
internal sealed record Told(int Id, int Flags, int Code, string? Question, IReadOnlyList<ToldRecord> Answers, IReadOnlyList<ToldRecord> Authorities, IReadOnlyList<ToldRecord> Additionals, ToldRecord? Opt, int Length)
{
    public bool IsAuthoritative => (Flags & 0x0400) != 0;

    public bool IsTruncated => (Flags & 0x0200) != 0;

    /// <summary>Data of the answers, in order of their text.</summary>
    public string[] Data => [.. Answers.Select(static record => record.Data).Order(StringComparer.Ordinal)];

    /// <summary>The value of an option of EDNS; null for none.</summary>
    public byte[]? Option(int code)
    {
        ReadOnlySpan<byte> rest = Opt?.Raw ?? [];
        while (!rest.IsEmpty)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (BinaryPrimitives.ReadUInt16BigEndian(rest) == code)
            {
                return rest.Slice(4, length).ToArray();
            }

            rest = rest[(4 + length)..];
        }

        return null;
    }

    public static Told Read(ReadOnlySpan<byte> message)
    {
        var at = 12;
        string? question = null;
        if (BinaryPrimitives.ReadUInt16BigEndian(message[4..]) == 1)
        {
            question = ReadName(message, ref at);
            at += 4;
        }

        var answers = ReadSection(message, ref at, BinaryPrimitives.ReadUInt16BigEndian(message[6..]));
        var authorities = ReadSection(message, ref at, BinaryPrimitives.ReadUInt16BigEndian(message[8..]));
        var additionals = ReadSection(message, ref at, BinaryPrimitives.ReadUInt16BigEndian(message[10..]));
        Assert.Equal(message.Length, at);
        var opt = additionals.Find(static record => record.Type == "TYPE41");
        var flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        return new Told(BinaryPrimitives.ReadUInt16BigEndian(message), flags, (flags & 0xF) | (int)((opt?.Ttl ?? 0) >> 24 << 4), question, answers, authorities,
            [.. additionals.Where(record => record != opt)], opt, message.Length);
    }

    private static List<ToldRecord> ReadSection(ReadOnlySpan<byte> message, ref int at, int count)
    {
        var records = new List<ToldRecord>();
        for (; count > 0; count--)
        {
            var name = ReadName(message, ref at);
            var type = RecordTypes.Find(BinaryPrimitives.ReadUInt16BigEndian(message[at..]));
            var ttl = BinaryPrimitives.ReadUInt32BigEndian(message[(at + 4)..]);
            var data = message.Slice(at + 10, BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..])).ToArray();
            at += 10 + data.Length;
            Assert.True(RecordDataText.TryFormat(type, data, EscapeForm.Decimal, out var text));
            records.Add(new ToldRecord(name, type.Name, ttl, text, data));
        }

        return records;
    }

    private static string ReadName(ReadOnlySpan<byte> message, ref int at)
    {
        var name = new byte[WireName.MaxLength];
        Assert.True(WireName.TryRead(message, ref at, name, out var length));
        Assert.True(DnsName.TryReadWire(name.AsSpan(0, length), out var read));
        return read.ToString();
    }
}
