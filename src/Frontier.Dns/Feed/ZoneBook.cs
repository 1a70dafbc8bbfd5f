// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;
using Frontier.Dns.Server;
using Frontier.Dns.Signing;
using Frontier.Dns.Wire;
using Frontier.Dns.Zones;
using Frontier.Protocols.Dns;

namespace Frontier.Dns.Feed;

/// <summary>
/// All hosted zones by their ids, and what is served of them: of several with one name the one whose id comes first. Written by the
/// feed's loop alone.
/// </summary>
/// <param name="signers">Of zones that are signed, by their names.</param>
/// <param name="domain">The zone of the distributions, which is there even where no hosted zone is; null for none.</param>
internal sealed class ZoneBook(ServedZones served, IReadOnlyDictionary<byte[], ZoneSigner> signers, ZoneConfig? domain, IEdgeAddresses edges)
{
    private readonly byte[]? _domain = domain is not null && DnsName.TryParse(domain.Name, out var name) ? WireName.ToLower(name.Wire) : null;
    private Dictionary<string, Zone> _zones = new(StringComparer.Ordinal);

    /// <summary>What is gathered of a whole set that has not come to its end; null for none.</summary>
    private Dictionary<string, Zone>? _anew;

    public IReadOnlyCollection<Zone> Zones => _zones.Values;

    /// <summary>Whether a whole set has begun that is not served yet.</summary>
    public bool IsGathering => _anew is not null;

    /// <summary>Serves the zone of the distributions before anything is heard.</summary>
    public void Begin(List<string> faults)
    {
        if (OwnDomain(faults) is { } own)
        {
            served.Publish(ZoneSet.Of([own]));
        }
    }

    /// <summary>A set that starts anew takes the place of the one before when it is whole: until then that is served.</summary>
    /// <returns>What could not be taken over.</returns>
    public List<string> Apply(ZoneAnswer answer)
    {
        var faults = new List<string>();
        _anew = answer.StartsAnew ? new Dictionary<string, Zone>(StringComparer.Ordinal) : _anew;
        var zones = _anew ?? _zones;
        var changed = new List<Zone>();
        var gone = new List<Zone>();
        foreach (var config in answer.Zones)
        {
            if (ZoneEditor.Compile(config, SignerOf(config.Name), faults) is { } zone)
            {
                Put(zone);
            }
        }

        foreach (var change in answer.Changes)
        {
            // Of a change that the zone has already there is nothing to do; one that does not follow on is a fault.
            if (zones.TryGetValue(change.ZoneId, out var zone) && change.BaseVersion == zone.Version)
            {
                Put(ZoneEditor.Apply(zone, change, faults));
            }
            else if (zone is null || change.Version > zone.Version)
            {
                faults.Add($"A change of zone {change.ZoneId} from {change.BaseVersion} does not follow on {zone?.Version}.");
            }
        }

        foreach (var id in answer.Removed)
        {
            if (zones.Remove(id, out var zone))
            {
                gone.Add(zone);
            }
        }

        Publish(answer, changed, gone, faults);
        return faults;

        void Put(Zone zone)
        {
            zones[zone.Id] = zone;
            changed.Add(zone);
        }
    }

    private void Publish(ZoneAnswer answer, List<Zone> changed, List<Zone> gone, List<string> faults)
    {
        if (_anew is not null)
        {
            if (!answer.HasMore)
            {
                (_zones, _anew) = (_anew, null);
                var first = _zones.Values.GroupBy(static zone => zone.Name.ToArray(), WireNameComparer.Instance).Select(static same => same.MinBy(static zone => zone.Id, StringComparer.Ordinal)!);
                var all = first.Select(WithEdges).ToList();
                served.Publish(ZoneSet.Of(all.Exists(zone => IsDomain(zone)) || OwnDomain(faults) is not { } own ? all : [.. all, own]));
            }

            return;
        }

        var set = served.Current;
        foreach (var zone in gone)
        {
            var next = _zones.Values.Where(other => other.Name.SequenceEqual(zone.Name)).MinBy(static other => other.Id, StringComparer.Ordinal);
            next ??= IsDomain(zone) ? OwnDomain(faults) : null;
            set = next is null ? set.Remove(zone.Name) : set.Put(WithEdges(next));
        }

        foreach (var zone in changed)
        {
            var present = set.Find(zone.Name);
            if (present is null || present.Id == DistributionZone.Id || string.CompareOrdinal(present.Id, zone.Id) >= 0)
            {
                set = set.Put(WithEdges(zone));
            }
        }

        served.Publish(set);
    }

    private bool IsDomain(Zone zone) => _domain is not null && zone.Name.SequenceEqual(_domain);

    private Zone WithEdges(Zone zone) => IsDomain(zone) && zone.Edges is null ? zone.With(edges) : zone;

    private Zone? OwnDomain(List<string> faults) => domain is null ? null : ZoneEditor.Compile(domain, SignerOf(domain.Name), faults) is { } own ? own.With(edges) : null;

    private ZoneSigner? SignerOf(string zone) => DnsName.TryParse(zone, out var name) ? signers.GetValueOrDefault(WireName.ToLower(name.Wire)) : null;
}
