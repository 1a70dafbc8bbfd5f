// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Dns.Wire;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Server;

/// <summary>
/// One query in, one answer out: read strictly, judge, walk the zones, and say with EDNS what was understood. Allocates nothing for
/// an answer from a zone that is not signed. Used by one thread at a time; bytes in, bytes out, no sockets.
/// </summary>
internal sealed class Responder(ResponderParts parts)
{
    /// <summary>What a client without EDNS can take over UDP (RFC 1035 §4.2.1).</summary>
    private const int MaxPlainBytes = 512;

    private readonly NameBuffer _name = new();
    private readonly AnswerWalk _walk = new(parts.Choice, parts.Edges);

    public QueryCounters Counters { get; } = new();

    /// <param name="answer">Of <see cref="DnsOptions.MaxTcpBytes"/>, or as much as is ever to be sent.</param>
    /// <returns>How long the answer is; 0 for none.</returns>
    public int Answer(ReadOnlySpan<byte> message, Span<byte> answer, in Asker asker)
    {
        switch (Query.Read(message, _name, out var query))
        {
            case QueryVerdict.Silence:
                Counters.CountSilent();
                return 0;
            case QueryVerdict.FormatError:
                return Refuse(query, ResponseCode.FormatError, answer, asker);
            case QueryVerdict.NotImplemented:
                return Refuse(query, ResponseCode.NotImplemented, answer, asker);
            case QueryVerdict.BadVersion:
                return Say(query, ResponseCode.BadVersion, ExtendedError.None, answer, asker);
            case QueryVerdict.Good when query.Class != RecordClass.Internet:
                return Say(query, ResponseCode.Refused, ExtendedError.None, answer, asker);
            case QueryVerdict.Good when query.Type is TypeNumber.Axfr or TypeNumber.Ixfr:
                // Over TCP the transfer has been started before; here it was not allowed, or asked for where it cannot be.
                return Say(query, ResponseCode.Refused, ExtendedError.Prohibited, answer, asker);
            case QueryVerdict.Good when query.Type is TypeNumber.Opt or TypeNumber.None:
                return Refuse(query, ResponseCode.FormatError, answer, asker);
        }

        return Answer(query, answer, asker);
    }

    private int Answer(in Query query, Span<byte> answer, in Asker asker)
    {
        var limit = asker.IsStream ? answer.Length
            : query.Edns.IsPresent ? Math.Clamp(query.Edns.PayloadSize, MaxPlainBytes, Math.Max(MaxPlainBytes, parts.MaxUdpBytes)) : MaxPlainBytes;
        var subnet = query.Edns.Subnet;
        var client = subnet is { IsPresent: true, SourceLength: > 0 }
            ? new ClientNetwork(subnet.Address, subnet.Family == ClientSubnet.FamilyIPv6, subnet.SourceLength, IsTold: true) : asker.Network;

        var message = new MessageWriter(answer, limit - OptLength(query, ExtendedError.NotAuthoritative));
        message.Begin(query.Id, query.Question);
        var writer = new RecordWriter(message, query.Edns.DnssecOk);
        var outcome = _walk.Run(ref writer, parts.Zones.Current, _name, query.Type, client);
        if (outcome.Zone is null && !parts.Zones.IsReady)
        {
            return Say(query, ResponseCode.ServerFailure, ExtendedError.NotReady, answer, asker);
        }

        message = writer.Writer;
        if (ShouldHold(query, outcome, asker, out var isSlipped))
        {
            return 0;
        }

        if (isSlipped)
        {
            message.Begin(query.Id, query.Question);
            message.ReturnTo(new MessageMark(message.Length, 0, 0, 0));
        }

        parts.Log?.Sample(asker, _name, query.Type, outcome.Code);
        return Finish(ref message, query, CodeOf(query, outcome), outcome.Zone is null ? ExtendedError.NotAuthoritative : ExtendedError.None, outcome.ScopeLength,
            (outcome.IsAuthoritative ? Header.Authoritative : 0) | (outcome.IsTruncated || isSlipped ? Header.Truncated : 0), asker, limit);
    }

    /// <summary>
    /// Over a compact denial of a signed zone the name exists and has nothing, but for clients that want to hear the code as well
    /// (RFC 9824 §5).
    /// </summary>
    private static ResponseCode CodeOf(in Query query, in AnswerOutcome outcome) =>
        outcome is { Code: ResponseCode.NameError, Zone.Signer: not null } && query.Edns.DnssecOk && (query.Edns.Flags & Edns.CompactAnswersFlag) == 0
            ? ResponseCode.NoError : outcome.Code;

