// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Control;
using Frontier.Dns;
using Frontier.Protocols.Dns;

namespace Frontier.Hosting;

/// <summary>
/// The DNS servers of an installation, as the operator names them: <c>ns1.example.net,ns2.example.net</c>, and with the address of each where the names lie in
/// the domain of the distributions, <c>ns1.cdn.example.com=192.0.2.53,ns1.cdn.example.com=2001:db8::53</c>.
/// </summary>
internal static class NameServerSetting
{
    public const string Flag = "name-servers";

    /// <summary>Of one name: more than a server has, and little enough for an answer.</summary>
    private const int MostAddresses = 8;

    /// <returns>Each name once, in the order in which they are first named; empty for the default.</returns>
    public static ImmutableArray<NameServer> Read(string text, List<string> faults)
    {
        var servers = new OrderedDictionary<DnsName, NameServer>();
        foreach (var part in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            IPAddress? address = null;
            if (!DnsName.TryParse(name, out var parsed) || parsed.LabelCount < 2 || (equals >= 0 && !IPAddress.TryParse(part[(equals + 1)..], out address)))
            {
                faults.Add($"--{Flag} has \"{part}\": give names such as ns1.example.net,ns2.example.net, or with an address such as ns1.example.net=192.0.2.53; a name that has several is named several times.");
                continue;
            }

            var known = servers.GetValueOrDefault(parsed) ?? new NameServer(name, []);
            servers[parsed] = address is null || known.Addresses.Contains(address) ? known : known with { Addresses = known.Addresses.Add(address) };
        }

        if (servers.Count > ControlOptions.MostNameServers)
        {
            faults.Add($"--{Flag} has {servers.Count} names: give at most {ControlOptions.MostNameServers}.");
        }

        faults.AddRange(servers.Values.Where(static server => server.Addresses.Length > MostAddresses).Select(static server => $"--{Flag} has {server.Addresses.Length} addresses of {server.Name}: give at most {MostAddresses}."));
        return [.. servers.Values];
    }

    /// <summary>Those of the zone of the distributions.</summary>
    /// <param name="named">Empty for <c>ns1</c> below the domain.</param>
    /// <param name="own">Where this server is found: a name that stands alone, without an address, is its own.</param>
    /// <exception cref="StartException">Nobody could find one of them.</exception>
    public static ImmutableArray<NameServer> For(string domain, ImmutableArray<NameServer> named, IEnumerable<IPAddress> own)
    {
        if (named is [] or [{ Addresses.IsEmpty: true }])
        {
            return [new NameServer(named is [var only] ? only.Name : $"ns1.{domain}", [.. own])];
        }

        // Which of several names is this very server is not known here.
        var faults = named.Where(server => server.Addresses.IsEmpty && IsWithin(server.Name, domain))
            .Select(server => $"--{Flag} has {server.Name}, which lies in {domain}, so that nobody finds it whom this zone does not tell where it is: give its address, {server.Name}=192.0.2.53.").ToList();
        return faults.Count == 0 ? named : throw new StartException(string.Join('\n', faults));
    }

    private static bool IsWithin(string name, string domain) => DnsName.TryParse(name, out var inner) && DnsName.TryParse(domain, out var outer) && inner.IsWithin(outer);
}
