// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Zones;
using Frontier.Control.Store;

namespace Frontier.Control.Domain.Zones;

/// <summary>
/// Decides a change batch (NB-5.1): every change is made in turn on a copy of what is there, and the zone that comes of it is
/// checked as a whole, so that of a batch either all or nothing is made, and every fault is told.
/// </summary>
internal sealed class ChangeBatchCheck(ZoneFacts facts)
{
    private readonly List<string> _faults = [];
    private readonly Dictionary<RecordSetPlace, RecordSet> _sets = facts.Existing.ToDictionary(RecordSetForms.PlaceOf);

    /// <summary>What is wrong; empty when <see cref="Edit"/> may be made.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public void Run(ImmutableArray<RecordChange> changes)
    {
        CheckSize(changes);
        foreach (var change in changes)
        {
            var faults = change.Action == RecordChange.Delete ? [] : RecordSetCheck.FindFaults(change, facts).ToList();
            _faults.AddRange(faults);
            if (faults.Count == 0)
            {
                Make(change);
            }
        }

        // What is half made is not worth looking at: its faults would be those of the changes that could not be made.
        if (_faults.Count == 0)
        {
            CheckWhole(changes);
        }
    }

    /// <summary>What the batch comes to.</summary>
    public (RecordSetEdit Edit, ZoneEntryDocument Document) Edit()
    {
        var before = facts.Existing.ToDictionary(RecordSetForms.PlaceOf);
        var removed = before.Where(set => !_sets.ContainsKey(set.Key)).ToImmutableArray();
        var put = _sets.Where(set => !before.TryGetValue(set.Key, out var old) || !ReferenceEquals(old, set.Value)).ToImmutableArray();
        return (
            new RecordSetEdit(facts.Zone.Id, facts.Version, CountAfter, [.. removed.Select(static set => set.Key)], [.. put.Select(static set => RecordSetForms.ToRow(set.Value))]),
            new ZoneEntryDocument(
                facts.Zone.Settings.Name, facts.Version, [.. removed.Select(static set => RecordSetForms.KeyOf(set.Value))], [.. put.Select(static set => RecordSetForms.ToConfig(set.Value))]));
    }

    private long CountAfter => facts.Count - facts.Existing.Length + _sets.Count;

    private void CheckSize(ImmutableArray<RecordChange> changes)
    {
        var quotas = facts.Quotas;
        if (changes.Sum(static change => change.Cost * Math.Max(1, change.Set.Values.Length)) > quotas.RecordsPerChangeBatch)
        {
            _faults.Add($"Number of records limit of {quotas.RecordsPerChangeBatch} exceeded.");
        }

        if (changes.Sum(static change => change.Cost * change.Set.Values.Sum(static value => value.Length)) > quotas.CharactersPerChangeBatch)
        {
            _faults.Add($"Number of characters limit of {quotas.CharactersPerChangeBatch} exceeded.");
        }
    }

    private void Make(RecordChange change)
    {
        var place = RecordSetForms.PlaceOf(change.Set);
        var shown = $"resource record set [name='{RecordSetCheck.Shown(change.Set.Name)}', type='{change.Set.Type}'{(change.Set.SetIdentifier is { } id ? $", set identifier='{id}'" : "")}]";
        var existing = _sets.GetValueOrDefault(place);
        switch (change.Action)
        {
            case RecordChange.Create when existing is not null:
                _faults.Add($"Tried to create {shown} but it already exists");
                break;
            case RecordChange.Delete when existing is null:
                _faults.Add($"Tried to delete {shown} but it was not found");
                break;
            case RecordChange.Delete when !RecordSetForms.AreSame(existing, change.Set):
                _faults.Add($"Tried to delete {shown} but the values provided do not match the current values");
                break;
            case RecordChange.Delete:
                _sets.Remove(place);
                break;
            default:
                _sets[place] = change.Set;
                break;
        }
    }

