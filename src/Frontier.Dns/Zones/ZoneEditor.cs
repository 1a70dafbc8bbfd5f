// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;
using Frontier.Dns.Signing;
using Frontier.Dns.Wire;
using Frontier.Protocols.Dns;

namespace Frontier.Dns.Zones;

/// <summary>
/// Makes zones of what the control plane says. What cannot be read of it is left out and told: the control plane has judged it by
/// the same grammar, so that it is a fault of ours, and no reason to answer nothing at all.
/// </summary>
internal static class ZoneEditor
{
    /// <summary>A whole zone; null where it has no name or no SOA record at its apex.</summary>
    public static Zone? Compile(ZoneConfig config, ZoneSigner? signer, List<string> faults)
    {
        if (!DnsName.TryParse(config.Name, out var parsed))
        {
            faults.Add($"Zone {config.Id} has no name: \"{config.Name}\".");
            return null;
        }

        var apex = WireName.ToLower(parsed.Wire);
        var drafts = new Dictionary<byte[], List<SetDraft>>(WireNameComparer.Instance) { [apex] = [] };
        foreach (var set in config.RecordSets)
        {
            if (Read(set, apex, config.Id, faults) is { } draft)
            {
                (drafts.TryGetValue(draft.Name, out var there) ? there : drafts[draft.Name] = []).Add(draft);
            }
        }

        var nodes = NameTrie<ZoneNode>.Of(NodesOf(drafts, apex));
        if (nodes.Find(apex)!.Find(TypeNumber.Soa).IsEmpty)
        {
            faults.Add($"Zone {config.Id} ({config.Name}) has no SOA record; it is not served.");
            return null;
        }

        return new Zone(config.Id, apex, config.Version, nodes, nodes.Items.Count(node => IsCut(node, apex)), signer);
    }

    /// <summary>What a change makes of a zone. Costs what it changes.</summary>
    public static Zone Apply(Zone zone, ZoneChange change, List<string> faults)
    {
        var apex = zone.Name.ToArray();
        var nodes = zone.Nodes;
        var cuts = zone.Cuts;
        foreach (var key in change.Removed)
        {
            if (DnsName.TryParse(key.Name, out var name) && RecordTypes.TryFind(key.Type, out var type) && nodes.Find(WireName.ToLower(name.Wire)) is { } node)
            {
                Replace(node, Without(node, (TypeNumber)type.Number, key.SetIdentifier));
            }
        }

        foreach (var set in change.Put)
        {
            if (Read(set, apex, zone.Id, faults) is { } draft)
            {
                nodes = WithPath(nodes, draft.Name);
                var node = nodes.Find(draft.Name)!;
                Replace(node, With(node, draft));
            }
        }

        if (nodes.Find(apex)!.Find(TypeNumber.Soa).IsEmpty)
        {
            faults.Add($"The change to {change.Version} would leave zone {zone.Id} without an SOA record; it stays as it is.");
            return zone;
        }

        return new Zone(zone.Id, apex, change.Version, nodes, cuts, zone.Signer) { Edges = zone.Edges };

        void Replace(ZoneNode before, ZoneNode after)
        {
            cuts += (IsCut(after, apex) ? 1 : 0) - (IsCut(before, apex) ? 1 : 0);
            nodes = nodes.Put(after);
            nodes = WithoutEmpty(nodes, after, apex);
        }
    }

    private static bool IsCut(ZoneNode node, byte[] apex) => node.HasNameServers && !node.Name.SequenceEqual(apex);

    private static SetDraft? Read(RecordSetConfig set, byte[] apex, string zone, List<string> faults)
    {
        if (SetDraft.TryRead(set, apex, out var draft, out var fault))
        {
            return draft;
        }

        faults.Add($"Record set {set.Name} {set.Type} of zone {zone} is left out: {fault}.");
        return null;
    }

    /// <summary>Every name with its sets, and the empty ones between them and the apex.</summary>
    private static List<ZoneNode> NodesOf(Dictionary<byte[], List<SetDraft>> drafts, byte[] apex)
    {
        var children = new Dictionary<byte[], int>(WireNameComparer.Instance);
        foreach (var name in drafts.Keys)
        {
            for (var below = name; below.Length > apex.Length;)
            {
                var above = WireName.Parent(below).ToArray();
                var isNew = !children.TryGetValue(above, out var count) && !drafts.ContainsKey(above);
                children[above] = count + 1;
                below = isNew ? above : apex;
            }
        }

        var nodes = new List<ZoneNode>(drafts.Count + children.Count);
        foreach (var (name, sets) in drafts)
        {
            byte[] plain = [.. sets.Where(static set => set.IsPlain).SelectMany(static set => set.Set.Packed)];
            var families = sets.Where(static set => !set.IsPlain).GroupBy(static set => set.Type, static set => set.Set)
                .Select(static family => new ChosenFamily(family.Key, [.. family]));
            nodes.Add(new ZoneNode(name, plain, [.. families], children.GetValueOrDefault(name)));
        }

        nodes.AddRange(children.Where(entry => !drafts.ContainsKey(entry.Key)).Select(static entry => new ZoneNode(entry.Key, [], [], entry.Value)));
        return nodes;
    }

    private static ZoneNode With(ZoneNode node, SetDraft draft)
    {
        if (draft.IsPlain)
        {
            return node.With(draft.Type, draft.Set.Packed, null);
        }

        var others = node.FindFamily(draft.Type)?.Sets.RemoveAll(set => set.Config.SetIdentifier == draft.Set.Config.SetIdentifier) ?? [];
        return node.With(draft.Type, [], new ChosenFamily(draft.Type, others.Add(draft.Set)));
    }

    private static ZoneNode Without(ZoneNode node, TypeNumber type, string? setIdentifier)
    {
        var left = node.FindFamily(type)?.Sets.RemoveAll(set => set.Config.SetIdentifier == setIdentifier) ?? [];
        return node.With(type, [], left.IsEmpty ? null : new ChosenFamily(type, left));
    }

    /// <summary>With a name and all between it and what is there already.</summary>
    private static NameTrie<ZoneNode> WithPath(NameTrie<ZoneNode> nodes, byte[] name)
    {
        if (nodes.Find(name) is not null)
        {
            return nodes;
        }

        nodes = nodes.Put(new ZoneNode(name, [], [], 0));
        for (var above = WireName.Parent(name).ToArray(); ; above = WireName.Parent(above).ToArray())
        {
            if (nodes.Find(above) is { } there)
            {
                return nodes.Put(there.WithChildren(there.Children + 1));
            }

            nodes = nodes.Put(new ZoneNode(above, [], [], 1));
        }
    }

    /// <summary>Without a name that has nothing and nothing below it, and without those above that are left likewise.</summary>
    private static NameTrie<ZoneNode> WithoutEmpty(NameTrie<ZoneNode> nodes, ZoneNode node, byte[] apex)
    {
        while (node is { IsEmpty: true, Children: 0 } && node.Name.Length > apex.Length)
        {
            var above = nodes.Find(WireName.Parent(node.Name))!;
            nodes = nodes.Remove(node.Name);
            node = above.WithChildren(above.Children - 1);
            nodes = nodes.Put(node);
        }

        return nodes;
    }
}
