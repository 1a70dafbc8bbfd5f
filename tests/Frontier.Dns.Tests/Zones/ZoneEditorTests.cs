// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;
using Frontier.Dns.Tests.Harness;
using Frontier.Dns.Zones;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Dns.Tests.Zones;

/// <summary>Changes of zones: what they make is what the whole would have made.</summary>
public sealed class ZoneEditorTests
{
    private static readonly string[] Owners = ["a", "b.a", "c.b.a", "d.c.b.a", "x.y.z", "*.a", "q"];

    [Fact]
    public void A_zone_that_was_changed_is_the_zone_made_anew() => Prop.ForAll(Gen.ListOf(Step).ToArbitrary(), static steps =>
    {
        var start = TestZone.Config("example.test.", "");
        var zone = TestZone.Compile(start);
        var sets = start.RecordSets.ToDictionary(Key);
        foreach (var (owner, type, set, isPut) in steps)
        {
            var config = Set(owner, type, set);
            var faults = new List<string>();
            var change = isPut
                ? new ZoneChange(zone.Id, zone.Version, zone.Version + 1, [], [config])
                : new ZoneChange(zone.Id, zone.Version, zone.Version + 1, [new RecordSetKey(config.Name, config.Type, config.SetIdentifier)], []);
            if (isPut)
            {
                sets[Key(config)] = config;
            }
            else
            {
                sets.Remove(Key(config));
            }

            zone = ZoneEditor.Apply(zone, change, faults);
            Assert.Empty(faults);
        }

        var anew = TestZone.Compile(start with { Version = zone.Version, RecordSets = [.. sets.Values] });
        Assert.Equal(anew.Cuts, zone.Cuts);
        Assert.Equal(Text(anew), Text(zone));
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_told_of_a_zone_makes_the_same_zone()
    {
        var zone = TestZone.Make("example.test.", "www 60 A 192.0.2.1\nwww 60 A 192.0.2.2\na.b.c 5 TXT \"x\"\n", Set("geo", "A", "one"));

        Assert.Equal(Text(zone), Text(TestZone.Compile(ZoneText.ToConfig(zone))));
    }

    [Fact]
    public void What_cannot_be_read_is_left_out_and_told()
    {
        var faults = new List<string>();
        var config = TestZone.Config("example.test.", "www 60 A 192.0.2.1\n",
            new RecordSetConfig { Name = "bad.example.test.", Type = "A", Values = ["192.0.2.256"] },
            new RecordSetConfig { Name = "www.example.org.", Type = "A", Values = ["192.0.2.1"] },
            new RecordSetConfig { Name = "none.example.test.", Type = "A" });

        var zone = ZoneEditor.Compile(config, null, faults);

        Assert.Equal(3, zone!.Nodes.Count); // the apex, ns1 and www
        Assert.Equal(3, faults.Count);
        Assert.Contains("192.0.2.256", faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_zone_without_an_SOA_record_is_not_served()
    {
        var faults = new List<string>();

        Assert.Null(ZoneEditor.Compile(new ZoneConfig { Id = "Z1", Name = "example.test.", Version = 1 }, null, faults));
        Assert.Contains("SOA", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_costs_what_it_changes()
    {
        var zone = TestZone.Make("example.test.", string.Concat(Enumerable.Range(0, 50_000).Select(static each => $"n{each} 60 A 192.0.2.1\n")));
        var faults = new List<string>();
        var change = new ZoneChange(zone.Id, 1, 2, [], [Set("n7", "A", null)]);
        ZoneEditor.Apply(zone, change, faults);
        var before = GC.GetAllocatedBytesForCurrentThread();

        ZoneEditor.Apply(zone, change, faults);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 20_000);
    }

    private static Gen<(string Owner, string Type, string? Set, bool IsPut)> Step =>
        from owner in Gen.Elements(Owners)
        from type in Gen.Elements("A", "TXT", "NS")
        from set in Gen.Elements("one", "two")
        from isPut in Gen.Elements(true, true, false)
        select (owner, type, type == "A" ? set : null, isPut);

    private static string Key(RecordSetConfig set) => $"{set.Name} {set.Type} {set.SetIdentifier}";

    private static RecordSetConfig Set(string owner, string type, string? set) => new()
    {
        Name = $"{owner}.example.test.",
        Type = type,
        Ttl = 60,
        Values = [type switch { "A" => "192.0.2.9", "NS" => "ns1.example.test.", _ => "\"text\"" }],
        SetIdentifier = set,
        Routing = set is null ? null : new RoutingConfig { Weight = 1 },
    };

    private static string Text(Zone zone) => string.Join('\n', zone.Nodes.Items.Select(static node =>
        $"{Convert.ToHexString(node.Name)} {node.Children} {node.HasNameServers} {Sets(node)} {string.Join(',', node.Families.SelectMany(static family => family.Sets).Select(static set => Key(set.Config)).Order())}").Order(StringComparer.Ordinal));

    private static string Sets(ZoneNode node)
    {
        var sets = new List<string>();
        var rest = node.Packed;
        while (!rest.IsEmpty)
        {
            var set = RecordSetView.First(rest);
            rest = rest[set.Packed.Length..];
            sets.Add(Convert.ToHexString(set.Packed));
        }

        return string.Join(',', sets.Order(StringComparer.Ordinal));
    }
}
