// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Protocols.Dns.MasterFiles;

/// <summary>Whether records that can be read make a zone that can be served.</summary>
public static class ZoneCheck
{
    private static readonly MasterFilePlace Beginning = new(null, 1, 1);

    /// <param name="zone">The name of the zone.</param>
    /// <returns>All faults, in the order of the file.</returns>
    public static ImmutableArray<MasterFileFault> Faults(DnsName zone, ImmutableArray<MasterRecord> records)
    {
        var faults = new List<MasterFileFault>();
        var starts = records.Where(static record => record.Type.Name == "SOA").ToList();
        if (starts.Count != 1 || starts[0].Name != zone)
        {
            faults.Add(new MasterFileFault(starts.Skip(1).FirstOrDefault()?.Place ?? Beginning, $"There must be one SOA record, at {zone}; there are {starts.Count(start => start.Name == zone)} there and {starts.Count(start => start.Name != zone)} elsewhere."));
        }

        if (!records.Any(record => record.Type.Name == "NS" && record.Name == zone))
        {
            faults.Add(new MasterFileFault(Beginning, $"There is no NS record at {zone}."));
        }

        foreach (var names in records.GroupBy(static record => record.Name))
        {
            CheckName(zone, [.. names], faults);
        }

        faults.AddRange(Missing(zone, records));
        return [.. faults.OrderBy(static fault => fault.Place.Line)];
    }

    private static void CheckName(DnsName zone, ImmutableArray<MasterRecord> records, List<MasterFileFault> faults)
    {
        var first = records[0];
        if (!first.Name.IsWithin(zone))
        {
            faults.Add(Fault(first, $"{first.Name} lies outside {zone}."));
        }

        var aliases = records.Where(static record => record.Type.Name == "CNAME").ToList();
        if (aliases.Count > 0 && records.Length > 1)
        {
            faults.Add(Fault(aliases[0], $"{first.Name} has a CNAME record and others; a CNAME record stands alone."));
        }

        foreach (var set in records.GroupBy(static record => record.Type.Number))
        {
            if (set.Select(static record => record.Ttl).Distinct().Skip(1).FirstOrDefault() is not 0 and var other)
            {
                faults.Add(Fault(set.First(record => record.Ttl == other), $"Records of {first.Name} {set.First().Type.Name} have different times to live; they are answered together and must agree (RFC 2181, section 5.2)."));
            }
        }
    }

    /// <summary>Servers inside the zone that have no address: nobody would find them.</summary>
    private static IEnumerable<MasterFileFault> Missing(DnsName zone, ImmutableArray<MasterRecord> records)
    {
        var addressed = records.Where(static record => record.Type.Name is "A" or "AAAA").Select(static record => record.Name).ToHashSet();
        var cuts = records.Where(record => record.Type.Name == "NS" && record.Name != zone).Select(static record => record.Name).ToHashSet();
        foreach (var record in records.Where(static record => record.Type.Name == "NS"))
        {
            // Below another delegation it is somebody else's to know.
            var isKnown = DnsName.TryReadWire(record.Data, out var server) && server.IsWithin(zone) && (server.IsWithin(record.Name) || !cuts.Any(server.IsWithin));
            if (isKnown && !addressed.Contains(server!))
            {
                yield return Fault(record, $"The name server {server} has no A or AAAA record here.");
            }
        }
    }

    private static MasterFileFault Fault(MasterRecord record, string message) => new(record.Place ?? Beginning, message);
}
