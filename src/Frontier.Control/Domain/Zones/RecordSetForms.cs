// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Frontier.Contracts.Zones;
using Frontier.Control.Store;
using Frontier.Protocols.Dns;

namespace Frontier.Control.Domain.Zones;

/// <summary>A record set as it is stored, and as DNS nodes serve it.</summary>
internal static class RecordSetForms
{
    /// <summary>Labels reversed, in Route 53's letters: the order in which record sets are listed.</summary>
    public static string SortName(DnsName name)
    {
        var text = name.ToLower().ToText(EscapeForm.Octal);
        return name.IsRoot ? text : string.Join('.', text[..^1].Split('.').Reverse()) + ".";
    }

    public static string SortName(string name) => DnsName.TryParse(name, out var parsed) ? SortName(parsed) : throw new ArgumentException($"'{name}' is no name.", nameof(name));

    public static RecordSetPlace PlaceOf(RecordSet set) => new(SortName(set.Name), set.Type, set.SetIdentifier ?? "");

    public static RecordSetRow ToRow(RecordSet set) => new(PlaceOf(set), JsonSerializer.Serialize(set, RecordSetJson.Default.RecordSet));

    /// <exception cref="InvalidDataException">The store holds something else.</exception>
    public static RecordSet FromRow(RecordSetRow row)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Document, RecordSetJson.Default.RecordSet) ?? throw new InvalidDataException("A stored record set is nothing.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The stored record set {row.SortName} {row.Place.Type} cannot be read: {error.Message}", error);
        }
    }

    public static RecordSetKey KeyOf(RecordSet set) => new(set.Name, set.Type, set.SetIdentifier);

    /// <summary>What a DNS node serves: values in one form, whatever way they were written. The set was found good before.</summary>
    public static RecordSetConfig ToConfig(RecordSet set) => new()
    {
        Name = set.Name,
        Type = set.Type,
        Ttl = (int)(set.Ttl ?? 0),
        Values = [.. set.Values.Select(value => Canonical(set.Type, value))],
        Alias = set.Alias is { } alias ? new AliasTargetConfig(alias.Name, KindOf(alias), alias.EvaluateHealth) : null,
        SetIdentifier = set.SetIdentifier,
        Routing = ToRouting(set),
        HealthCheckId = set.HealthCheckId,
    };

    /// <summary>Whether two sets are the same, in whatever order and form their values are written (NB-5.1).</summary>
    public static bool AreSame(RecordSet one, RecordSet other)
    {
        static IEnumerable<string> Values(RecordSet set) => set.Values.Select(value => Canonical(set.Type, value)).Order(StringComparer.Ordinal);

        return (one with { Values = [] }) == (other with { Values = [] }) && Values(one).SequenceEqual(Values(other));
    }

    public static AliasTargetKind KindOf(RecordAlias alias) =>
        alias.ZoneId == AliasZones.Distributions ? AliasTargetKind.Distribution
        : AliasZones.WebsiteRegion(alias.ZoneId) is not null ? AliasTargetKind.BucketWebsite
        : AliasTargetKind.Record;

    /// <summary>A value in the form that roles tell each other; as it is where it is none of its type.</summary>
    private static string Canonical(string type, string value) =>
        RecordTypes.TryFind(type, out var known) && RecordData.TryParse(known, value, null, EscapeForm.Octal, out var wire, out _) && RecordDataText.TryFormat(known, wire, EscapeForm.Decimal, out var text)
            ? text
            : value;

    private static RoutingConfig? ToRouting(RecordSet set) => set switch
    {
        { Weight: { } weight } => new RoutingConfig { Weight = (int)weight },
        { Region: { } region } => new RoutingConfig { Region = region },
        { Geo: { } geo } => new RoutingConfig { Geo = geo },
        { Failover: { } failover } => new RoutingConfig { IsPrimary = failover == "PRIMARY" },
        { MultiValue: true } => new RoutingConfig { IsMultiValue = true },
        _ => null,
    };
}

/// <summary>What an entry of the log tells of a zone; its version is the entry's sequence.</summary>
/// <param name="BaseVersion">0 for a zone that is new.</param>
internal sealed record ZoneEntryDocument(string ZoneName, long BaseVersion, ImmutableArray<RecordSetKey> Removed, ImmutableArray<RecordSetConfig> Put);

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RecordSet))]
[JsonSerializable(typeof(ZoneEntryDocument))]
internal sealed partial class RecordSetJson : JsonSerializerContext;
