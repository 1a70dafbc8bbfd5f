// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

/// <summary>Counters since the cache was opened, and sizes as they stand; each is exact, together they are no snapshot.</summary>
public sealed record CacheStatistics
{
    public required long Hits { get; init; }

    public required long Misses { get; init; }

    public required long MemoryObjects { get; init; }

    /// <summary>Charged for resident objects, heads and keys included.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Bytes of slabs taken from the system, whether in use or free.</summary>
    public required long SlabBytes { get; init; }

    public required long MemoryEvictions { get; init; }

    /// <summary>Records the disk index points to: one per object, and one more per block of a large one.</summary>
    public required long DiskRecords { get; init; }

    public required long DiskBytes { get; init; }

    public required long DiskIndexBytes { get; init; }

    public required long DiskHits { get; init; }

    public required long DiskWrites { get; init; }

    /// <summary>Objects a hit wanted on disk while the writer's queue was full; a later hit asks again.</summary>
    public required long DiskWritesSkipped { get; init; }

    public required long DiskErrors { get; init; }

    public required long ChecksumFailures { get; init; }

    public required long SegmentsRecycled { get; init; }

    /// <summary>Fills that were streamed but not kept: too large, or no memory to spare.</summary>
    public required long FillsNotStored { get; init; }

    /// <summary>Objects dropped because a purge matched them.</summary>
    public required long Purged { get; init; }

    public required long PurgePatterns { get; init; }

    /// <summary>Purges in effect that are not on disk yet, so that a crash would undo them.</summary>
    public required long PurgesUnwritten { get; init; }
}