    /// <summary>Who has shown that its address is its own is not limited (RFC 7873 §1).</summary>
    private bool ShouldHold(in Query query, in AnswerOutcome outcome, in Asker asker, out bool isSlipped)
    {
        isSlipped = false;
        if (parts.Limit is not { } limit || asker.IsStream || (!query.Edns.Cookie.IsEmpty && parts.Cookies.IsOurs(query.Edns.Cookie, asker)))
        {
            return false;
        }

        var verdict = limit.Judge(asker, _name, outcome.Code, outcome.IsMadeUp || outcome.Code is not ResponseCode.NoError ? outcome.Zone : null);
        isSlipped = verdict is RateVerdict.Slip;
        if (verdict is RateVerdict.Drop)
        {
            Counters.CountDropped();
        }

        return verdict is RateVerdict.Drop;
    }

    /// <summary>The header alone, of a message that could not be read.</summary>
    private int Refuse(in Query query, ResponseCode code, Span<byte> answer, in Asker asker)
    {
        var message = new MessageWriter(answer, MaxPlainBytes);
        message.Begin(query.Id, []);
        message.End(FlagsOf(query, code, 0));
        Counters.Count(code, isTruncated: false, asker.IsStream);
        return message.Length;
    }

    /// <summary>A code and no records.</summary>
    private int Say(in Query query, ResponseCode code, ExtendedError error, Span<byte> answer, in Asker asker)
    {
        if (code is ResponseCode.Refused && ShouldHold(query, new AnswerOutcome(code, false, false, false, 0, null), asker, out _))
        {
            return 0;
        }

        var message = new MessageWriter(answer, MaxPlainBytes);
        message.Begin(query.Id, query.Question);
        return Finish(ref message, query, code, error, 0, 0, asker, MaxPlainBytes);
    }

    private int Finish(ref MessageWriter message, in Query query, ResponseCode code, ExtendedError error, int scope, int flags, in Asker asker, int limit)
    {
        if (query.Edns.IsPresent)
        {
            message.Limit = limit;
            WriteOpt(ref message, query, code, error, scope, asker);
        }

        message.End(FlagsOf(query, code, flags));
        Counters.Count(code, (flags & Header.Truncated) != 0, asker.IsStream);
        return message.Length;
    }

    private static int FlagsOf(in Query query, ResponseCode code, int flags) =>
        Header.Response | flags | ((int)code & 0xF) | (query.Flags & (Header.OpcodeMask | Header.RecursionDesired | Header.CheckingDisabled));

    private int OptLength(in Query query, ExtendedError error) => query.Edns.IsPresent ? Edns.RecordLength + OptionsLength(query, error) : 0;

    private int OptionsLength(in Query query, ExtendedError error) =>
        (query.Edns.AsksForServerId && parts.ServerId.Length > 0 ? Edns.OptionHeaderLength + parts.ServerId.Length : 0)
        + query.Edns.Subnet.OptionLength
        + (query.Edns.Cookie.IsEmpty ? 0 : Edns.OptionHeaderLength + Cookies.Length)
        + (error is ExtendedError.None ? 0 : Edns.OptionHeaderLength + sizeof(ushort));

    private void WriteOpt(ref MessageWriter message, in Query query, ResponseCode code, ExtendedError error, int scope, in Asker asker)
    {
        var options = message.WriteOpt((ushort)parts.MaxUdpBytes, (int)code >> 4, (ushort)(query.Edns.Flags & Edns.DnssecOkFlag), OptionsLength(query, error));
        if (query.Edns.AsksForServerId && parts.ServerId.Length > 0)
        {
            parts.ServerId.CopyTo(Option(ref options, EdnsOption.NameServerId, parts.ServerId.Length));
        }

        if (query.Edns.Subnet.IsPresent)
        {
            query.Edns.Subnet.Write(options, scope);
            options = options[query.Edns.Subnet.OptionLength..];
        }

        if (!query.Edns.Cookie.IsEmpty)
        {
            parts.Cookies.Write(Option(ref options, EdnsOption.Cookie, Cookies.Length), query.Edns.Cookie[..Cookies.ClientLength], asker);
        }

        if (error is not ExtendedError.None)
        {
            BinaryPrimitives.WriteUInt16BigEndian(Option(ref options, EdnsOption.ExtendedError, sizeof(ushort)), (ushort)error);
        }
    }

    /// <summary>Writes code and length of an option and takes it off the front.</summary>
    private static Span<byte> Option(ref Span<byte> options, EdnsOption code, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(options, (ushort)code);
        BinaryPrimitives.WriteUInt16BigEndian(options[2..], (ushort)length);
        var value = options.Slice(Edns.OptionHeaderLength, length);
        options = options[(Edns.OptionHeaderLength + length)..];
        return value;
    }
}
