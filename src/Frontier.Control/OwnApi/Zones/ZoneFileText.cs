// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Zones;
using Frontier.Protocols.Dns;
using Frontier.Protocols.Dns.MasterFiles;

namespace Frontier.Control.OwnApi.Zones;

/// <summary>Record sets to a zone file and back. What a file cannot say stays out of it, and is named in its comments.</summary>
internal static class ZoneFileText
{
    public static readonly ApiError InvalidZoneFile = new("InvalidZoneFile", 400, "The zone file is not valid.");

    /// <summary>Whether a zone file can hold the set: no alias, no routing policy, no health check.</summary>
    public static bool CanHold(RecordSet set) => set is { Alias: null, SetIdentifier: null, HealthCheckId: null };

    /// <summary>Whether it is the zone's own SOA or NS set: the zone's, whatever a file says.</summary>
    public static bool IsOfZone(RecordSet set, string zone) => set.Name == zone && set.Type is RecordTypeNames.Soa or RecordTypeNames.Ns;

    public static string Write(string zone, IReadOnlyCollection<RecordSet> sets)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.Write($"; {zone}\n");
        MasterFileWriter.Write(text, sets.Where(CanHold).OrderByDescending(static set => set.Type == RecordTypeNames.Soa).SelectMany(ToRecords));
        foreach (var set in sets.Where(static set => !CanHold(set)))
        {
            text.Write($"; not in this file: {set.Name} {set.Type} {Describe(set)}\n");
        }

        return text.ToString();
    }

    /// <summary>The record sets of a file, its SOA and the NS set of the zone itself left out; all faults otherwise, with their lines.</summary>
    public static Outcome<List<RecordSet>> Read(DnsName zone, string text)
    {
        var read = MasterFileReader.Read(text, zone);
        var faults = read.Faults.IsEmpty ? [.. ZoneCheck.Faults(zone, read.Records), .. Unknown(read.Records)] : read.Faults;
        if (!faults.IsEmpty)
        {
            return InvalidZoneFile.Saying(string.Join('\n', faults));
        }

        return read.Records.GroupBy(static record => (Name: record.Name.ToLower().ToString(), Type: record.Type.Name))
            .Select(static set => new RecordSet { Name = set.Key.Name, Type = set.Key.Type, Ttl = set.First().Ttl, Values = [.. set.Select(static record => Value(record)).Distinct(StringComparer.Ordinal)] })
            .Where(set => !IsOfZone(set, zone.ToString()))
            .ToList();
    }

    private static IEnumerable<MasterFileFault> Unknown(ImmutableArray<MasterRecord> records) => records
        .Where(static record => !RecordTypeNames.All.Contains(record.Type.Name))
        .Select(static record => new MasterFileFault(
            record.Place!, $"Hosted zones hold no {record.Type.Name} records: take it out. They hold {string.Join(", ", RecordTypeNames.All)}."));

    /// <summary>In the form in which Route 53's API takes values.</summary>
    private static string Value(MasterRecord record) =>
        RecordDataText.TryFormat(record.Type, record.Data, EscapeForm.Octal, out var text) ? text : throw new InvalidOperationException($"Data that was read as {record.Type.Name} is none.");

    private static IEnumerable<MasterRecord> ToRecords(RecordSet set)
    {
        if (!DnsName.TryParse(set.Name, out var name) || !RecordTypes.TryFind(set.Type, out var type))
        {
            throw new InvalidDataException($"The stored record set {set.Name} {set.Type} is none.");
        }

        foreach (var value in set.Values)
        {
            if (!RecordData.TryParse(type, value, null, EscapeForm.Octal, out var data, out var fault))
            {
                throw new InvalidDataException($"The stored record set {set.Name} {set.Type} has data that is none: {fault.Message}.");
            }

            yield return new MasterRecord(name, type, (uint)(set.Ttl ?? 0), data, null);
        }
    }

    private static string Describe(RecordSet set) =>
        set.Alias is { } alias ? $"an alias to {alias.Name}"
        : set.SetIdentifier is { } identifier ? $"one of several, \"{string.Concat(identifier.Select(static character => character is < ' ' or > '~' ? '?' : character))}\""
        : $"with health check {set.HealthCheckId}";
}
