// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Memory;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Caching.Tests.Memory;

public class SlabPoolTests
{
    [Fact]
    public void Blocks_never_overlap_and_all_come_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var pool = new SlabPool(2 << 20);
            List<(Chunk Chunk, byte Mark)> held = [];
            for (var step = 0; step < 400; step++)
            {
                if (held.Count > 0 && random.Next(5) < 2)
                {
                    var at = random.Next(held.Count);
                    var (chunk, mark) = held[at];
                    if (!HoldsOnly(chunk, mark))
                    {
                        return false;
                    }

                    if (random.Next(3) == 0 && chunk.Length > 1)
                    {
                        chunk.Trim(random.Next(1, chunk.Length));
                    }
                    else
                    {
                        held.RemoveAt(at);
                        chunk.Release();
                    }
                }
                else if (pool.TryRent(random.Next(1, Chunk.MaxBytes + 1)) is { } chunk)
                {
                    chunk.Fill(Enumerable.Repeat((byte)step, chunk.Length).ToArray());
                    held.Add((chunk, (byte)step));
                }

                pool.CheckInvariants();
            }

            held.ForEach(item => item.Chunk.Release());
            pool.CheckInvariants();
            return pool.RentedBytes == 0 && pool.SlabBytes <= 2 << 20;
        }).QuickCheckThrowOnFailure();

    private static bool HoldsOnly(Chunk chunk, byte mark)
    {
        var length = 0;
        for (var block = 0; block < chunk.Blocks; block++)
        {
            length += chunk.Block(block).Length;
            if (chunk.Block(block).Span.ContainsAnyExcept(mark))
            {
                return false;
            }
        }

        return length == chunk.Length;
    }

    [Fact]
    public void What_is_free_in_pieces_is_given_out_in_pieces()
    {
        var pool = new SlabPool(1 << 20);
        List<Chunk> chunks = [];
        while (pool.TryRent(4096) is { } chunk)
        {
            chunks.Add(chunk);
        }

        // Every second one goes: nothing longer than 4 KiB lies in a row.
        for (var i = 0; i < chunks.Count; i += 2)
        {
            chunks[i].Release();
        }

        var long1 = pool.TryRent(60_000)!;
        Assert.Equal((60_000, 15), (long1.Length, long1.Blocks));
        long1.Trim(10_000);
        Assert.Equal((10_000, 3), (long1.Length, long1.Blocks));
        Assert.Equal(10_000 - 8192, long1.From(8192).Length);
        Assert.True(long1.From(10_000).IsEmpty);
        pool.CheckInvariants();
        long1.Release();
        for (var i = 1; i < chunks.Count; i += 2)
        {
            chunks[i].Release();
        }

        Assert.Equal(0, pool.RentedBytes);
        pool.CheckInvariants();
    }

    [Fact]
    public void What_is_free_in_too_many_pieces_is_not_given_out_as_one()
    {
        var pool = new SlabPool(1 << 20);
        List<Chunk> chunks = [];
        while (pool.TryRent(512) is { } chunk)
        {
            chunks.Add(chunk);
        }

        for (var i = 0; i < chunks.Count; i += 2)
        {
            chunks[i].Release();
        }

        Assert.NotNull(pool.TryRent(512));
        Assert.Null(pool.TryRent(8 * 512));
        pool.CheckInvariants();
    }

    [Fact]
    public void A_pool_gives_out_no_more_than_its_bound_and_free_slabs_go_back()
    {
        var pool = new SlabPool(4 << 20);
        List<Chunk> chunks = [];
        while (pool.TryRent(Chunk.MaxBytes) is { } chunk)
        {
            chunks.Add(chunk);
        }

        Assert.Equal(64, chunks.Count);
        Assert.Null(pool.TryRent(1));
        Assert.Equal(4 << 20, pool.SlabBytes);
        chunks.ForEach(chunk => chunk.Release());
        Assert.True(pool.SlabBytes < 1 << 20);
        pool.CheckInvariants();
    }

    [Fact]
    public void Siphash_agrees_with_its_definition()
    {
        // SipHash-1-3 of 0, 1, ... under key 00 01 ... 0f, as published with its reference implementation's variants.
        var hasher = new KeyHasher(0x0706050403020100, 0x0f0e0d0c0b0a0908);
        var data = Enumerable.Range(0, 64).Select(i => (byte)i).ToArray();
        Assert.Equal(0xabac0158050fc4dcUL, hasher.Hash(data.AsSpan(0, 0)));
        Assert.Equal(0xc9f49bf37d57ca93UL, hasher.Hash(data.AsSpan(0, 1)));
        Assert.Equal(64, Enumerable.Range(0, 64).Select(length => hasher.Hash(data.AsSpan(0, length))).Distinct().Count());
    }
}
