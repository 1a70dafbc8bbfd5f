// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Disk;
using Frontier.Caching.Memory;

namespace Frontier.Caching.Tests.Disk;

/// <summary>What an object on disk costs in memory (<c>design.md</c> §5: at most 64 bytes).</summary>
[Collection(nameof(Alone))]
public class IndexMemoryTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(200_000)]
    [InlineData(215_000)] // just after the shards have doubled
    [InlineData(1_000_000)]
    public void An_object_on_disk_costs_at_most_64_bytes_of_memory(int count)
    {
        var hasher = new KeyHasher(1, 2);
        var index = new DiskIndex();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < count; i++)
        {
            index.Put(hasher.Hash((ulong)i, 0), new RecordPlace(1 + (i / 1000), (uint)i, 100));
        }

        var each = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        output.WriteLine($"{count} objects: {each:F1} bytes each; counted {(double)index.Bytes / count:F1}");
        Assert.Equal(count, index.Count);
        Assert.InRange(each, 24, 64);
        Assert.InRange(index.Bytes, 24L * count, 64L * count);
    }
}
