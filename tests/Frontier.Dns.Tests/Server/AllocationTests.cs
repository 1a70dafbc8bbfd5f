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

    private void Measure(byte[] query)
    {
        Run(query);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(query);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Times / 100); // what the runtime itself allocates now and then
    }

    private void Run(byte[] query)
    {
        var address = ClientNetwork.OfIPv4(0xC0000201);
        for (var each = 0; each < Times; each++)
        {
            _ = _dns.SendRaw(query, address);
        }
    }
}
