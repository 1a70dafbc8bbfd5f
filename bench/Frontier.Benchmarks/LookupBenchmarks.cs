// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Net;
using Frontier.Caching;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Matching;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Benchmarks;

/// <summary>From the behavior to a fresh object.</summary>
internal sealed class LookupBenchmarks(HttpCache cache) : IAsyncDisposable
{
    private const int Objects = 10_000;

    private readonly RequestHead _head = Samples.Head(Samples.Browser);
    private readonly ArrayBufferWriter<byte> _key = new(1_024);

    public IEnumerable<Benchmark> All => [Key("key-bare", Samples.Bare), Key("key-browser", Samples.Browser), Find(), Fresh()];

    /// <summary>In memory alone.</summary>
    public static async Task<LookupBenchmarks> StartAsync() =>
        new(await HttpCache.OpenAsync(new CacheOptions { MemoryBytes = 256L << 20 }, TimeProvider.System, CancellationToken.None));

    public ValueTask DisposeAsync() => cache.DisposeAsync();

    private Benchmark Key(string name, byte[] bytes)
    {
        var head = Samples.Head(bytes);
        Samples.Table().TryFind(Samples.Host, out var distribution);
        var behavior = BehaviorMatch.Find(distribution!, head.Path);
        var viewer = new ViewerFacts { Address = IPAddress.Loopback, Port = 50_000 };
        return new Benchmark(name, "its key, with the encodings it takes", times =>
        {
            for (var i = 0; i < times; i++)
            {
                _key.ResetWrittenCount();
                CacheKey.Write(head, distribution!, behavior, viewer, _key);
            }
        });
    }

    private Benchmark Find()
    {
        var keys = Enumerable.Range(0, Objects).Select(static number => System.Text.Encoding.ASCII.GetBytes($"E0000000000042\0www.site42.example.com\0/images/{number}.webp")).ToArray();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var key in keys)
        {
            cache.Publish(key, new StoredHead { Status = 200, HeaderBlock = [], ReceivedAt = now, FreshUntil = now.AddDays(1), FillSequence = cache.FillSequence }, new byte[1_024]);
        }

        return new Benchmark("lookup", $"one of {Objects} objects in memory, taken and given back", times =>
        {
            for (var i = 0; i < times; i++)
            {
                if (!cache.TryGetResident(keys[i % Objects], out var found))
                {
                    throw new InvalidOperationException("What was stored is gone.");
                }

                found.Dispose();
            }
        });
    }

    private Benchmark Fresh() => new("freshness", "whether it may be served", times =>
    {
        for (var i = 0; i < times; i++)
        {
            Reuse.Decide(CachingRules.CloudFront, _head.Headers, TimeSpan.FromSeconds(i & 1023), TimeSpan.FromSeconds(60), mustRevalidate: false);
        }
    });
}
