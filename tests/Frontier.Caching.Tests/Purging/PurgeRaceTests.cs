// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Testing;

namespace Frontier.Caching.Tests.Purging;

public class PurgeRaceTests
{
    /// <summary>Bodies say the stamp at which their fetch began; after a purge of either kind none may say less than the stamp of then.</summary>
    [Theory]
    [InlineData(false, 100)]
    [InlineData(true, 100)]
    [InlineData(true, 200_000)]
    public async Task No_fetch_from_before_a_purge_is_shown_after_it(bool hasDisk, int length) // DP-27.9
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(Given.OnDisk(directory.Path) with { Directory = hasDisk ? directory.Path : null, MemoryBytes = 1 << 20 });
        var key = Given.Key("/dir/a");
        using var stop = new CancellationTokenSource();
        var fetched = 0;
        var fetchers = Enumerable.Range(0, 4).Select(_ => Task.Run(FetchAsync)).ToArray();
        var shown = 0;
        for (var sequence = 1L; sequence <= 300 || shown < 20; sequence++)
        {
            Assert.True(sequence < 20_000, $"Only {shown} of {fetched} fetched objects were seen.");
            if (sequence % 4 == 3)
            {
                cache.PurgeTarget(Given.Key("/dir/a", "another variant"));
            }
            else
            {
                var pattern = (sequence % 4) switch { 0 => "/dir/*", 1 => "/dir/a", _ => "/*" };
                await cache.ApplyAsync([Given.Purge(sequence, pattern)], CancellationToken.None);
            }

            var since = cache.FillSequence;
            for (var look = 0; look < 3; look++)
            {
                if (await Given.Get(cache, key) is { } body)
                {
                    shown++;
                    Assert.True(BinaryPrimitives.ReadInt64LittleEndian(body) >= since);
                }

                await Task.Yield();
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(fetchers);
        cache.CheckInvariants();

        async Task FetchAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                using var flight = cache.Join(key, out var role);
                if (role != FlightRole.Lead)
                {
                    await Task.Yield();
                    continue;
                }

                var head = Given.Head(cache);
                var body = new byte[length];
                BinaryPrimitives.WriteInt64LittleEndian(body, head.FillSequence);
                await Task.Yield();
                var fill = flight.Begin(head, length)!;
                await Given.Write(fill, body);
                await fill.CompleteAsync();
                Interlocked.Increment(ref fetched);
                if (cache.TryGetResident(key, out var hit))
                {
                    hit.Dispose();
                }
            }
        }
    }
}
