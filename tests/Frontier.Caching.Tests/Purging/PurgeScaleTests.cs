// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Caching.Purging;

namespace Frontier.Caching.Tests.Purging;

/// <summary>What a great many purges cost those who do not match them.</summary>
[Collection(nameof(Alone))]
public class PurgeScaleTests(ITestOutputHelper output)
{
    private const int Million = 1_000_000;

    [Fact]
    public async Task A_million_purges_do_not_slow_a_hit()
    {
        await using var cache = await Given.Open(new CacheOptions { MemoryBytes = 16 << 20, MaxPurgePatterns = 2 * Million });
        using var keepsPatterns = cache.Join(Given.Key("/flight"), out _);
        await Given.Put(cache, Given.Key("/p/500/nothing"), Given.Body(10));
        await cache.ApplyAsync(
            [.. Enumerable.Range(1, 1000).Select(i => Given.Purge(i, [.. Enumerable.Range(0, 1000).Select(j => j % 2 == 0 ? $"/p/{i}/{j}" : $"/p/{i}/{j}*")]))],
            CancellationToken.None);
        Assert.Equal(Million, cache.Statistics.PurgePatterns);

        // The first hit looks the target up; from then on the object's mark stands at the last purge, and a hit compares two numbers.
        Assert.True(cache.TryGetResident(Given.Key("/p/500/nothing"), out var hit));
        Assert.Equal(cache.FillSequence, hit.CheckedUpTo);
        hit.Dispose();

        // That one look must not walk the patterns.
        var purges = cache.Purges.Ledger.For("E1A2B3C4D5E6F7");
        var target = "/p/500/nothing/of/the/sort"u8.ToArray();
        Assert.Equal(0, purges.InvalidatedBy(target, default, 0));
        Assert.Equal(500, cache.Purges.Ledger.Log.Of(purges.InvalidatedBy("/p/500/1/below"u8, default, 0)));
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        for (var i = 0; i < 10_000; i++)
        {
            purges.InvalidatedBy(target, default, 0);
        }

        output.WriteLine($"{clock.GetElapsedTime(began).TotalNanoseconds / 10_000:F0} ns a check against a million patterns");
        Assert.True(clock.GetElapsedTime(began) < TimeSpan.FromSeconds(1), "10,000 checks took more than a second: 100 µs each.");
    }

    [Fact]
    public void A_million_pending_purges_take_at_most_43_bytes_each()
    {
        var ledger = new PurgeLedger(42, Million);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 1; i <= Million; i++)
        {
            ledger.Stamp("E", [new PurgePattern((PatternKind)(i % 3), 20, ledger.Hasher.Hash(Encoding.ASCII.GetBytes($"/path/{i}")))], i);
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"{ledger.Count} patterns take {grown} bytes, {(double)grown / ledger.Count:F1} each; their tables {ledger.Bytes}.");
        Assert.Equal(Million, ledger.Count);
        Assert.InRange(grown, 1, 43L * Million);
        GC.KeepAlive(ledger);
    }

    [Fact]
    public void Too_many_patterns_cost_the_fullest_partition_its_older_objects_and_no_other_anything()
    {
        var ledger = new PurgeLedger(42, maxPatterns: 100);
        ledger.Stamp("ESMALL", [Exact(ledger, "/x")], 1);
        for (var i = 2; i <= 101; i++)
        {
            ledger.Stamp("EBIG", [Exact(ledger, $"/{i}")], i);
        }

        Assert.InRange(ledger.Count, 1, 100);
        var big = ledger.For("EBIG");
        Assert.NotEqual(0, big.InvalidatedBy("/untouched"u8, default, 2)); // too much
        Assert.Equal(0, big.InvalidatedBy("/untouched"u8, default, 60)); // fetched or checked in between
        Assert.Equal(0, big.InvalidatedBy("/untouched"u8, default, 101)); // fetched after all of them
        for (var i = 2; i <= 101; i++)
        {
            Assert.NotEqual(0, big.InvalidatedBy(Encoding.ASCII.GetBytes($"/{i}"), default, i - 1)); // never too little
        }

        Assert.Equal(0, ledger.For("ESMALL").InvalidatedBy("/y"u8, default, 0));
        Assert.Equal(1, ledger.For("ESMALL").InvalidatedBy("/x"u8, default, 0));
    }

    [Fact]
    public void One_entry_with_more_patterns_than_are_kept_takes_everything_from_before_it()
    {
        var ledger = new PurgeLedger(42, maxPatterns: 10);
        ledger.Stamp("E", Enumerable.Range(0, 50).Select(i => Exact(ledger, $"/{i}")), 7);
        Assert.Equal(0, ledger.Count);
        Assert.Equal(7, ledger.For("E").InvalidatedBy("/anything"u8, default, 6));
        Assert.Equal(0, ledger.For("E").InvalidatedBy("/0"u8, default, 7));
    }

    private static PurgePattern Exact(PurgeLedger ledger, string target) => new(PatternKind.Exact, 0, ledger.Hasher.Hash(Encoding.ASCII.GetBytes(target)));
}
