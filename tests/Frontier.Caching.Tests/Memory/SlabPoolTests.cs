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
                    if (chunk.Span.ContainsAnyExcept(mark))
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
                    chunk.Span.Fill((byte)step);
                    held.Add((chunk, (byte)step));
                }

                pool.CheckInvariants();
            }

            held.ForEach(item => item.Chunk.Release());
            pool.CheckInvariants();
            return pool.RentedBytes == 0 && pool.SlabBytes <= 2 << 20;
        }).QuickCheckThrowOnFailure();

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
