// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Memory;

namespace Frontier.Caching;

/// <summary>What happens to single keys outside any flight.</summary>
public sealed partial class HttpCache
{
    /// <summary>Longest body that <see cref="Publish(ReadOnlyMemory{byte}, StoredHead, ReadOnlySpan{byte})"/> takes, in bytes.</summary>
    public const int MaxPublishedBytes = Chunk.MaxBytes;

    /// <summary>
    /// Purges everything that has this key's target in its partition, whatever its variant, at nobody's word but the caller's. Holds
    /// when it returns, as a purge of the log does, also for what is being fetched and for a body held elsewhere, which cannot be refreshed
    /// any more; waits for nothing. It is written to disk soon after, so a crash may undo what was purged in its last moments;
    /// <see cref="CacheStatistics.PurgesUnwritten"/> counts those. An orderly stop undoes none. <see cref="Position"/> does not move.
    /// </summary>
    public void PurgeTarget(ReadOnlySpan<byte> key) => Purges.PurgeTarget(key);

    /// <summary>
    /// Drops what the key has, in memory and on disk, and keeps a fetch of it that is under way from being stored: its readers
    /// read on, newcomers fetch anew. Holds when it returns, also for an object held elsewhere, which
    /// cannot be refreshed any more. After a crash a copy may come back from disk; after an orderly stop only when the disk
    /// writer's line was full. Other keys may lose a fetch under way, but nothing that is stored.
    /// </summary>
    public void Forget(ReadOnlyMemory<byte> key)
    {
        var hash = _hasher.Hash(key.Span);
        var wasResident = _memory.Forget(hash);
        if (Disk is not { } disk)
        {
            return;
        }

        var wasOnDisk = disk.Index.Remove(hash, out var place);

        // Again, for what was found on disk in between: from here on it is not found.
        wasResident |= _memory.Forget(hash);
        if (wasOnDisk || wasResident)
        {
            // Of a resident object an older record may lie in the log, though the index does not know it any more.
            _writer!.AskToBury(hash, Generation, FillSequence, wasOnDisk ? place : null);
        }
    }

    /// <summary>
    /// Stores a small object that no flight brought, in place of what its key has. False when it is not kept: longer than
    /// <see cref="MaxPublishedBytes"/>, matched by a purge since its <see cref="StoredHead.FillSequence"/>, older than what is
    /// there, or no memory to be had. Waits for nothing; the bytes are copied.
    /// </summary>
    public bool Publish(ReadOnlyMemory<byte> key, StoredHead head, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(head);
        var hash = _hasher.Hash(key.Span);
        var forgets = _memory.ForgetsOf(hash);
        var generation = Generation;
        if (body.Length > Math.Min(MaxPublishedBytes, MemoryObjectLimit))
        {
            Interlocked.Increment(ref _notStored);
            return false;
        }

        Chunk[] chunks = [];
        if (!body.IsEmpty)
        {
            if (TryRent(body.Length) is not { } chunk)
            {
                Interlocked.Increment(ref _notStored);
                return false;
            }

            chunk.Fill(body);
            chunks = [chunk];
        }

        var purges = Purges.Ledger.For(CacheKeyLayout.Partition(key.Span));
        using var item = new CachedObject(this, key.ToArray(), hash, purges, head, head.FillSequence, generation, forgets) { Memory = new MemoryBody(chunks) };
        return Admit(item);
    }

    internal int ForgetsOf(ulong hash) => _memory.ForgetsOf(hash);

    internal bool IsForgotten(CachedObject item) => _memory.IsForgotten(item);
}
