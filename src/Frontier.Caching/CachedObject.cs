// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Caching.Disk;
using Frontier.Caching.Memory;
using Frontier.Caching.Purging;

namespace Frontier.Caching;

/// <summary>
/// A stored response. Counted by reference: head and body stay as they are while it is held, whatever the cache does with it;
/// dispose it exactly once for each time it was handed out. Thread-safe.
/// </summary>
public sealed class CachedObject : IDisposable
{
    // What an object costs beside its key, head and body: this class, its body, index entry and queue links.
    private const int OverheadBytes = 320;

    private const int NotOnDisk = 0;
    private const int Writing = 1;
    private const int OnDisk = 2;

    private readonly HttpCache _cache;
    private readonly PartitionPurges _purges;
    private long _checkedUpTo;
    private int _references = 1;
    private int _diskState;

    internal CachedObject(HttpCache cache, byte[] key, ulong hash, PartitionPurges purges, StoredHead head, long checkedUpTo, int generation, int forgets)
    {
        _cache = cache;
        _purges = purges;
        _checkedUpTo = checkedUpTo;
        Key = key;
        Hash = hash;
        Head = head;
        Generation = generation;
        Forgets = forgets;
    }

    public StoredHead Head { get; }

    public long BodyLength => Memory?.Length ?? Disk!.Body.Length;

    internal byte[] Key { get; }

    internal ReadOnlySpan<byte> KeySpan => Key;

    internal ulong Hash { get; }

    internal int Generation { get; }

    /// <summary>The body when it is resident; the object owns one reference.</summary>
    internal MemoryBody? Memory { get; init; }

    /// <summary>Where a large object lies; null for a resident one.</summary>
    internal DiskFind? Disk { get; init; }

    internal long Charge => Key.Length + Head.Charge + (Memory?.ChargedBytes ?? 0) + OverheadBytes;

    internal byte Frequency { get; set; }

    // The tier's queue and places in it; only under the tier's lock.
    internal ObjectQueue? Queue { get; set; }

    internal CachedObject? Older { get; set; }

    internal CachedObject? Newer { get; set; }

    /// <summary>A newer object has taken its key.</summary>
    internal bool IsSuperseded { get; set; }

    /// <summary>The tier remembers having evicted its key: it was asked for a second time, if too late for memory alone.</summary>
    internal bool IsBack { get; set; }

    /// <summary>Its key was forgotten while it was resident.</summary>
    internal bool WasForgotten { get; set; }

    /// <summary>The key's stamp when its fetch began, or when the object left the tier. Under the tier's lock once it is resident.</summary>
    internal int Forgets { get; set; }

    internal int References => Volatile.Read(ref _references);

    /// <summary>Purges up to here are known not to match it.</summary>
    internal long CheckedUpTo => Volatile.Read(ref _checkedUpTo);

    internal bool WantsDisk => Volatile.Read(ref _diskState) == NotOnDisk;

    internal bool IsOnDisk => Volatile.Read(ref _diskState) == OnDisk;

    /// <summary>The whole body, when it is in memory. Valid while the object is held.</summary>
    public bool TryGetWhole(out ReadOnlySequence<byte> body)
    {
        body = Memory?.Whole ?? default;
        return Memory is not null;
    }

    /// <summary>Reads <paramref name="length"/> bytes from <paramref name="offset"/>; both must lie within the body. The reader may outlive the object.</summary>
    public BodyReader OpenBody(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, BodyLength - offset);
        return Memory is { } body ? new MemoryBodyReader(body, offset, length) : _cache.OpenDisk(this, offset, length);
    }

    /// <summary>
    /// A 304 came: the same body under a new head, in this object's place, as an object of its own that the caller disposes
    /// beside this one. Null when a purge has matched this object meanwhile: it must not be used again (DP-27.8).
    /// </summary>
    public ValueTask<CachedObject?> RefreshAsync(StoredHead head) => _cache.RefreshAsync(this, head);

    /// <summary>Gives one reference back.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            Memory?.Release();
            Disk?.Body.Release();
        }
    }

    /// <summary>One more reference, to be disposed like the first. False when the last one has been given back.</summary>
    public bool TryAddReference()
    {
        var references = Volatile.Read(ref _references);
        while (references > 0)
        {
            var seen = Interlocked.CompareExchange(ref _references, references + 1, references);
            if (seen == references)
            {
                return true;
            }

            references = seen;
        }

        return false;
    }

    /// <summary>The stamp of a purge that matches, or 0. One comparison unless its partition was purged since the last check.</summary>
    internal long PurgedBy() => _cache.Purges.Ledger.Check(_purges, Key, TagList.Of(Head), ref _checkedUpTo);

    /// <summary>As <see cref="PurgedBy"/>, and brings <see cref="CheckedUpTo"/> up to now.</summary>
    internal long PurgedByNow() => _cache.Purges.Ledger.CheckFully(_purges, Key, TagList.Of(Head), ref _checkedUpTo);

    /// <summary>Whether its key was forgotten since it was found or fetched.</summary>
    internal bool IsForgotten() => _cache.IsForgotten(this);

    internal bool TryBeginWrite() => Interlocked.CompareExchange(ref _diskState, Writing, NotOnDisk) == NotOnDisk;

    internal void MarkOnDisk() => Volatile.Write(ref _diskState, OnDisk);

    internal void EndWrite(bool written) => Volatile.Write(ref _diskState, written ? OnDisk : NotOnDisk);
}
