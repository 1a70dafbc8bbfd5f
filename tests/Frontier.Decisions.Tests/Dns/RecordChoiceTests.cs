// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;
using Frontier.Decisions.Dns;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Dns;

/// <summary>The choice among record sets (NB-5.4, NB-5.5).</summary>
public sealed class RecordChoiceTests
{
    private static readonly ClientPlace Frankfurt = new("EU", "DE", "HE", 50, 9);
    private static readonly ClientPlace Texas = new("NA", "US", "TX", 30, -97);

    [Theory]
    [InlineData("1 3 4")]
    [InlineData("0 5 5")]
    [InlineData("255 1 0")]
    [InlineData("0 0 0")]
    [InlineData("7 2! 5")]
    [InlineData("0 5! 0")]
    [InlineData("3! 1! 0!")]
    public void Weighted_sets_are_answered_by_their_share_NB_5_5(string weights)
    {
        var sets = weights.Split(' ').Select(static (text, i) => Set($"s{i}", new RoutingConfig { Weight = int.Parse(text.TrimEnd('!'), null) }, text.EndsWith('!') ? "sick" : null)).ToList();
        var healthy = sets.Where(static set => set.HealthCheckId is null).DefaultIfEmpty().ToList() is [null] ? sets : sets.Where(static set => set.HealthCheckId is null).ToList();
        var total = healthy.Sum(static set => set.Routing!.Weight!.Value);
        const int Draws = 60_000;
        var random = new Random(4711);
        var counts = new int[sets.Count];
        for (var i = 0; i < Draws; i++)
        {
            counts[Choose(sets, default, (uint)random.NextInt64(1L << 32)).Single()]++;
        }

        for (var i = 0; i < sets.Count; i++)
        {
            var share = !healthy.Contains(sets[i]) ? 0 : total == 0 ? 1.0 / healthy.Count : (double)sets[i].Routing!.Weight!.Value / total;
            var deviation = Math.Sqrt(Draws * share * (1 - share)); // of a binomial distribution; five of them are never seen
            Assert.InRange(counts[i], Draws * share - 5 * deviation, Draws * share + 5 * deviation);
        }
    }

    [Theory]
    [InlineData("DE", "sub cc cont any", "cc", ChoiceReason.Country)]
    [InlineData("DE", "cont any", "cont", ChoiceReason.Continent)]
    [InlineData("DE", "any", "any", ChoiceReason.Anywhere)]
    [InlineData("DE", "cc! cont any", "cont", ChoiceReason.Continent)]
    [InlineData("DE", "cc! cont! any", "any", ChoiceReason.Anywhere)]
    [InlineData("DE", "cc! cont! any!", "cc", ChoiceReason.Country)]
    [InlineData("US", "us tx any", "tx", ChoiceReason.Subdivision)]
    [InlineData("US", "us tx! any", "us", ChoiceReason.Country)]
    [InlineData("US", "cc cont", null, ChoiceReason.NoLocation)]
    [InlineData("", "cc cont any", "any", ChoiceReason.Anywhere)]
    [InlineData("", "cc cont", null, ChoiceReason.NoLocation)]
    public void The_most_specific_healthy_place_is_answered(string client, string sets, string? expected, ChoiceReason reason)
    {
        GeoLocationConfig Place(string word) => word switch
        {
            "cc" => new(null, "DE", null),
            "cont" => new("EU", null, null),
            "us" => new(null, "US", null),
            "tx" => new(null, "US", "TX"),
            "sub" => new(null, "US", "CA"),
            _ => new(null, "*", null),
        };

        var all = sets.Split(' ').Select(word => Set(word.TrimEnd('!'), new RoutingConfig { Geo = Place(word.TrimEnd('!')) }, word.EndsWith('!') ? "sick" : null)).ToList();
        Span<int> chosen = stackalloc int[RecordChoice.Most];
        var verdict = RecordChoice.Choose(all, client switch { "DE" => Frankfurt, "US" => Texas, _ => default }, new Sick(), new Zone(), 0, chosen);
        Assert.Equal((reason, expected), (verdict.Reason, verdict.Count == 0 ? null : all[chosen[0]].SetIdentifier));
        Assert.Equal(sets.Split(' ').All(static word => word.EndsWith('!')), verdict.IgnoresHealth);
    }