    private void CheckWhole(ImmutableArray<RecordChange> changes)
    {
        var zone = RecordSetCheck.Shown(facts.Zone.Settings.Name);
        var apex = facts.Zone.Settings.Name;
        if (CountAfter > facts.Quotas.RecordSetsPerZone && CountAfter > facts.Count)
        {
            _faults.Add($"Number of record sets limit of {facts.Quotas.RecordSetsPerZone} in zone {zone} exceeded.");
        }

        if (changes.Any(change => change.Set.Name == apex && change.Set.Type == RecordTypeNames.Soa) && !_sets.Values.Any(set => set.Name == apex && set.Type == RecordTypeNames.Soa))
        {
            _faults.Add("A HostedZone must contain exactly one SOA record.");
        }

        if (changes.Any(change => change.Set.Name == apex && change.Set.Type == RecordTypeNames.Ns) && !_sets.Values.Any(set => set.Name == apex && set.Type == RecordTypeNames.Ns))
        {
            _faults.Add("A HostedZone must contain at least one NS record for the zone itself.");
        }

        var byName = _sets.Values.ToLookup(static set => set.Name);
        foreach (var name in changes.Select(static change => change.Set.Name).Distinct())
        {
            CheckName(name, [.. byName[name]], zone);
        }

        foreach (var set in changes.Where(static change => change.Action != RecordChange.Delete).Select(static change => change.Set))
        {
            if (set.Alias is { } alias && RecordSetForms.KindOf(alias) == AliasTargetKind.Record && !byName[alias.Name].Any(target => target.Type == set.Type))
            {
                _faults.Add($"Tried to create an alias that targets {RecordSetCheck.Shown(alias.Name)}, type {set.Type} in zone {alias.ZoneId}, but that target was not found");
            }
        }
    }

    private void CheckName(string name, ImmutableArray<RecordSet> sets, string zone)
    {
        if (sets.Any(static set => set.Type == RecordTypeNames.Cname) && sets.Any(static set => set.Type != RecordTypeNames.Cname))
        {
            _faults.Add($"RRSet of type CNAME with DNS name {RecordSetCheck.Shown(name)} is not permitted as it conflicts with other records with the same DNS name in zone {zone}");
        }

        foreach (var family in sets.GroupBy(static set => set.Type).Where(static family => family.Skip(1).Any()))
        {
            CheckFamily($"RRSet with DNS name {RecordSetCheck.Shown(name)}, type {family.Key}", [.. family]);
        }
    }

    /// <summary>Sets of one name and type are of one kind of routing, and no two of them mean the same clients.</summary>
    private void CheckFamily(string shown, ImmutableArray<RecordSet> sets)
    {
        static string KindOf(RecordSet set) => set switch
        {
            { Weight: not null } => "weighted",
            { Region: not null } => "latency",
            { Geo: not null } => "geolocation",
            { Failover: not null } => "failover",
            { MultiValue: true } => "multivalue answer",
            _ => "simple",
        };

        var kinds = sets.Select(KindOf).Distinct().Order(StringComparer.Ordinal).ToList();
        if (kinds.Count > 1)
        {
            _faults.Add($"{shown}, SetIdentifier {sets[^1].SetIdentifier ?? "null"} cannot be created as other RRSets exist with the same name and type: {string.Join(" and ", kinds)} record sets cannot be mixed");
            return;
        }

        if (sets.Length > facts.Quotas.RecordSetsPerName)
        {
            _faults.Add($"{shown}: there may be at most {facts.Quotas.RecordSetsPerName} record sets of one name and type");
        }

        var same = sets.GroupBy(static set => (object?)set.Region ?? (object?)set.Geo ?? set.Failover).FirstOrDefault(static group => group.Key is not null && group.Skip(1).Any());
        if (same is not null)
        {
            _faults.Add($"{shown}: the {kinds[0]} record sets {string.Join(" and ", same.Select(static set => set.SetIdentifier))} are for the same {(kinds[0] == "failover" ? $"role {same.Key}" : "clients")}");
        }
    }
}
