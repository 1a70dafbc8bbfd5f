// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;

namespace Frontier.Caching.Tests.Disk;

public class CrashTests
{
    [Fact]
    public async Task A_crash_in_the_middle_of_writing_yields_right_bytes_or_none()
    {
        using var directory = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path) with { DiskBytes = 16 << 20, SegmentBytes = 2 << 20, MemoryBytes = 8 << 20 };
        var copies = Enumerable.Range(0, 12).Select(_ => new TemporaryDirectory()).ToArray();
        var lengths = new Dictionary<string, int>();
        await using (var cache = await Given.Open(options))
        {
            using var stop = new CancellationTokenSource();
            var random = new Random(5);
            var writing = Task.Run(async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    var length = i % 7 == 0 ? 1_200_000 : random.Next(1, 90_000);
                    lengths[$"/{i}"] = length;
                    await Given.Put(cache, Given.Key($"/{i}"), Given.Body(length, i));
                    if (cache.TryGetResident(Given.Key($"/{i}"), out var found))
                    {
                        found.Dispose();
                    }
                }
            });
            foreach (var copy in copies)
            {
                var writes = cache.Statistics.DiskWrites;
                await Eventually.IsTrueAsync(() => cache.Statistics.DiskWrites > writes + 5);
                Crash.Copy(directory.Path, copy.Path);
            }

            await stop.CancelAsync();
            await writing;
        }

        var found = 0;
        foreach (var copy in copies)
        {
            using (copy)
            {
                await using var again = await Given.Open(options with { Directory = copy.Path });
                foreach (var (target, length) in lengths)
                {
                    if (await Given.Get(again, Given.Key(target)) is { } bytes)
                    {
                        Assert.True(Given.Body(length, int.Parse(target.AsSpan(1), null)).AsSpan().SequenceEqual(bytes));
                        found++;
                    }
                }

                again.CheckInvariants();
            }
        }

        Assert.True(found > copies.Length, $"Only {found} objects survived {copies.Length} crashes.");
    }

    [Fact]
    public async Task A_torn_tail_costs_only_the_record_it_tore()
    {
        using var directory = new TemporaryDirectory();
        using var copy = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        await using (var cache = await Given.Open(options))
        {
            for (var i = 0; i < 10; i++)
            {
                await Given.Put(cache, Given.Key($"/{i}"), Given.Body(10_000, i));
                await Given.HitAndWrite(cache, [Given.Key($"/{i}")]);
            }

            Crash.Copy(directory.Path, copy.Path);
        }

        var segment = Directory.GetFiles(copy.Path, "*.seg").Single();
        using (var file = new FileStream(segment, FileMode.Open))
        {
            file.SetLength(file.Length - 5000);
        }

        await using var again = await Given.Open(options with { Directory = copy.Path });
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(Given.Body(10_000, i), await Given.Get(again, Given.Key($"/{i}")));
        }

        Assert.Null(await Given.Get(again, Given.Key("/9")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_flipped_byte_costs_only_the_object_it_is_in(bool isSealed)
    {
        using var directory = new TemporaryDirectory();
        using var crashed = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        const int Count = 12;
        await using (var cache = await Given.Open(options))
        {
            for (var i = 0; i < Count; i++)
            {
                await Given.Put(cache, Given.Key($"/{i}"), Given.Body(i * 9_000, i));
                await Given.HitAndWrite(cache, [Given.Key($"/{i}")]);
            }

            Crash.Copy(directory.Path, crashed.Path);
        }

        var source = isSealed ? directory.Path : crashed.Path;
        var segment = Path.GetFileName(Directory.GetFiles(source, "*.seg").Single());
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            using var damaged = new TemporaryDirectory();
            Crash.Copy(source, damaged.Path);
            var bytes = File.ReadAllBytes(damaged[segment]);

            // The ends are where the structure is: half of the rounds hit them.
            var at = (round % 4) switch { 0 => random.Next(400), 1 => bytes.Length - 1 - random.Next(400), _ => random.Next(bytes.Length) };
            bytes[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(damaged[segment], bytes);
            await using var cache = await Given.Open(options with { Directory = damaged.Path });
            var lost = 0;
            for (var i = 0; i < Count; i++)
            {
                var body = await Given.Get(cache, Given.Key($"/{i}"));
                lost += body is null ? 1 : 0;
                Assert.True(body is null || Given.Body(i * 9_000, i).AsSpan().SequenceEqual(body), $"Wrong bytes after a flip at {at}.");
            }

            Assert.True(lost <= 1, $"A flip at {at} cost {lost} objects.");
        }
    }

    [Fact]
    public async Task A_body_that_looks_like_a_record_is_not_taken_for_one()
    {
        using var directory = new TemporaryDirectory();
        using var copy = new TemporaryDirectory();
        using var forged = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);

        // A record as another cache would write it, sent as a body, with the header before it damaged.
        byte[] record;
        await using (var other = await Given.Open(options with { Directory = forged.Path }))
        {
            await Given.Put(other, Given.Key("/victim"), Given.Body(100));
            await Given.HitAndWrite(other, [Given.Key("/victim")]);
            using var copyOfOther = new TemporaryDirectory();
            Crash.Copy(forged.Path, copyOfOther.Path);
            record = File.ReadAllBytes(Directory.GetFiles(copyOfOther.Path, "*.seg").Single());
        }

        await using (var cache = await Given.Open(options))
        {
            for (var shift = 0; shift < 8; shift++)
            {
                await Given.Put(cache, Given.Key($"/{shift}"), [.. new byte[shift], .. record]);
                await Given.HitAndWrite(cache, [Given.Key($"/{shift}")]);
            }

            Crash.Copy(directory.Path, copy.Path);
        }

        var segment = Directory.GetFiles(copy.Path, "*.seg").Single();
        var bytes = File.ReadAllBytes(segment);
        bytes[0] ^= 1;
        File.WriteAllBytes(segment, bytes);
        await using var again = await Given.Open(options with { Directory = copy.Path });
        Assert.Null(await Given.Get(again, Given.Key("/victim")));
        Assert.Null(await Given.Get(again, Given.Key("/0")));
        Assert.NotNull(await Given.Get(again, Given.Key("/7")));
    }

    [Fact]
    public async Task A_damaged_journal_goes_back_to_the_last_purge_that_is_whole()
    {
        using var directory = new TemporaryDirectory();
        using var copy = new TemporaryDirectory();
        var options = Given.OnDisk(directory.Path);
        await using (var cache = await Given.Open(options))
        {
            await cache.ApplyAsync([Given.Purge(1, "/a")], CancellationToken.None);
            await cache.ApplyAsync([Given.Purge(2, "/b")], CancellationToken.None);
            Crash.Copy(directory.Path, copy.Path);
        }

        var journal = copy["purges.journal"];
        var bytes = File.ReadAllBytes(journal);
        bytes[^1] ^= 1;
        File.WriteAllBytes(journal, bytes);
        await using var again = await Given.Open(options with { Directory = copy.Path });
        Assert.Equal(1, again.Position);
        await again.ApplyAsync([Given.Purge(2, "/b")], CancellationToken.None);
        Assert.Equal(2, again.Position);
    }
}