    [Fact]
    public void Latency_answers_the_nearest_healthy_region_and_us_east_1s_neighbour_to_nobody_knows_who()
    {
        List<RecordSetConfig> sets = [.. new[] { "eu-central-1", "us-west-2", "us-east-2", "ap-northeast-1" }.Select(static region => Set(region, new RoutingConfig { Region = region }))];
        Assert.Equal([0], Choose(sets, Frankfurt));
        Assert.Equal([2], Choose(sets, Texas));
        Assert.Equal([3], Choose(sets, new ClientPlace(null, null, null, 35, 140)));
        Assert.Equal([3], Choose(sets, new ClientPlace(null, null, null, 60, -180))); // across the date line
        Assert.Equal([2], Choose(sets, default));
        sets[0] = sets[0] with { HealthCheckId = "sick" };
        Assert.Equal([2], Choose(sets, Frankfurt));
    }

    [Theory]
    [InlineData("p s", "p", false)]
    [InlineData("p! s", "s", false)]
    [InlineData("p s!", "p", false)]
    [InlineData("p! s!", "p", true)]
    [InlineData("s", "s", false)]
    [InlineData("s!", "s", true)]
    public void Failover_answers_the_secondary_while_the_primary_fails(string sets, string expected, bool ignoresHealth)
    {
        var all = sets.Split(' ').Select(static word => Set(word[..1], new RoutingConfig { IsPrimary = word[0] == 'p' }, word.EndsWith('!') ? "sick" : null)).ToList();
        Span<int> chosen = stackalloc int[RecordChoice.Most];
        var verdict = RecordChoice.Choose(all, default, new Sick(), new Zone(), 0, chosen);
        Assert.Equal((expected, ignoresHealth), (all[chosen[0]].SetIdentifier, verdict.IgnoresHealth));
    }

    [Fact]
    public void A_multivalue_answer_has_up_to_eight_healthy_sets_and_each_has_its_turn()
    {
        var sets = Enumerable.Range(0, 20).Select(static i => Set($"{i}", new RoutingConfig { IsMultiValue = true }, i % 2 == 1 ? "sick" : null)).ToList();
        var random = new Random(7);
        var counts = new int[20];
        for (var i = 0; i < 2_000; i++)
        {
            var chosen = Choose(sets, default, (uint)random.NextInt64(1L << 32));
            Assert.Equal(8, chosen.Distinct().Count());
            chosen.ForEach(index => counts[index]++);
        }

        Assert.All(counts.Index(), static count => Assert.Equal(count.Index % 2 == 1, count.Item == 0));
        Assert.Equal([0, 2], Choose(sets[..4], default).Order());
        Assert.Equal([0, 1], Choose([.. sets[..2].Select(static set => set with { HealthCheckId = "sick" })], default).Order());
    }

    [Fact]
    public void An_alias_that_evaluates_its_target_is_as_healthy_as_that()
    {
        var zone = new Zone(
            Plain("sick.", "sick"), Plain("well.", null), AliasSet("ring.", "ring.", true), AliasSet("far.", "sick.", true), AliasSet("blind.", "sick.", false));
        List<RecordSetConfig> Pair(string target) =>
        [
            AliasSet("x.", target, true) with { SetIdentifier = "p", Routing = new RoutingConfig { IsPrimary = true } },
            Set("s", new RoutingConfig { IsPrimary = false }),
        ];

        Assert.Equal([1], Choose(Pair("sick."), default, zone: zone));
        Assert.Equal([0], Choose(Pair("well."), default, zone: zone));
        Assert.Equal([1], Choose(Pair("far."), default, zone: zone));
        Assert.Equal([0], Choose(Pair("blind."), default, zone: zone));
        Assert.Equal([0], Choose(Pair("ring."), default, zone: zone)); // whatever goes round counts as healthy, and ends
        Assert.Equal([0], Choose(Pair("nothing."), default, zone: zone));
    }

