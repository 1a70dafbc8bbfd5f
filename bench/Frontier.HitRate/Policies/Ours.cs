// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Caching;

namespace Frontier.HitRate.Policies;

/// <summary>The cache itself, in memory only, with bodies of the sizes the trace says.</summary>
internal sealed class Ours : IPolicy, IAsyncDisposable
{
    /// <summary>The tier charges bodies in such units; see <see cref="ChargeOf"/>.</summary>
    private const int UnitBytes = 512;

    private static readonly byte[] Bytes = new byte[HttpCache.MaxPublishedBytes];
    private readonly HttpCache _cache;
    private readonly byte[] _key = "T\0........"u8.ToArray();
    private readonly StoredHead _head = new() { Status = 200, HeaderBlock = [], ReceivedAt = default, FreshUntil = DateTimeOffset.MaxValue, FillSequence = 0 };
    private readonly int _fixedCharge;

    private Ours(HttpCache cache, int fixedCharge)
    {
        _cache = cache;
        _fixedCharge = fixedCharge;
    }

    public static async Task<Ours> OpenAsync(long capacity) => new(await OpenCacheAsync(capacity), await FixedChargeAsync());

    /// <summary>What the cache charges for an object without a body, so that the others can be charged alike.</summary>
    public static async Task<int> FixedChargeAsync()
    {
        var probe = new Ours(await OpenCacheAsync(1 << 20), 0);
        probe.Request(1, 0);
        await using (probe)
        {
            return (int)probe._cache.Statistics.MemoryBytes;
        }
    }

    /// <summary>What the cache charges for a body of that many bytes.</summary>
    public static int ChargeOf(int fixedCharge, int bodyBytes) => fixedCharge + ((bodyBytes + UnitBytes - 1) / UnitBytes * UnitBytes);

    public bool Request(int key, int charge)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_key.AsSpan(2), key + 0x0101010101010101);
        if (_cache.TryGetResident(_key, out var found))
        {
            found.Dispose();
            return true;
        }

        _cache.Publish(_key, _head, Bytes.AsSpan(0, charge - _fixedCharge));
        return false;
    }

    public ValueTask DisposeAsync() => _cache.DisposeAsync();

    private static Task<HttpCache> OpenCacheAsync(long capacity) =>
        HttpCache.OpenAsync(new CacheOptions { MemoryBytes = capacity }, TimeProvider.System, CancellationToken.None);
}
