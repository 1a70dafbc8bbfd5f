// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;

namespace Frontier.Dns.Wire;

/// <summary>
/// Writes an answer into a buffer and never past its limit. Owners are told by where their name stands in the message already,
/// uncompressed: at the question, or in the data of a record.
/// </summary>
internal ref struct MessageWriter
{
    private readonly Span<byte> _buffer;
    private int _answers;
    private int _authorities;
    private int _additionals;

    /// <param name="limit">How long the message may become; what is written at its end is kept free by a lower one.</param>
    public MessageWriter(Span<byte> buffer, int limit)
    {
        _buffer = buffer;
        Limit = Math.Min(limit, buffer.Length);
    }

    public int Limit { get; set; }

    public int Length { get; private set; }

    public readonly int Answers => _answers;

    public MessageSection Section { get; set; }

    public readonly MessageMark Mark => new(Length, _answers, _authorities, _additionals);

    public void ReturnTo(MessageMark mark) => (Length, _answers, _authorities, _additionals) = (mark.Length, mark.Answers, mark.Authorities, mark.Additionals);

    /// <summary>The header, and the question as it was asked: its case comes back (0x20). The limit holds for what follows.</summary>
    public void Begin(ushort id, scoped ReadOnlySpan<byte> question)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer, id);
        _buffer[Header.FlagsAt..Header.Length].Clear();
        _buffer[Header.QuestionsAt + 1] = question.IsEmpty ? (byte)0 : (byte)1;
        question.CopyTo(_buffer[Header.Length..]);
        Length = Header.Length + question.Length;
    }

    public readonly void End(int flags)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[Header.FlagsAt..], (ushort)flags);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[Header.AnswersAt..], (ushort)_answers);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[Header.AuthoritiesAt..], (ushort)_authorities);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[Header.AdditionalsAt..], (ushort)_additionals);
    }

    /// <summary>False where it does not fit; then nothing is written.</summary>
    /// <param name="ownerAt">Where the owner's name stands uncompressed.</param>
    /// <param name="owner">The same name, for where no pointer leads.</param>
    public bool TryWrite(int ownerAt, scoped ReadOnlySpan<byte> owner, TypeNumber type, uint ttl, scoped ReadOnlySpan<byte> data)
    {
        var isNear = ownerAt <= WireName.MaxPointer;
        var ownerLength = isNear ? 2 : owner.Length;
        var length = ownerLength + 10 + data.Length;
        if (Length + length > Limit)
        {
            return false;
        }

        var to = _buffer.Slice(Length, length);
        if (isNear)
        {
            BinaryPrimitives.WriteUInt16BigEndian(to, (ushort)((WireName.PointerMark << 8) | ownerAt));
        }
        else
        {
            owner.CopyTo(to);
        }

        to = to[ownerLength..];
        BinaryPrimitives.WriteUInt16BigEndian(to, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], RecordClass.Internet);
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], ttl);
        BinaryPrimitives.WriteUInt16BigEndian(to[8..], (ushort)data.Length);
        data.CopyTo(to[10..]);
        Length += length;
        Count();
        return true;
    }

    /// <summary>An OPT record; the caller has kept its room free.</summary>
    /// <returns>Takes the options; of the length given.</returns>
    public Span<byte> WriteOpt(ushort payloadSize, int extendedCode, ushort flags, int optionsLength)
    {
        var to = _buffer.Slice(Length, Edns.RecordLength + optionsLength);
        to[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)TypeNumber.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(to[3..], payloadSize);
        to[5] = (byte)extendedCode;
        to[6] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(to[7..], flags);
        BinaryPrimitives.WriteUInt16BigEndian(to[9..], (ushort)optionsLength);
        Length += to.Length;
        _additionals++;
        return to[Edns.RecordLength..];
    }

    private void Count()
    {
        switch (Section)
        {
            case MessageSection.Answer:
                _answers++;
                break;
            case MessageSection.Authority:
                _authorities++;
                break;
            case MessageSection.Additional:
                _additionals++;
                break;
        }
    }
}
