// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text;
using Frontier.Testing;

namespace Frontier.Caching.Tests;

/// <summary>What the tests put into a cache, and how.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);

    public static byte[] Key(string target, string variant = "", string partition = "E1A2B3C4D5E6F7") =>
        Encoding.UTF8.GetBytes($"{partition}\0{target}\0{variant}");

    public static StoredHead Head(HttpCache cache, DateTimeOffset? receivedAt = null) => new()
    {
        Status = 200,
        HeaderBlock = "content-type\0text/html\n"u8.ToArray(),
        ReceivedAt = receivedAt ?? Noon,
        FreshUntil = (receivedAt ?? Noon).AddMinutes(1),
        FillSequence = cache.FillSequence,
    };

    /// <summary>Bytes that say by themselves whether they are right: every position differs from its neighbours and between seeds.</summary>
    public static byte[] Body(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static Task<HttpCache> MemoryOnly(long memoryBytes = 16 << 20) =>
        HttpCache.OpenAsync(new CacheOptions { MemoryBytes = memoryBytes }, new ManualTimeProvider(Noon), CancellationToken.None);

    public static CacheOptions OnDisk(string directory) => new()
    {
        Directory = directory,
        MemoryBytes = 16 << 20,
        DiskBytes = 64 << 20,
        SegmentBytes = 4 << 20,
    };

    public static Task<HttpCache> Open(CacheOptions options) => HttpCache.OpenAsync(options, new ManualTimeProvider(Noon), CancellationToken.None);

    public static async Task Write(Fill fill, ReadOnlyMemory<byte> body)
    {
        while (!body.IsEmpty)
        {
            var space = fill.GetMemory();
            var run = Math.Min(space.Length, body.Length);
            body[..run].CopyTo(space);
            body = body[run..];
            await fill.AdvanceAsync(run, CancellationToken.None);
        }
    }

    public static async Task Put(HttpCache cache, byte[] key, byte[] body, StoredHead? head = null, bool sayLength = true)
    {
        using var flight = cache.Join(key, out var role);
        Assert.Equal(FlightRole.Lead, role);
        flight.RunUnattended();
        var fill = flight.Begin(head ?? Head(cache), sayLength ? body.Length : null);
        Assert.NotNull(fill);
        await Write(fill, body);
        await fill.CompleteAsync();
    }

    public static async Task<byte[]?> Get(HttpCache cache, byte[] key)
    {
        var lookup = await cache.FindAsync(key, CancellationToken.None);
        using var found = lookup.Object;
        if (found is null)
        {
            return null;
        }

        if (found.TryGetWhole(out var whole))
        {
            return whole.ToArray();
        }

        await using var reader = found.OpenBody(0, found.BodyLength);
        var (bytes, state) = await ReadAll(reader);
        return state == BodyState.End ? bytes : null;
    }

    public static async Task<MissReason> WhyMissing(HttpCache cache, byte[] key)
    {
        var lookup = await cache.FindAsync(key, CancellationToken.None);
        using var found = lookup.Object;
        return lookup.Reason;
    }

    public static async Task<(byte[] Bytes, BodyState State)> ReadAll(BodyReader reader)
    {
        using var all = new MemoryStream();
        while (true)
        {
            var read = await reader.ReadAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            all.Write(read.Bytes.Span);
            if (read.State != BodyState.More)
            {
                return (all.ToArray(), read.State);
            }
        }
    }

    /// <summary>Gives every resident object named its second hit, and waits until the writer has written them.</summary>
    public static async Task HitAndWrite(HttpCache cache, IEnumerable<byte[]> keys)
    {
        foreach (var key in keys)
        {
            Assert.True(cache.TryGetResident(key, out var found));
            found.Dispose();
        }

        await Eventually.IsTrueAsync(() => cache.IsWriterIdle);
    }

    public static PurgeEntry Purge(long sequence, params string[] patterns) => new(sequence, "E1A2B3C4D5E6F7", [.. patterns]);
}
