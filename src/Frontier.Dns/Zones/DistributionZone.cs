// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using Frontier.Contracts.Zones;
using Frontier.Protocols.Dns;

namespace Frontier.Dns.Zones;

/// <summary>The zone whose names are the distributions' (NB-5.7), where no hosted zone of its name is: an SOA record, name servers, and their addresses.</summary>
internal static class DistributionZone
{
    /// <summary>No hosted zone is called like that.</summary>
    public const string Id = "distributions";

    /// <summary>Of name servers, in seconds: they seldom move.</summary>
    private const int ServerTtl = 3_600;

    /// <summary>How long an unknown name stays unknown, in seconds: a distribution that is just being made is soon asked for.</summary>
    private const int NegativeTtl = 5;

    /// <param name="domain">A name as operators write it.</param>
    /// <param name="servers">None for <c>ns1</c> below the domain, without an address.</param>
    public static ZoneConfig Config(string domain, ImmutableArray<NameServer> servers)
    {
        var name = $"{domain.TrimEnd('.')}.";
        if (servers.IsDefaultOrEmpty)
        {
            servers = [new NameServer($"ns1.{name}", [])];
        }

        var names = servers.Select(static server => $"{server.Name.TrimEnd('.')}.").ToImmutableArray();
        var sets = ImmutableArray.CreateBuilder<RecordSetConfig>();
        sets.Add(Set(name, "SOA", string.Create(CultureInfo.InvariantCulture, $"{names[0]} hostmaster.{name} 1 7200 900 1209600 {NegativeTtl}")));
        sets.Add(Set(name, "NS", [.. names]));
        for (var at = 0; at < names.Length; at++)
        {
            if (!DnsName.TryParse(names[at], out var server) || !DnsName.TryParse(name, out var zone) || !server.IsWithin(zone))
            {
                continue;
            }

            foreach (var family in servers[at].Addresses.GroupBy(static address => address.AddressFamily))
            {
                sets.Add(Set(names[at], family.Key is AddressFamily.InterNetwork ? "A" : "AAAA", [.. family.Select(static address => address.ToString())]));
            }
        }

        return new ZoneConfig { Id = Id, Name = name, Version = 1, RecordSets = sets.ToImmutable() };
    }

    private static RecordSetConfig Set(string name, string type, params ImmutableArray<string> values) =>
        new() { Name = name.ToLowerInvariant(), Type = type, Ttl = ServerTtl, Values = values };
}
