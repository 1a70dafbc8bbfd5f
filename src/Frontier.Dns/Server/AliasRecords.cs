// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Contracts.Zones;
using Frontier.Dns.Wire;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Server;

/// <summary>The records of sets among which is chosen, and of aliases, put together in a buffer. Used by one thread at a time.</summary>
internal sealed class AliasRecords(ISetChoice choice, IEdgeAddresses edges)
{
    /// <summary>Aliases of aliases.</summary>
    private const int MostAliases = 4;

    private readonly NameBuffer _name = new();
    private readonly byte[] _scratch = new byte[WireName.MaxLength + 2];
    private readonly byte[] _answer = new byte[IEdgeAddresses.MaxLength];
    private readonly byte[] _records = new byte[1 << 16];
    private int _length;
    private uint _ttl;

    /// <summary>False where nothing is to be answered.</summary>
    /// <param name="records">Each with its length before it; good until the next call.</param>
    public bool Choose(Zone zone, ChosenFamily family, scoped in ClientNetwork client, out uint ttl, out ReadOnlySpan<byte> records, scoped ref int scope)
    {
        (_length, _ttl) = (0, uint.MaxValue);
        Add(zone, family, client, ref scope, 0);
        ttl = _ttl;
        records = _records.AsSpan(0, _length);
        return _length > 0;
    }

    /// <summary>Records of a distribution or a website; false where there is no such thing.</summary>
    public bool Ask(IEdgeAddresses source, AliasTargetKind kind, scoped ReadOnlySpan<byte> name, TypeNumber type, scoped in ClientNetwork client, out uint ttl, out ReadOnlySpan<byte> records, scoped ref int scope)
    {
        (_length, _ttl) = (0, uint.MaxValue);
        var exists = TryAdd(source, kind, name, type, client, ref scope);
        ttl = _ttl;
        records = _records.AsSpan(0, _length);
        return exists;
    }

    private void Add(Zone zone, ChosenFamily family, scoped in ClientNetwork client, scoped ref int scope, int depth)
    {
        Span<int> chosen = stackalloc int[ISetChoice.MostChosen];
        var count = 1;
        chosen[0] = 0;
        if (!family.IsSimple)
        {
            count = choice.Choose(zone, family.Configs, client, chosen, out var holdsFor);
            scope = Math.Max(scope, holdsFor);
        }

        foreach (var place in chosen[..count])
        {
            var set = family.Sets[place];
            if (set.Target is null)
            {
                Add(new RecordSetView(set.Packed));
            }
            else if (set.Config.Alias!.Kind is not AliasTargetKind.Record)
            {
                TryAdd(edges, set.Config.Alias.Kind, set.Target, family.Type, client, ref scope);
            }
            else if (depth < MostAliases && _name.TryLoad(set.Target))
            {
                AddOfName(zone, family.Type, client, ref scope, depth);
            }
        }
    }

    private void AddOfName(Zone zone, TypeNumber type, scoped in ClientNetwork client, scoped ref int scope, int depth)
    {
        var isInside = WireName.IsWithin(_name.Wire, zone.Name);
        if (!isInside || ZoneSearch.For(zone, _name, type, _scratch) is not { Found: Found.Name or Found.Wildcard, Node: { } node })
        {
            return;
        }

        var set = node.Find(type);
        if (!set.IsEmpty)
        {
            Add(set);
        }
        else if (node.FindFamily(type) is { } family)
        {
            Add(zone, family, client, ref scope, depth + 1);
        }
    }

    private bool TryAdd(IEdgeAddresses source, AliasTargetKind kind, scoped ReadOnlySpan<byte> name, TypeNumber type, scoped in ClientNetwork client, scoped ref int scope)
    {
        var record = type switch { TypeNumber.A => EdgeRecord.IPv4, TypeNumber.Aaaa => EdgeRecord.IPv6, _ => EdgeRecord.Service };
        var found = source.Find(kind, name, record, client, _answer);
        if (found.Exists && type is TypeNumber.A or TypeNumber.Aaaa or TypeNumber.Https)
        {
            var size = record switch { EdgeRecord.IPv4 => 4, EdgeRecord.IPv6 => 16, EdgeRecord.Service => found.Length };
            for (var at = 0; at < found.Length; at += size)
            {
                Add(_answer.AsSpan(at, size));
            }

            _ttl = Math.Min(_ttl, (uint)found.TtlSeconds);
            scope = Math.Max(scope, found.ScopeLength);
        }

        return found.Exists;
    }

    private void Add(RecordSetView set)
    {
        _ttl = Math.Min(_ttl, set.Ttl);
        var records = set.Records;
        while (!records.IsEmpty)
        {
            Add(RecordSetView.Next(ref records));
        }
    }

    private void Add(ReadOnlySpan<byte> data)
    {
        if (_length + 2 + data.Length <= _records.Length)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_records.AsSpan(_length), (ushort)data.Length);
            data.CopyTo(_records.AsSpan(_length + 2));
            _length += 2 + data.Length;
        }
    }
}
