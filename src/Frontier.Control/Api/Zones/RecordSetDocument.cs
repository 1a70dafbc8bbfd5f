// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Contracts.Zones;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain.Zones;
using Frontier.Protocols.Dns;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Zones;

/// <summary>A change batch as it is sent.</summary>
/// <param name="Unsupported">What of it this installation has not, one sentence each.</param>
internal sealed record ChangeBatch(string Comment, ImmutableArray<RecordChange> Changes, ImmutableArray<string> Unsupported);

/// <summary>ResourceRecordSet and the batches that change it.</summary>
internal static class RecordSetDocument
{
    /// <summary>Members of a record set that are known and not supported.</summary>
    private static readonly ImmutableArray<string> Unsupported = ["GeoProximityLocation", "CidrRoutingConfig", "TrafficPolicyInstanceId"];

    public static ChangeBatch ReadBatch(ElementReader root)
    {
        var batch = root.RequiredChild("ChangeBatch");
        var sets = ImmutableArray.CreateBuilder<string>();
        var changes = batch.RequiredChild("Changes").Members("Change", change =>
        {
            var set = change.RequiredChild("ResourceRecordSet");
            sets.AddRange(Unsupported.Where(member => set.Child(member) is not null)
                .Select(member => $"The member {member} of record set {set.Text("Name")} is not supported by this version of Frontier."));
            return new RecordChange(change.RequiredWord("Action", RecordChange.Actions), ReadSet(set));
        });
        return new ChangeBatch(batch.Text("Comment") ?? "", changes, sets.ToImmutable());
    }

    public static XElement Write(RecordSet set) => Element(
        "ResourceRecordSet",
        Element("Name", RecordSetCheck.Shown(set.Name)),
        Element("Type", set.Type),
        Optional("SetIdentifier", set.SetIdentifier),
        Optional("Weight", set.Weight),
        Optional("Region", set.Region),
        set.Geo is { } geo
            ? Element("GeoLocation", Optional("ContinentCode", geo.Continent), Optional("CountryCode", geo.Country), Optional("SubdivisionCode", geo.Subdivision))
            : null,
        Optional("Failover", set.Failover),
        set.MultiValue is { } multiValue ? Flag("MultiValueAnswer", multiValue) : null,
        Optional("TTL", set.Ttl),
        set.Values.IsEmpty ? null : Element("ResourceRecords", set.Values.Select(static value => Element("ResourceRecord", Element("Value", value)))),
        set.Alias is { } alias
            ? Element(
                "AliasTarget",
                Element("HostedZoneId", alias.ZoneId),
                Element("DNSName", RecordSetCheck.Shown(alias.Name)),
                Flag("EvaluateTargetHealth", alias.EvaluateHealth))
            : null,
        Optional("HealthCheckId", set.HealthCheckId));

    private static RecordSet ReadSet(ElementReader set) => new()
    {
        Name = ReadName(set.RequiredText("Name")),
        Type = set.RequiredWord("Type", RecordTypeNames.All),
        Ttl = set.Number("TTL"),
        Values = set.Child("ResourceRecords")?.Members("ResourceRecord", static record => record.RequiredText("Value").Trim()) ?? [],
        Alias = set.Child("AliasTarget") is { } alias
            ? new RecordAlias(Route53Xml.BareId(alias.RequiredText("HostedZoneId")), ReadName(alias.RequiredText("DNSName")), alias.RequiredFlag("EvaluateTargetHealth"))
            : null,
        SetIdentifier = set.NonEmptyText("SetIdentifier"),
        Weight = set.Number("Weight"),
        Region = set.NonEmptyText("Region"),
        Geo = set.Child("GeoLocation") is { } geo
            ? new GeoLocationConfig(geo.NonEmptyText("ContinentCode"), geo.NonEmptyText("CountryCode"), geo.NonEmptyText("SubdivisionCode") is not "*" and var part ? part : null)
            : null,
        Failover = set.OptionalWord("Failover", ["PRIMARY", "SECONDARY"]),
        MultiValue = set.Text("MultiValueAnswer") is null ? null : set.Flag("MultiValueAnswer"),
        HealthCheckId = set.NonEmptyText("HealthCheckId"),
    };

    /// <summary>From the API's letters to those that roles tell each other, in lower case. What is no name stays as it is, for the check to say so.</summary>
    public static string ReadName(string text) => DnsName.TryParse(text, null, EscapeForm.Octal, out var name, out _) ? name.ToLower().ToString() : text;
}
