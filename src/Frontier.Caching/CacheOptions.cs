// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

/// <summary>What the operator says of a cache. Checked as a whole by <see cref="HttpCache.OpenAsync(CacheOptions, TimeProvider, CancellationToken)"/>.</summary>
public sealed record CacheOptions
{
    /// <summary>Where segments, purge journal and lock file lie; null keeps everything in memory.</summary>
    public string? Directory { get; init; }

    /// <summary>Bound on resident bodies, heads and keys, bookkeeping included approximately. Default 128 MiB, at least 1 MiB.</summary>
    public long MemoryBytes { get; init; } = 128L << 20;

    /// <summary>Bound on all segment files. Default 10 GiB, at least four segments.</summary>
    public long DiskBytes { get; init; } = 10L << 30;

    /// <summary>Larger objects go to disk only. Default 4 MiB; an eighth of <see cref="MemoryBytes"/> and a quarter of <see cref="SegmentBytes"/> bound it too.</summary>
    public long MaxMemoryObjectBytes { get; init; } = 4L << 20;

    /// <summary>Length of one segment file. Default 64 MiB, 512 KiB to 1 GiB; at most 4,096 segments, for each is an open file.</summary>
    public int SegmentBytes { get; init; } = 64 << 20;

    /// <summary>How long followers wait for a leader's head before they fetch for themselves. Default 60 s.</summary>
    public TimeSpan LeaderTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Purge patterns and tags remembered in all, at 21 to 43 bytes each. When there are more, the partition with the most gives
    /// up the older half of its own: of that partition nothing fetched before those is served, unless it was checked since. Default 1,048,576.
    /// </summary>
    public int MaxPurgePatterns { get; init; } = 1 << 20;

    /// <summary>Keys remembered as uncacheable, oldest forgotten first. Default 65,536.</summary>
    public int MaxDeclinedKeys { get; init; } = 65_536;

    /// <summary>
    /// Told what the disk said when writing to it is given up for ten seconds (full, read-only, failing), so at most once in
    /// that time; memory serves on. Called on any thread; must not throw.
    /// </summary>
    public Action<Exception>? OnDiskFault { get; init; }

    internal long MemoryObjectLimit => Math.Min(MaxMemoryObjectBytes, Math.Min(MemoryBytes / 8, Directory is null ? long.MaxValue : SegmentBytes / 4));

    internal void Validate()
    {
        List<string> faults = [];
        Require(MemoryBytes >= 1 << 20, $"{nameof(MemoryBytes)} ({MemoryBytes}) is less than 1048576.");
        Require(MaxMemoryObjectBytes >= 0, $"{nameof(MaxMemoryObjectBytes)} ({MaxMemoryObjectBytes}) is negative.");
        Require(LeaderTimeout > TimeSpan.Zero, $"{nameof(LeaderTimeout)} ({LeaderTimeout}) is not positive.");
        Require(MaxPurgePatterns > 0, $"{nameof(MaxPurgePatterns)} ({MaxPurgePatterns}) is not positive.");
        Require(MaxDeclinedKeys > 0, $"{nameof(MaxDeclinedKeys)} ({MaxDeclinedKeys}) is not positive.");
        if (Directory is not null)
        {
            Require(Directory.Length > 0, $"{nameof(Directory)} is empty.");
            Require(SegmentBytes is >= 512 << 10 and <= 1 << 30, $"{nameof(SegmentBytes)} ({SegmentBytes}) is not between 524288 and 1073741824.");
            Require(DiskBytes >= 4L * SegmentBytes, $"{nameof(DiskBytes)} ({DiskBytes}) is less than four times {nameof(SegmentBytes)} ({SegmentBytes}).");
            Require(DiskBytes / Math.Max(SegmentBytes, 1) <= 4096, $"{nameof(DiskBytes)} ({DiskBytes}) is more than 4096 times {nameof(SegmentBytes)} ({SegmentBytes}).");
        }

        if (faults.Count > 0)
        {
            throw new CacheOptionsException(faults);
        }

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
