// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Contracts.Zones;
using Frontier.Dns.Wire;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Server;

/// <summary>
/// From a question to its records: find the zone, find the name in it, follow aliases from zone to zone, refer to whom a part was
/// delegated, or say that there is nothing (RFC 1034 §4.3.2). Allocates nothing but for choices and new signatures. Used by one
/// thread at a time.
/// </summary>
internal sealed class AnswerWalk(ISetChoice choice, IEdgeAddresses edges)
{
    /// <summary>CNAME records in one answer, as many as resolvers follow.</summary>
    private const int MostLinks = 10;

    private readonly NameBuffer _target = new();
    private readonly Referral _referral = new();
    private readonly AliasRecords _aliases = new(choice, edges);
    private readonly byte[] _scratch = new byte[WireName.MaxLength + 2];

    private NameBuffer _name = new();
    private int _nameAt;
    private int _scope;
    private bool _isMadeUp;
    private uint _turn;

    /// <summary>Writes the answer to a question whose name stands behind the header.</summary>
    public AnswerOutcome Run(ref RecordWriter writer, ZoneSet zones, NameBuffer name, TypeNumber type, scoped in ClientNetwork client)
    {
        (_name, _nameAt, _scope, _isMadeUp) = (name, Header.Length, 0, false);
        Zone? last = null;
        for (var link = 0; link < MostLinks; link++)
        {
            if (zones.Find(_name, type) is not { } zone)
            {
                // Where an alias leads out of what is served here, the resolver goes on by itself.
                return link == 0 ? Done(ResponseCode.Refused, isTruncated: false, null) with { IsAuthoritative = false } : Done(ResponseCode.NoError, isTruncated: false, last);
            }

            last = zone;
            var step = Step(ref writer, zone, type, client, out var outcome);
            if (!step)
            {
                return outcome with { IsAuthoritative = outcome.IsAuthoritative || link > 0 };
            }
        }

        return Done(ResponseCode.NoError, isTruncated: false, last);
    }

    /// <summary>True where the name is an alias, and the walk goes on at what it stands for.</summary>
    private bool Step(ref RecordWriter writer, Zone zone, TypeNumber type, scoped in ClientNetwork client, out AnswerOutcome outcome)
    {
        var search = ZoneSearch.For(zone, _name, type, _scratch);
        switch (search.Found)
        {
            case Found.Delegation:
                outcome = Done(ResponseCode.NoError, !_referral.TryWrite(ref writer, zone, _name, _nameAt, search), zone) with { IsAuthoritative = false };
                return false;
            case Found.Asked:
                outcome = AskEdges(ref writer, zone, type, client);
                return false;
            case Found.Nothing:
                outcome = Deny(ref writer, zone, null, isThere: false, type);
                return false;
            default:
                _isMadeUp |= search.Found is Found.Wildcard;
                return Answer(ref writer, zone, search.Node!, type, client, out outcome);
        }
    }

    private bool Answer(ref RecordWriter writer, Zone zone, ZoneNode node, TypeNumber type, scoped in ClientNetwork client, out AnswerOutcome outcome)
    {
        if (node.HasAlias && type is not (TypeNumber.Cname or TypeNumber.Any))
        {
            return Follow(ref writer, zone, node, type, client, out outcome);
        }

        if (type is TypeNumber.Any && !node.IsEmpty)
        {
            // One small record, so that nobody gains by asking for everything (RFC 8482 §4.2).
            outcome = Wrote(writer.TryWriteOne(zone, _nameAt, _name.Wire, TypeNumber.HostInformation, MinimalAny.TtlSeconds, MinimalAny.Data), zone);
            return false;
        }

        var set = SetOf(zone, node, type);
        if (!set.IsEmpty)
        {
            var isWritten = writer.TryWrite(zone, _nameAt, _name.Wire, type, set.Ttl, set.Records, set.Count == 1 ? 0 : (int)(_turn++ % (uint)set.Count));
            outcome = Wrote(isWritten, zone);
            if (isWritten && type is TypeNumber.Ns)
            {
                _referral.TryWriteAddresses(ref writer, zone, set.Records);
            }

            return false;
        }

        if (node.FindFamily(type) is { } family && _aliases.Choose(zone, family, client, out var ttl, out var records, ref _scope))
        {
            outcome = Wrote(writer.TryWrite(zone, _nameAt, _name.Wire, type, ttl, records), zone);
            return false;
        }

        outcome = Deny(ref writer, zone, node, isThere: true, type);
        return false;
    }

