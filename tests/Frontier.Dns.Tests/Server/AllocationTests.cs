// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;
using Frontier.Dns.Tests.Harness;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Tests.Server;

/// <summary>An answer costs no memory, whatever it is.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    private const int Times = 20_000;

    private readonly Answerer _dns = new(1_000_000,
        TestZone.Make("example.test.", "www 60 A 192.0.2.10\nwww 60 A 192.0.2.11\nalias 60 CNAME www\n*.wild 60 A 192.0.2.1\nsub 60 NS ns.sub\nns.sub 60 A 192.0.2.2\n",
            new RecordSetConfig { Name = "example.test.", Type = "A", Alias = new AliasTargetConfig("www.example.test.", AliasTargetKind.Record, false) }));

    [Theory]
    [InlineData("www.example.test.", "A")]
    [InlineData("alias.example.test.", "A")]
    [InlineData("x.wild.example.test.", "A")]
    [InlineData("x.sub.example.test.", "A")]
    [InlineData("example.test.", "A")]
    [InlineData("ghost.example.test.", "A")]
    [InlineData("www.example.test.", "AAAA")]
    [InlineData("www.example.test.", "ANY")]
    [InlineData("www.example.org.", "A")]
    public void An_answer_allocates_nothing(string name, string type)
    {
        Measure(Ask.For(name, type));
        Measure(new Ask { Name = name, Type = type }.WithOption(8, 0, 1, 24, 0, 198, 51, 100).WithOption(10, 1, 2, 3, 4, 5, 6, 7, 8).WithOption(3).ToBytes());
    }

    /// <summary>Whoever was answered before: another client is decided for once.</summary>
    [Theory]
    [InlineData("d111.cdn.test.", "A")]
    [InlineData("d111.cdn.test.", "AAAA")]
    [InlineData("d222.cdn.test.", "AAAA")]
    [InlineData("d111.cdn.test.", "HTTPS")]
    [InlineData("d999.cdn.test.", "A")]
    [InlineData("www.example.test.", "A")]
    public void An_answer_with_the_edges_of_a_fleet_allocates_nothing_once_they_were_chosen(string name, string type)
    {
        var edges = SmallFleet.Edges(new ScriptedHealth());
        var dns = new Answerer(1_000_000, edges, TestZone.Make("cdn.test.", "").With(edges),
            TestZone.Make("example.test.", "", new RecordSetConfig { Name = "www.example.test.", Type = "A", Alias = new AliasTargetConfig("d111.cdn.test.", AliasTargetKind.Distribution, false) }));

        Measure(Ask.For(name, type), dns);
        Measure(new Ask { Name = name, Type = type }.WithOption(8, 0, 1, 24, 0, 198, 51, 100).ToBytes(), dns);
    }

    private void Measure(byte[] query) => Measure(query, _dns);

    private static void Measure(byte[] query, Answerer dns)
    {
        Run(query, dns);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(query, dns);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Times / 100); // what the runtime itself allocates now and then
    }

    private static void Run(byte[] query, Answerer dns)
    {
        var address = ClientNetwork.OfIPv4(0xC0000201);
        for (var each = 0; each < Times; each++)
        {
            _ = dns.SendRaw(query, address);
        }
    }
}
