// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Frontier.Caching.Kills;

/// <summary>
/// Opens a cache directory, checks everything in it, and works on it until it is killed. Standard output says what holds from
/// then on: <c>ready POSITION FOUND</c>, then <c>purged SEQUENCE</c> for each purge that was acknowledged.
/// </summary>
internal static class Child
{
    // The last purge that may be in effect: it is so before it is durable.
    private static long _begun;

    public static async Task RunAsync(string directory, int seed)
    {
        // Small, so that segments are recycled several times a second.
        var options = new CacheOptions { Directory = directory, MemoryBytes = 4 << 20, DiskBytes = 12 << 20, SegmentBytes = 1 << 20 };
        await using var cache = await HttpCache.OpenAsync(options, TimeProvider.System, CancellationToken.None);
        var position = _begun = cache.Position;
        var found = 0;
        for (var number = 0; number < Contents.Keys; number++)
        {
            found += await TryReadAsync(cache, number, position) ? 1 : 0;
        }

        Say($"ready {position} {found}");
        var work = Task.WhenAll(Enumerable.Range(0, 3).Select(worker => Task.Run(() => WorkAsync(cache, new Random(seed + worker), worker == 0))));

        // The input ends with the parent: nobody is left to kill this process then.
        var orphaned = Console.In.ReadToEndAsync();
        if (await Task.WhenAny(work, orphaned) == orphaned)
        {
            Environment.Exit(3);
        }

        await work;
    }

    private static async Task WorkAsync(HttpCache cache, Random random, bool purges)
    {
        while (true)
        {
            var number = random.Next(Contents.Keys);
            var position = cache.Position;
            if (!await TryReadAsync(cache, number, position))
            {
                await FetchAsync(cache, number);
            }

            if (random.Next(200) == 0)
            {
                cache.Forget(Contents.Key(random.Next(Contents.Keys)));
            }

            if (random.Next(50) == 0)
            {
                var changed = random.Next(Contents.Keys);
                var before = cache.FillSequence;
                cache.PurgeTarget(Contents.Key(changed));
                await CheckNewerAsync(cache, changed, before);
            }

            if (purges && random.Next(8) == 0)
            {
                var sequence = cache.Position + 1;
                Volatile.Write(ref _begun, sequence);
                await cache.ApplyAsync([new PurgeEntry(sequence, "E1", [Contents.Target(Contents.Purged(sequence))])], CancellationToken.None);
                Say($"purged {sequence}");
            }
        }
    }

    /// <summary>What the process purged itself is not shown again, at least while it lives.</summary>
    private static async Task CheckNewerAsync(HttpCache cache, int number, long before)
    {
        using var item = (await cache.FindAsync(Contents.Key(number), CancellationToken.None)).Object;
        if (item is not null && item.Head.FillSequence <= before)
        {
            throw new InvalidDataException($"{Contents.Target(number)} was good up to {item.Head.FillSequence}, and shown after it was purged at {before}.");
        }
    }

    private static async Task FetchAsync(HttpCache cache, int number)
    {
        using var flight = cache.Join(Contents.Key(number), out var role);
        if (role != FlightRole.Lead)
        {
            return;
        }

        // In this order: the contents may claim to be newer than the cache takes them for, never older.
        var fillSequence = cache.FillSequence;
        var since = Volatile.Read(ref _begun);
        ReadOnlyMemory<byte> rest = Contents.Body(number, since);
        if (flight.Begin(Contents.Head(since, fillSequence), rest.Length) is not { } fill)
        {
            return;
        }

        while (!rest.IsEmpty)
        {
            var space = fill.GetMemory();
            var run = Math.Min(space.Length, rest.Length);
            rest[..run].CopyTo(space);
            rest = rest[run..];
            await fill.AdvanceAsync(run, CancellationToken.None);
        }

        await fill.CompleteAsync();
    }

    private static async Task<bool> TryReadAsync(HttpCache cache, int number, long position)
    {
        var lookup = await cache.FindAsync(Contents.Key(number), CancellationToken.None);
        using var item = lookup.Object;
        if (item is null)
        {
            return false;
        }

        using var body = new MemoryStream();
        await using var reader = item.OpenBody(0, item.BodyLength);
        while (true)
        {
            var read = await reader.ReadAsync(CancellationToken.None);
            body.Write(read.Bytes.Span);
            if (read.State == BodyState.Broken)
            {
                return false;
            }

            if (read.State == BodyState.End)
            {
                Contents.Check(number, item.Head, body.ToArray(), position);
                return true;
            }
        }
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line}"));
        Console.Out.Flush();
    }
}
