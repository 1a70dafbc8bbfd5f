// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Caching.Tests.Memory;

public class HitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hit_allocates_nothing(bool hasDisk)
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path) with { Directory = hasDisk ? directory.Path : null });
        await cache.ApplyAsync([Given.Purge(1, "/x", "/y*")], CancellationToken.None);
        var key = Given.Key("/a/path/of/some/length.html", "gzip");
        await Given.Put(cache, key, Given.Body(100_000));
        await cache.ApplyAsync([Given.Purge(2, "/x", "/y*")], CancellationToken.None);
        await Given.HitAndWrite(cache, [key]);
        Assert.Equal(100_000, Hit());

        var before = GC.GetAllocatedBytesForCurrentThread();
        var bytes = 0L;
        for (var i = 0; i < 1000; i++)
        {
            bytes += Hit();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(100_000_000, bytes);
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 1_000_000; i++)
        {
            Hit();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{TimeProvider.System.GetElapsedTime(began).TotalNanoseconds / 1e6:F0} ns a hit");

        long Hit()
        {
            if (!cache.TryGetResident(key, out var found))
            {
                return -1;
            }

            found.TryGetWhole(out var whole);
            found.Dispose();
            return whole.Length;
        }
    }

    [Fact]
    public async Task The_check_after_a_purge_allocates_nothing()
    {
        await using var cache = await Given.MemoryOnly();
        using var keepsPatterns = cache.Join(Given.Key("/flight"), out _);
        await cache.ApplyAsync([Given.Purge(1, "/x", "/y*", "/a/p/*")], CancellationToken.None);
        var purges = cache.Purges.Ledger.For("E1A2B3C4D5E6F7"u8);
        var target = "/a/path/of/some/length.html"u8.ToArray();
        Assert.Equal(0, purges.InvalidatedBy(target, default, 0));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            purges.InvalidatedBy(target, default, 0);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
