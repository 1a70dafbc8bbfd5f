// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;

namespace Frontier.Dns.Wire;

/// <summary>A query, read strictly: every byte of the message is accounted for.</summary>
internal ref struct Query
{
    /// <summary>Type, class, time to live and length of a record.</summary>
    private const int RecordFixedLength = 10;

    public ushort Id;
    public ushort Flags;

    /// <summary>As it was sent, case and all. Empty until the question has been read.</summary>
    public ReadOnlySpan<byte> Question;

    public TypeNumber Type;
    public ushort Class;
    public Edns Edns;

    /// <param name="name">Takes the name that is asked for.</param>
    public static QueryVerdict Read(ReadOnlySpan<byte> message, NameBuffer name, out Query query)
    {
        query = default;
        if (message.Length < Header.Length)
        {
            return QueryVerdict.Silence;
        }

        query.Id = BinaryPrimitives.ReadUInt16BigEndian(message);
        query.Flags = BinaryPrimitives.ReadUInt16BigEndian(message[Header.FlagsAt..]);
        if ((query.Flags & Header.Response) != 0)
        {
            return QueryVerdict.Silence;
        }

        if ((query.Flags & Header.OpcodeMask) != 0)
        {
            return QueryVerdict.NotImplemented;
        }

        if (BinaryPrimitives.ReadUInt16BigEndian(message[Header.QuestionsAt..]) != 1 || !name.TryLoad(message[Header.Length..]))
        {
            return QueryVerdict.FormatError;
        }

        var at = Header.Length + name.Wire.Length;
        if (message.Length < at + 4)
        {
            return QueryVerdict.FormatError;
        }

        query.Type = (TypeNumber)BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
        query.Class = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]);
        query.Question = message[Header.Length..(at + 4)];
        return query.ReadRest(message, at + 4);
    }

    private QueryVerdict ReadRest(ReadOnlySpan<byte> message, int at)
    {
        int answers = BinaryPrimitives.ReadUInt16BigEndian(message[Header.AnswersAt..]);
        int authorities = BinaryPrimitives.ReadUInt16BigEndian(message[Header.AuthoritiesAt..]);
        int additionals = BinaryPrimitives.ReadUInt16BigEndian(message[Header.AdditionalsAt..]);

        // Who asks for what has changed tells what it has (RFC 1995 §3); nobody else has reason to.
        if (answers != 0 || (authorities != 0 && Type is not TypeNumber.Ixfr))
        {
            return QueryVerdict.FormatError;
        }

        Span<byte> owner = stackalloc byte[WireName.MaxLength];
        for (var record = 0; record < authorities + additionals; record++)
        {
            if (!WireName.TryRead(message, ref at, owner, out var length) || message.Length < at + RecordFixedLength)
            {
                return QueryVerdict.FormatError;
            }

            var type = (TypeNumber)BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
            var data = at + RecordFixedLength;
            int dataLength = BinaryPrimitives.ReadUInt16BigEndian(message[(data - 2)..]);
            if (message.Length < data + dataLength)
            {
                return QueryVerdict.FormatError;
            }

            if (type is TypeNumber.Opt)
            {
                // One, with the root for its name, in the additional section (RFC 6891 §6.1.1).
                if (Edns.IsPresent || length != 1 || record < authorities
                    || !Edns.TryRead(BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]), BinaryPrimitives.ReadUInt32BigEndian(message[(at + 4)..]), message.Slice(data, dataLength), out Edns))
                {
                    return QueryVerdict.FormatError;
                }
            }

            at = data + dataLength;
        }

        return at != message.Length ? QueryVerdict.FormatError
            : Edns.Version != 0 ? QueryVerdict.BadVersion : QueryVerdict.Good;
    }
}
