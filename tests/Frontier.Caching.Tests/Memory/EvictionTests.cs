// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Tests.Memory;

public class EvictionTests
{
    private const int ObjectBytes = 2048;
    private const int Objects = 10_000;

    [Fact]
    public async Task A_trace_with_scans_hits_more_often_than_under_lru()
    {
        var trace = Trace().ToArray();
        await using var cache = await Given.MemoryOnly(2 << 20);
        var body = new byte[ObjectBytes];
        var hits = 0;
        foreach (var item in trace)
        {
            var key = Given.Key($"/{item}");
            if (cache.TryGetResident(key, out var found))
            {
                hits++;
                found.Dispose();
            }
            else
            {
                await Given.Put(cache, key, body);
            }
        }

        cache.CheckInvariants();

        // LRU is given as many objects as ours ends up with.
        var lru = LruHits(trace, (int)cache.Statistics.MemoryObjects);
        Assert.True(hits > lru, $"{hits} hits against {lru} of LRU, of {trace.Length}.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{(double)hits / trace.Length:P2} against {(double)lru / trace.Length:P2}");
    }

    [Fact]
    public async Task A_scan_leaves_what_is_used_again_in_its_place()
    {
        await using var cache = await Given.MemoryOnly(2 << 20);
        var hot = Enumerable.Range(0, 50).Select(i => Given.Key($"/hot/{i}")).ToArray();
        foreach (var key in hot)
        {
            await Given.Put(cache, key, Given.Body(ObjectBytes));
            Assert.NotNull(await Given.Get(cache, key));
        }

        for (var i = 0; i < 5000; i++)
        {
            await Given.Put(cache, Given.Key($"/scan/{i}"), Given.Body(ObjectBytes));
        }

        Assert.All(hot, key => Assert.True(cache.TryGetResident(key, out _)));
    }

    /// <summary>Zipf with exponent 0.9 over 10,000 objects, and now and then 500 others once each, in order.</summary>
    private static IEnumerable<int> Trace()
    {
        var random = new Random(11);
        var cumulative = new double[Objects];
        var sum = 0d;
        for (var i = 0; i < Objects; i++)
        {
            cumulative[i] = sum += 1 / Math.Pow(i + 1, 0.9);
        }

        var scanned = Objects;
        for (var i = 0; i < 100_000; i++)
        {
            if (i % 5000 == 4999)
            {
                for (var j = 0; j < 500; j++)
                {
                    yield return scanned++;
                }
            }

            var at = Array.BinarySearch(cumulative, random.NextDouble() * sum);
            yield return at < 0 ? ~at : at;
        }
    }

    private static int LruHits(int[] trace, int capacity)
    {
        LinkedList<int> order = new();
        Dictionary<int, LinkedListNode<int>> index = [];
        var hits = 0;
        foreach (var item in trace)
        {
            if (index.TryGetValue(item, out var node))
            {
                hits++;
                order.Remove(node);
                order.AddFirst(node);
                continue;
            }

            index[item] = order.AddFirst(item);
            if (index.Count > capacity)
            {
                index.Remove(order.Last!.Value);
                order.RemoveLast();
            }
        }

        return hits;
    }
}
