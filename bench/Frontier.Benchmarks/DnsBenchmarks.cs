// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts.Zones;
using Frontier.Dns;
using Frontier.Dns.Server;
using Frontier.Dns.Zones;
using Frontier.Protocols.Dns;

namespace Frontier.Benchmarks;

/// <summary>A DNS answer without its sockets: a query's bytes in, an answer's bytes out, from a zone of 100,000 names.</summary>
internal static class DnsBenchmarks
{
    private const int Names = 100_000;

    public static IEnumerable<Benchmark> All
    {
        get
        {
            var responder = Responder();
            yield return Of(responder, "dns-a", "an address, without EDNS", "host777.bench.test.", []);
            yield return Of(responder, "dns-a-edns", "an address, with EDNS, a client network and a cookie", "host777.bench.test.",
                [0, 8, 0, 7, 0, 1, 24, 0, 198, 51, 100, 0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8]);
            yield return Of(responder, "dns-wildcard", "an address that a wildcard stands for", "x.wild.bench.test.", []);
            yield return Of(responder, "dns-alias", "a CNAME record and what it stands for", "alias.bench.test.", []);
            yield return Of(responder, "dns-nxdomain", "a name that does not exist", "nobody.bench.test.", []);
            yield return Of(responder, "dns-refused", "a name of no zone", "www.example.org.", []);
        }
    }

    private static Benchmark Of(Responder responder, string name, string what, string asked, byte[] options)
    {
        var query = QueryFor(asked, options);
        var answer = new byte[DnsOptions.MaxTcpBytes];
        var asker = new Asker(ClientNetwork.Of(IPAddress.Loopback), IsStream: false);
        return new Benchmark(name, what, times =>
        {
            for (var i = 0; i < times; i++)
            {
                if (responder.Answer(query, answer, asker) == 0)
                {
                    throw new InvalidOperationException("A query was not answered.");
                }
            }
        });
    }

    private static byte[] QueryFor(string asked, byte[] options)
    {
        var name = DnsName.TryParse(asked, out var parsed) ? parsed.Wire.ToArray() : throw new InvalidOperationException();
        byte[] edns = options.Length == 0 ? [] : [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, (byte)options.Length, .. options];
        return [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, (byte)(edns.Length == 0 ? 0 : 1), .. name, 0, 1, 0, 1, .. edns];
    }

    private static Responder Responder()
    {
        static RecordSetConfig Set(string name, string type, string value) => new() { Name = name, Type = type, Ttl = 60, Values = [value] };
        var faults = new List<string>();
        var zone = ZoneEditor.Compile(
            new ZoneConfig
            {
                Id = "Z",
                Name = "bench.test.",
                Version = 1,
                RecordSets =
                [
                    Set("bench.test.", "SOA", "ns.bench.test. h.bench.test. 1 2 3 4 5"), Set("alias.bench.test.", "CNAME", "host1.bench.test."), Set("*.wild.bench.test.", "A", "192.0.2.1"),
                    .. Enumerable.Range(0, Names).Select(static each => Set($"host{each}.bench.test.", "A", "192.0.2.2")),
                ],
            }, null, faults)!;
        var zones = new ServedZones();
        zones.Publish(ZoneSet.Of([zone]));
        return new Responder(new ResponderParts { Zones = zones, Cookies = new Cookies(new byte[SipHash.KeyLength], TimeProvider.System), Choice = new RoutedSets(null, null), Edges = new NoEdges() });
    }

    private sealed class NoEdges : IEdgeAddresses
    {
        public EdgeAnswer Find(AliasTargetKind kind, ReadOnlySpan<byte> name, EdgeRecord record, in ClientNetwork client, Span<byte> data) => default;
    }
}