    /// <summary>Keys are not in the zone: they come with its signer.</summary>
    private static RecordSetView SetOf(Zone zone, ZoneNode node, TypeNumber type) =>
        zone.Signer is { } signer && node == zone.Apex && type is TypeNumber.Dnskey or TypeNumber.Cds or TypeNumber.Cdnskey ? signer.Find(type) : node.Find(type);

    private bool Follow(ref RecordWriter writer, Zone zone, ZoneNode node, TypeNumber type, scoped in ClientNetwork client, out AnswerOutcome outcome)
    {
        var set = node.Find(TypeNumber.Cname);
        var ttl = set.IsEmpty ? 0 : set.Ttl;
        var records = set.IsEmpty ? default : set.Records;
        if (set.IsEmpty && !_aliases.Choose(zone, node.FindFamily(TypeNumber.Cname)!, client, out ttl, out records, ref _scope))
        {
            outcome = Deny(ref writer, zone, node, isThere: true, type);
            return false;
        }

        // The target's name stands at the end of the record, and may be pointed at from there.
        var length = BinaryPrimitives.ReadUInt16BigEndian(records);
        var target = records.Slice(2, length);
        var ownerLength = _nameAt <= WireName.MaxPointer ? 2 : _name.Wire.Length;
        var targetAt = writer.Writer.Length + ownerLength + 10;
        if (!writer.TryWrite(zone, _nameAt, _name.Wire, TypeNumber.Cname, ttl, records[..(2 + length)]))
        {
            outcome = Wrote(false, zone);
            return false;
        }

        outcome = default;
        if (!_target.TryLoad(target))
        {
            outcome = Wrote(true, zone);
            return false;
        }

        (_name, _nameAt) = (_target, targetAt);
        return true;
    }

    /// <summary>A name of the zone whose names are the distributions (NB-5.7).</summary>
    private AnswerOutcome AskEdges(ref RecordWriter writer, Zone zone, TypeNumber type, scoped in ClientNetwork client)
    {
        if (!_aliases.Ask(zone.Edges!, AliasTargetKind.Distribution, _name.Wire, type, client, out var ttl, out var records, ref _scope))
        {
            return Deny(ref writer, zone, null, isThere: false, type);
        }

        return type is TypeNumber.Any ? Wrote(writer.TryWriteOne(zone, _nameAt, _name.Wire, TypeNumber.HostInformation, MinimalAny.TtlSeconds, MinimalAny.Data), zone)
            : records.IsEmpty ? Deny(ref writer, zone, null, isThere: true, type)
            : Wrote(writer.TryWrite(zone, _nameAt, _name.Wire, type, ttl, records), zone);
    }

    private AnswerOutcome Deny(ref RecordWriter writer, Zone zone, ZoneNode? node, bool isThere, TypeNumber type)
    {
        writer.Writer.Section = MessageSection.Authority;
        var isWritten = Denial.TryWrite(ref writer, zone, _name, _nameAt, node, isThere, type);
        return Done(isThere ? ResponseCode.NoError : ResponseCode.NameError, !isWritten, zone);
    }

    private AnswerOutcome Wrote(bool isWritten, Zone zone) => Done(ResponseCode.NoError, !isWritten, zone);

    private AnswerOutcome Done(ResponseCode code, bool isTruncated, Zone? zone) => new(code, IsAuthoritative: true, isTruncated, _isMadeUp, _scope, zone);
}
