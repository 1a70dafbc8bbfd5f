// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Caching.Tests;

/// <summary>
/// Random operations on the cache and on a dictionary beside it. The cache may forget; it may never show what the dictionary
/// does not have. An older version than the last may be shown if the newer one could not be kept, but none older than was
/// shown before, and none that was purged.
/// </summary>
public class ModelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_cache_never_shows_what_a_dictionary_would_not(bool hasDisk) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => RunAsync(seed, hasDisk).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(hasDisk ? 15 : 40));

    private static async Task<bool> RunAsync(int seed, bool hasDisk)
    {
        using var directory = new TemporaryDirectory();
        var options = new CacheOptions
        {
            Directory = hasDisk ? directory.Path : null,
            MemoryBytes = 1 << 20,
            DiskBytes = 4 << 20,
            SegmentBytes = 512 << 10,
            MaxPurgePatterns = 8,
        };
        var random = new Random(seed);
        var cache = await Given.Open(options);
        Dictionary<string, List<byte[]>> model = [];
        var sequence = 0L;
        for (var step = 0; step < 250; step++)
        {
            var target = $"/{random.Next(3)}/{random.Next(12)}";
            var key = Given.Key(target);
            switch (random.Next(20))
            {
                case < 8:
                    var body = Given.Body(random.Next(8) == 0 ? random.Next(hasDisk ? 900_000 : 130_000) : random.Next(40_000), random.Next());
                    var now = Given.Noon.AddSeconds(step);
                    await Given.Put(cache, key, body, Given.Head(cache, now), sayLength: random.Next(2) == 0);
                    if (!model.TryGetValue(target, out var versions))
                    {
                        model[target] = versions = [];
                    }

                    versions.Add(body);
                    break;

                case < 18:
                    if (await Given.Get(cache, key) is { } bytes)
                    {
                        var allowed = model.GetValueOrDefault(target, []);
                        var shown = allowed.FindIndex(version => version.AsSpan().SequenceEqual(bytes));
                        if (shown < 0)
                        {
                            throw new InvalidOperationException($"Step {step}: {target} shows {bytes.Length} bytes that the model does not have.");
                        }

                        // Nothing older than what was shown may follow.
                        allowed.RemoveRange(0, shown);
                    }

                    break;

                case 18:
                    var pattern = random.Next(5) switch { 0 => "/*", 1 => target[..3] + "*", _ => target };
                    if (pattern == target && random.Next(2) == 0)
                    {
                        cache.PurgeTarget(Given.Key(target, "whatever"));
                    }
                    else
                    {
                        await cache.ApplyAsync([Given.Purge(++sequence, pattern)], CancellationToken.None);
                    }

                    foreach (var gone in model.Keys.Where(known => pattern.EndsWith('*') ? known.StartsWith(pattern[..^1], StringComparison.Ordinal) : known == pattern).ToList())
                    {
                        model.Remove(gone);
                    }

                    break;

                case 19 when hasDisk && random.Next(3) == 0:
                    await cache.DisposeAsync();
                    cache = await Given.Open(options);
                    break;
            }

            cache.CheckInvariants();
            if (cache.Statistics.MemoryBytes > options.MemoryBytes || cache.Statistics.DiskBytes > options.DiskBytes)
            {
                throw new InvalidOperationException($"Step {step}: a bound does not hold: {cache.Statistics}");
            }
        }

        await cache.DisposeAsync();
        return true;
    }
}
