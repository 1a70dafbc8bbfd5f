// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;
using Frontier.Decisions.Dns;
using Frontier.Dns.Wire;
using Frontier.Protocols.Dns;

namespace Frontier.Dns.Zones;

/// <summary>The record sets of a zone as the choice among them looks for the targets of aliases.</summary>
internal sealed class ZoneRecordSets(NameTrie<ZoneNode> nodes) : IRecordSets
{
    public IReadOnlyList<RecordSetConfig> Find(string name, string type)
    {
        if (!DnsName.TryParse(name, out var parsed) || !RecordTypes.TryFind(type, out var known) || nodes.Find(WireName.ToLower(parsed.Wire)) is not { } node)
        {
            return [];
        }

        // What is always answered has no health of its own; that it is there is all there is to say of it.
        return node.FindFamily((TypeNumber)known.Number) is { } family ? family.Configs
            : node.Find((TypeNumber)known.Number).IsEmpty ? [] : [new RecordSetConfig { Name = name, Type = type }];
    }
}
