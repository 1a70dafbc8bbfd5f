// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Disk;
using Frontier.Caching.Purging;

namespace Frontier.Caching;

/// <summary>Looking without being seen: what a lookup would find, with nothing counted, moved, loaded or dropped.</summary>
public sealed partial class HttpCache
{
    public async ValueTask<CachePeek> PeekAsync(ReadOnlyMemory<byte> key)
    {
        var hash = _hasher.Hash(key.Span);
        var (found, purgedBy) = PeekMemory(hash, key.Span);
        if (found is null && purgedBy == 0 && Disk is { } disk && await disk.PeekAsync(hash, key) is { } find)
        {
            (found, purgedBy) = PeekDisk(hash, key, find);
        }

        var (reason, by) = found is not null ? (MissReason.None, 0) : purgedBy != 0 ? WhosePurge(purgedBy) : WhyMissing(hash);
        var isDeclined = Flights.IsDeclined(hash, out var declined);
        return new CachePeek(found, reason, by, Flights.IsUnderWay(key.Span, hash), isDeclined, declined);
    }

    /// <summary>
    /// The fill that newcomers of this key would read along, to look at: what its head says and how much has come. Null where
    /// none has begun. It may be over the next moment, so whoever wants its body joins the flight.
    /// </summary>
    public Fill? PeekFill(ReadOnlySpan<byte> key) => Flights.FindFill(key, _hasher.Hash(key));

    private (CachedObject? Found, long PurgedBy) PeekMemory(ulong hash, ReadOnlySpan<byte> key)
    {
        if (!_memory.TryPeek(hash, key, out var found))
        {
            return (null, 0);
        }

        var purgedBy = found.PurgedBy();
        if (purgedBy != 0)
        {
            found.Dispose();
            found = null;
        }

        return (found, purgedBy);
    }

    private (CachedObject? Found, long PurgedBy) PeekDisk(ulong hash, ReadOnlyMemory<byte> key, DiskFind find)
    {
        var purges = Purges.Ledger.For(CacheKeyLayout.Partition(key.Span));
        var since = find.Head.FillSequence;
        var purgedBy = Purges.Ledger.Check(purges, key.Span, TagList.Of(find.Head), ref since);
        if (purgedBy != 0)
        {
            find.Body.Release();
            return (null, purgedBy);
        }

        return (new CachedObject(this, key.ToArray(), hash, purges, find.Head, since, Generation, ForgetsOf(hash)) { Disk = find }, 0);
    }
}