    [Fact]
    public void A_simple_set_is_answered_whatever_its_check_finds()
    {
        Span<int> chosen = stackalloc int[RecordChoice.Most];
        Assert.Equal(new RecordVerdict(1, ChoiceReason.Only, true), RecordChoice.Choose([Plain("x.", "sick")], default, new Sick(), new Zone(), 0, chosen));
        Assert.Equal(new RecordVerdict(1, ChoiceReason.Only, false), RecordChoice.Choose([Plain("x.", "well")], default, new Sick(), new Zone(), 0, chosen));
    }

    [Fact]
    public void Whatever_is_chosen_is_healthy_if_anything_that_fits_is_and_the_same_chance_chooses_the_same() => Prop.ForAll<byte[], uint, byte>(static (bytes, random, kind) =>
    {
        var sets = (bytes is { Length: > 0 } ? bytes : [1]).Select((value, i) => Set(
            $"{i}",
            (kind % 4) switch
            {
                0 => new RoutingConfig { Weight = value },
                1 => new RoutingConfig { Region = i % 2 == 0 ? "eu-west-1" : "us-west-1" },
                2 => new RoutingConfig { IsPrimary = i == 0 },
                _ => new RoutingConfig { IsMultiValue = true },
            },
            value % 3 == 0 ? "sick" : null)).ToList();
        var chosen = Choose(sets, Frankfurt, random);
        return chosen.Count is >= 1 and <= RecordChoice.Most
            && chosen.SequenceEqual(Choose(sets, Frankfurt, random))
            && (sets.All(static set => set.HealthCheckId is not null) || chosen.All(index => sets[index].HealthCheckId is null));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_region_and_country_has_its_place()
    {
        Assert.Equal(("EU", "NA", "OC", null), (Continents.Of("DE"), Continents.Of("US"), Continents.Of("NZ"), Continents.Of("QQ")));
        Assert.True(RegionPlaces.IsKnown("eu-central-1"));
        Assert.False(RegionPlaces.IsKnown("mars-1"));
        Assert.InRange(RegionPlaces.DistanceTo("eu-west-2", new ClientPlace(null, null, null, 49, 2)), 340, 370); // London from Paris
    }

    private static List<int> Choose(IReadOnlyList<RecordSetConfig> sets, ClientPlace client, uint random = 0, Zone? zone = null)
    {
        Span<int> chosen = stackalloc int[RecordChoice.Most];
        var verdict = RecordChoice.Choose(sets, client, new Sick(), zone ?? new Zone(), random, chosen);
        return [.. chosen[..verdict.Count]];
    }

    private static RecordSetConfig Set(string identifier, RoutingConfig routing, string? check = null) =>
        new() { Name = "x.", Type = "A", Values = ["192.0.2.1"], SetIdentifier = identifier, Routing = routing, HealthCheckId = check };

    private static RecordSetConfig Plain(string name, string? check) => new() { Name = name, Type = "A", Values = ["192.0.2.1"], HealthCheckId = check };

    private static RecordSetConfig AliasSet(string name, string target, bool evaluate) =>
        new() { Name = name, Type = "A", Alias = new AliasTargetConfig(target, AliasTargetKind.Record, evaluate) };

    /// <summary>The check called sick fails, all others succeed.</summary>
    private sealed class Sick : IHealthStates
    {
        public bool IsHealthy(string healthCheckId) => healthCheckId != "sick";
    }

    private sealed class Zone(params RecordSetConfig[] sets) : IRecordSets
    {
        public IReadOnlyList<RecordSetConfig> Find(string name, string type) => [.. sets.Where(set => set.Name == name && set.Type == type)];
    }
}
