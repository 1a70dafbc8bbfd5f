// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Zones;
using Frontier.Decisions.Dns;
using Frontier.Protocols.Dns;

namespace Frontier.Control.Domain.Zones;

/// <summary>Whether a record set is one at all, whatever else the zone holds (NB-5.2 to NB-5.4). Messages are in the form of Route 53's.</summary>
internal static class RecordSetCheck
{
    private const long LongestTtl = DnsDuration.LongestTtl;
    private const int MostValues = 400;
    private const int LongestIdentifier = 128;
    private const int HeaviestWeight = 255;

    private static readonly ImmutableArray<string> DistributionTypes = ["A", "AAAA", "HTTPS"];
    private static readonly ImmutableArray<string> WebsiteTypes = ["A", "AAAA"];

    public static IEnumerable<string> FindFaults(RecordChange change, ZoneFacts facts)
    {
        var set = change.Set;
        if (!DnsName.TryParse(set.Name, null, EscapeForm.Decimal, out var name, out var fault))
        {
            return [$"Invalid Resource Record: '{Describe(fault)}'"];
        }

        return
        [
            .. OfName(set, name, facts),
            .. set.Alias is { } alias ? OfAlias(change, alias, facts) : OfValues(change),
            .. OfRouting(change),
        ];
    }

    /// <summary>How Route 53 speaks of a fault in a record.</summary>
    public static string Describe(DataFault fault) => $"FATAL problem: {fault.Code} ({fault.Message}) encountered with '{fault.Text}'";

    /// <summary>A name as the API writes it.</summary>
    public static string Shown(string name) => DnsName.TryParse(name, out var parsed) ? parsed.ToText(EscapeForm.Octal) : name;

    private static IEnumerable<string> OfName(RecordSet set, DnsName name, ZoneFacts facts)
    {
        if (!name.IsWithin(facts.Apex))
        {
            yield return $"RRSet with DNS name {Shown(set.Name)} is not permitted in zone {Shown(facts.Zone.Settings.Name)}";
        }

        var isApex = name == facts.Apex;
        if (isApex && set.Type is RecordTypeNames.Cname or RecordTypeNames.Ds)
        {
            yield return $"RRSet of type {set.Type} with DNS name {Shown(set.Name)} is not permitted at apex in zone {Shown(facts.Zone.Settings.Name)}";
        }

        if (!isApex && set.Type == RecordTypeNames.Soa)
        {
            yield return $"RRSet of type SOA with DNS name {Shown(set.Name)} is not permitted below the apex of zone {Shown(facts.Zone.Settings.Name)}";
        }
    }

    private static IEnumerable<string> OfValues(RecordChange change)
    {
        var set = change.Set;
        if (set.Ttl is null || set.Values.IsEmpty)
        {
            yield return $"Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none in {Place(change)}";
            yield break;
        }

        if (set.Ttl is < 0 or > LongestTtl)
        {
            yield return $"Invalid TTL: {set.Ttl} in {Place(change)}. It must be from 0 to {LongestTtl}.";
        }

        if (set.Values.Length > MostValues)
        {
            yield return $"Number of records limit of {MostValues} exceeded in {Place(change)}";
        }

        if (set.Type is RecordTypeNames.Cname or RecordTypeNames.Soa && set.Values.Length > 1)
        {
            yield return $"RRSet of type {set.Type} with DNS name {Shown(set.Name)} can have only one record";
        }

        RecordTypes.TryFind(set.Type, out var type);
        HashSet<string> seen = [];
        foreach (var value in set.Values)
        {
            if (!RecordData.TryParse(type!, value, null, EscapeForm.Octal, out var wire, out var fault))
            {
                yield return $"Invalid Resource Record: '{Describe(fault)}'";
            }
            else if (!seen.Add(Convert.ToHexString(wire)))
            {
                yield return $"Duplicate Resource Record: '{value}'";
            }
        }
    }

