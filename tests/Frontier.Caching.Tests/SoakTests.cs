// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Caching.Tests;

public class SoakTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_thousand_mixed_operations_at_once_leave_the_cache_in_order(bool hasDisk)
    {
        using var directory = new TemporaryDirectory();
        await using var cache = await Given.Open(new CacheOptions
        {
            Directory = hasDisk ? directory.Path : null,
            MemoryBytes = 2 << 20,
            DiskBytes = 16 << 20,
            SegmentBytes = 1 << 20,
        });
        var sequence = 0L;
        var shown = 0;
        using var gate = new SemaphoreSlim(200);
        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(async i =>
        {
            await gate.WaitAsync();
            await Task.Yield();
            try
            {
                await OneAsync(i);
            }
            finally
            {
                gate.Release();
            }
        }));

        // A purge of the log is swept behind, which one of the cache's own is not at once.
        await cache.ApplyAsync([Given.Purge(++sequence, "/nothing")], CancellationToken.None);
        await Eventually.IsTrueAsync(() => cache.IsWriterIdle && cache.Purges.Swept == cache.FillSequence);
        Assert.Equal(0, cache.Flights.Count);
        Assert.True(shown > 5000, $"Only {shown} bodies were shown.");
        cache.CheckInvariants();

        async Task OneAsync(int i)
        {
            var random = new Random(i);
            var number = (int)(Math.Pow(random.NextDouble(), 3) * 300);
            var target = $"/{number % 3}/{number}";
            var key = Given.Key(target);
            if (i % 100 == 99)
            {
                var next = Interlocked.Increment(ref sequence);
                await cache.ApplyAsync([Given.Purge(next, next % 5 == 0 ? $"/{number % 3}/*" : target)], CancellationToken.None);
                return;
            }

            if (i % 50 == 49)
            {
                cache.PurgeTarget(key);
                return;
            }

            var (found, _, _) = await cache.FindAsync(key, CancellationToken.None);
            if (found is null)
            {
                await FetchAsync(key, number, random);
                return;
            }

            using (found)
            {
                await using var reader = found.OpenBody(0, found.BodyLength);
                Check(number, await Given.ReadAll(reader));
                if (random.Next(20) == 0)
                {
                    using var refreshed = await found.RefreshAsync(Given.Head(cache));
                }
            }
        }

        async Task FetchAsync(byte[] key, int number, Random random)
        {
            using var flight = cache.Join(key, out var role);
            if (role == FlightRole.Follow)
            {
                var outcome = await flight.WaitAsync(CancellationToken.None);
                if (outcome.Fill is not null)
                {
                    await using var follower = outcome.Fill.OpenBody(0, null);
                    Check(number, await Given.ReadAll(follower));
                }

                return;
            }

            if (role == FlightRole.Alone || random.Next(50) == 0)
            {
                flight.Decline(TimeSpan.Zero);
                return;
            }

            var body = Body(number);
            var fill = flight.Begin(Given.Head(cache), random.Next(2) == 0 ? body.Length : null);
            if (fill is null)
            {
                return;
            }

            await using var reader = fill.OpenBody(0, null);
            var reading = Given.ReadAll(reader);
            await Given.Write(fill, body.AsMemory(0, body.Length / 2));
            await Task.Yield();
            if (random.Next(30) == 0)
            {
                fill.Abort();
            }
            else
            {
                await Given.Write(fill, body.AsMemory(body.Length / 2));
                await fill.CompleteAsync();
            }

            Check(number, await reading);
        }

        void Check(int number, (byte[] Bytes, BodyState State) read)
        {
            var body = Body(number);
            Assert.True(body.AsSpan().StartsWith(read.Bytes), "Wrong bytes.");
            Assert.True(read.State == BodyState.Broken || read.Bytes.Length == body.Length, "A short body was called whole.");
            shown += read.State == BodyState.End ? 1 : 0;
        }

        static byte[] Body(int number) => Given.Body(number % 40 == 0 ? 400_000 + number : 1 + (number * 37 % 30_000), number);
    }
}