    private static IEnumerable<string> OfAlias(RecordChange change, RecordAlias alias, ZoneFacts facts)
    {
        var set = change.Set;
        if (set.Ttl is not null || !set.Values.IsEmpty)
        {
            yield return $"Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found more than one in {Place(change)}";
        }

        var target = $"Tried to create an alias that targets {Shown(alias.Name)}, type {set.Type} in zone {alias.ZoneId}, but";
        if (!DnsName.TryParse(alias.Name, out var name))
        {
            yield return $"{target} the alias target name is not valid";
            yield break;
        }

        if (set.Type is RecordTypeNames.Ns or RecordTypeNames.Soa)
        {
            yield return $"RRSet of type {set.Type} with DNS name {Shown(set.Name)} cannot be an alias";
        }

        switch (RecordSetForms.KindOf(alias))
        {
            case AliasTargetKind.Distribution:
                foreach (var fault in OfDistribution(set, alias, target, facts))
                {
                    yield return fault;
                }

                break;
            case AliasTargetKind.BucketWebsite:
                if (!AliasZones.IsWebsiteName(alias.Name, AliasZones.WebsiteRegion(alias.ZoneId)!) || !WebsiteTypes.Contains(set.Type))
                {
                    yield return $"{target} that is no website endpoint of buckets in this zone, or the type is none of {string.Join(", ", WebsiteTypes)}";
                }

                break;
            case AliasTargetKind.Record when alias.ZoneId != facts.Zone.Id:
                yield return $"{target} the alias target is not in hosted zone {facts.Zone.Id}, nor a distribution ({AliasZones.Distributions}), nor a website endpoint of buckets";
                break;
            case AliasTargetKind.Record:
                if (!name.IsWithin(facts.Apex))
                {
                    yield return $"{target} the alias target name does not lie within the target zone";
                }
                else if (alias.Name == set.Name)
                {
                    yield return $"{target} that is the record set itself";
                }

                break;
        }
    }

    private static IEnumerable<string> OfDistribution(RecordSet set, RecordAlias alias, string target, ZoneFacts facts)
    {
        if (!facts.HasDistribution(alias.Name))
        {
            yield return $"{target} that target was not found";
        }

        if (!DistributionTypes.Contains(set.Type))
        {
            yield return $"{target} an alias to a distribution is of type {string.Join(", ", DistributionTypes)}";
        }

        if (alias.EvaluateHealth)
        {
            yield return $"{target} EvaluateTargetHealth must be false for a distribution";
        }
    }

    private static IEnumerable<string> OfRouting(RecordChange change)
    {
        var set = change.Set;
        var kinds = new[] { set.Weight is not null, set.Region is not null, set.Geo is not null, set.Failover is not null, set.MultiValue is true }.Count(static given => given);
        if (kinds > 1)
        {
            yield return $"Invalid request: Expected at most one of [Weight, Region, GeoLocation, Failover, MultiValueAnswer], but found more than one in {Place(change)}";
        }

        if ((kinds > 0) != set.SetIdentifier is not null)
        {
            yield return kinds > 0
                ? $"Invalid request: Missing field 'SetIdentifier' in {Place(change)}"
                : $"Invalid request: Expected exactly one of [Weight, Region, GeoLocation, Failover, MultiValueAnswer] beside 'SetIdentifier', but found none in {Place(change)}";
        }

        if (set.SetIdentifier is { Length: 0 or > LongestIdentifier })
        {
            yield return $"Invalid SetIdentifier in {Place(change)}: it must have 1 to {LongestIdentifier} characters";
        }

        if (kinds > 0 && set.Type is RecordTypeNames.Ns or RecordTypeNames.Soa or RecordTypeNames.Ds)
        {
            yield return $"RRSet of type {set.Type} with DNS name {Shown(set.Name)} cannot have a routing policy";
        }

        if (set.Weight is < 0 or > HeaviestWeight)
        {
            yield return $"Invalid Weight: {set.Weight} in {Place(change)}. It must be from 0 to {HeaviestWeight}.";
        }

        if (set.Region is { } region && !RegionPlaces.IsKnown(region))
        {
            yield return $"Invalid Region: '{region}' in {Place(change)}";
        }

        if (set.Geo is { } geo && !GeoLocations.IsKnown(geo))
        {
            yield return $"The geo location in {Place(change)} is not valid or not supported. ListGeoLocations names those that are.";
        }

        if (set is { MultiValue: true, Type: RecordTypeNames.Cname } or { MultiValue: true, Alias: not null })
        {
            yield return $"A multivalue answer can be neither a CNAME nor an alias: {Place(change)}";
        }
    }

    private static string Place(RecordChange change) =>
        $"Change with [Action={change.Action}, Name={Shown(change.Set.Name)}, Type={change.Set.Type}, SetIdentifier={change.Set.SetIdentifier ?? "null"}]";
}
