// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Frontier.Caching.Collapsing;
using Frontier.Caching.Disk;
using Frontier.Caching.Memory;
using Frontier.Caching.Purging;

namespace Frontier.Caching;

/// <summary>
/// The cache: a memory tier, a disk tier under it when there is a directory, one fetch per key, and purges that hold from the
/// moment they are applied. It knows keys, bytes and freshness, and nothing of distributions. Thread-safe.
/// </summary>
public sealed partial class HttpCache : IAsyncDisposable
{
    private readonly CacheOptions _options;
    private readonly CacheDirectory? _directory;
    private readonly KeyHasher _hasher;
    private readonly MemoryTier _memory;
    private readonly SlabPool _pool;
    private readonly DiskWriter? _writer;
    private readonly StripedCounter _hits = new();
    private readonly StripedCounter _misses = new();
    private long _notStored;
    private long _purged;
    private long _otherDiskErrors;
    private int _generation;
    private volatile bool _disposed;

    private HttpCache(CacheOptions options, TimeProvider time, CacheDirectory? directory, byte[] secret, IDiskFiles files)
    {
        _options = options;
        _directory = directory;
        _hasher = new KeyHasher(BitConverter.ToUInt64(secret), BitConverter.ToUInt64(secret, 8));
        _memory = new MemoryTier(options.MemoryBytes, time);
        _pool = new SlabPool(options.MemoryBytes);
        var ledger = new PurgeLedger(BitConverter.ToUInt64(secret, 16), options.MaxPurgePatterns);
        Journal = directory is null ? null : new PurgeJournal(directory.Path, files);
        Purges = new PurgeDesk(this, ledger, Journal);
        Flights = new FlightTable(this, options, time);
        if (directory is not null)
        {
            var index = new DiskIndex();
            Disk = new DiskTier(new SegmentLog(directory.Path, files, options, _hasher, index) { IsWanted = _memory.Contains }, index, _hasher, options, time);
            Disk.Log.OnBlockLost = Disk.ForgetAround;
            _writer = new DiskWriter(Disk);
        }
    }

    /// <summary>The log's last purge applied and, with a directory, flushed to disk; survives a restart.</summary>
    public long Position => Purges.Position;

    /// <summary>
    /// What a fetch that begins now is to note as <see cref="StoredHead.FillSequence"/>. It moves with every purge, whether the log or
    /// <see cref="PurgeTarget"/> asked for it, and is no place in the log.
    /// </summary>
    public long FillSequence => Purges.Ledger.Stamped;

    public CacheStatistics Statistics => new()
    {
        Hits = _hits.Value,
        Misses = _misses.Value,
        MemoryObjects = _memory.Count,
        MemoryBytes = _memory.Bytes,
        SlabBytes = _pool.SlabBytes,
        MemoryEvictions = _memory.Evictions,
        DiskRecords = Disk?.Index.Count ?? 0,
        DiskBytes = Disk?.Log.Bytes ?? 0,
        DiskIndexBytes = Disk?.Index.Bytes ?? 0,
        DiskHits = Disk?.Hits ?? 0,
        DiskWrites = Disk?.Writes ?? 0,
        DiskWritesSkipped = _writer?.Skipped ?? 0,
        DiskErrors = (Disk?.Log.Errors ?? 0) + Volatile.Read(ref _otherDiskErrors),
        ChecksumFailures = Disk?.ChecksumFailures ?? 0,
        SegmentsRecycled = Disk?.Log.Recycled ?? 0,
        FillsNotStored = Volatile.Read(ref _notStored),
        Purged = Volatile.Read(ref _purged),
        PurgePatterns = Purges.Ledger.Count,
        PurgesUnwritten = Purges.Unwritten,
    };

    internal PurgeDesk Purges { get; }

    internal FlightTable Flights { get; }

    internal DiskTier? Disk { get; }

    /// <summary>Counts how often everything was forgotten; what belongs to an earlier count is not stored any more.</summary>
    internal int Generation => Volatile.Read(ref _generation);

    private PurgeJournal? Journal { get; }

    /// <summary>Opens the cache with what its directory holds. Throws <see cref="CacheOptionsException"/> naming every fault of the options.</summary>
    public static Task<HttpCache> OpenAsync(CacheOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        OpenAsync(options, time, new PhysicalDisk(), cancellationToken);

    internal static async Task<HttpCache> OpenAsync(CacheOptions options, TimeProvider time, IDiskFiles files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        cancellationToken.ThrowIfCancellationRequested();
        var directory = options.Directory is null ? null : CacheDirectory.Open(options.Directory);
        try
        {
            var cache = new HttpCache(options, time, directory, directory?.Secret ?? RandomNumberGenerator.GetBytes(CacheDirectory.SecretBytes), files);
            await cache.StartAsync();
            return cache;
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            directory?.Dispose();
            throw new CacheOptionsException($"{nameof(CacheOptions.Directory)} ({options.Directory}) cannot be used: {error.Message}", error);
        }
    }

    /// <summary>Looks in memory only: no lock, no allocation. The caller disposes what it gets, fresh or stale.</summary>
    public bool TryGetResident(ReadOnlySpan<byte> key, [NotNullWhen(true)] out CachedObject? found)
    {
        if (!_memory.TryGet(_hasher.Hash(key), key, out found))
        {
            return false;
        }

        var purgedBy = found.PurgedBy();
        if (purgedBy != 0)
        {
            DropPurged(found, purgedBy);
            found.Dispose();
            found = null;
            return false;
        }

        _hits.Increment();
        if (_writer is not null && found.WantsDisk)
        {
            _writer.Ask(found);
        }

        return true;
    }

    /// <summary>Looks in memory, then on disk; what is found there and is small enough becomes resident.</summary>
    public ValueTask<CacheLookup> FindAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        if (TryGetResident(key.Span, out var found))
        {
            return new ValueTask<CacheLookup>(new CacheLookup(found, MissReason.None, 0));
        }

        var hash = _hasher.Hash(key.Span);
        return Disk is { } disk && disk.Index.TryGet(hash, out _) ? FindOnDiskAsync(disk, hash, key, cancellationToken) : new ValueTask<CacheLookup>(Miss(hash));
    }

    /// <summary>Takes part in the one fetch of this key. Ask <see cref="FindAsync"/> first; dispose the flight.</summary>
    /// <param name="patience">How long followers wait for the leader; null for <see cref="CacheOptions.LeaderTimeout"/>.</param>
    public Flight Join(ReadOnlyMemory<byte> key, out FlightRole role, TimeSpan? patience = null) => Flights.Join(key, _hasher.Hash(key.Span), patience, since: null, out role);

    /// <summary>As <see cref="Join(ReadOnlyMemory{byte}, out FlightRole, TimeSpan?)"/>, for a fetch that began under another key, or for another part.</summary>
    public Flight Join(ReadOnlyMemory<byte> key, FetchStamp since, out FlightRole role) => Flights.Join(key, _hasher.Hash(key.Span), patience: null, since, out role);

    /// <summary>Now, as far as that key is concerned.</summary>
    public FetchStamp StampOf(ReadOnlySpan<byte> key)
    {
        var hash = _hasher.Hash(key);
        return new FetchStamp(hash, FillSequence, Generation, ForgetsOf(hash));
    }

    /// <summary>Whether the key of the stamp has been forgotten since, or everything has.</summary>
    public bool IsForgotten(FetchStamp since) => since.Generation != Generation || since.Forgets != ForgetsOf(since.Hash);

    /// <summary>
    /// Applies entries of the purge log that are newer than <see cref="Position"/>; others are skipped, so that a batch may be
    /// sent again. When it completes they hold for every later lookup, also after a crash. Throws <see cref="IOException"/>
    /// when they could not be made durable: they hold, but the position has not moved.
    /// </summary>
    public Task ApplyAsync(IReadOnlyList<PurgeEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return Purges.ApplyAsync(entries, cancellationToken);
    }

    /// <summary>The purge log has a gap: trusts nothing stored or being fetched, and goes on from that position.</summary>
    public Task ForgetEverythingAsync(long position, CancellationToken cancellationToken) =>
        Purges.ForgetEverythingAsync(position, ForgetAsync, cancellationToken);

    /// <summary>Writes to disk what is resident and still good, up to half of the disk's bound, and closes. Fills under way are not stored.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (Disk is { } disk)
        {
            await _writer!.DisposeAsync();
            var written = 0L;
            foreach (var item in _memory.Enumerate())
            {
                if (item.IsOnDisk || written >= _options.DiskBytes / 2 || !item.TryAddReference())
                {
                    continue;
                }

                written += await DiskWriter.TryWriteAsync(disk, item) ? item.Charge : 0;
                item.Dispose();
            }

            await disk.Log.DisposeAsync();
        }

        await Purges.DisposeAsync();
        _memory.Clear();
        _directory?.Dispose();
    }

    /// <summary>Whether the disk writer has nothing left to do.</summary>
    internal bool IsWriterIdle => _writer?.IsIdle ?? true;

    /// <summary>Throws when the parts disagree. Only while nothing else uses the cache.</summary>
    internal void CheckInvariants()
    {
        _memory.CheckInvariants();
        _pool.CheckInvariants();
        Disk?.Log.CheckInvariants();
    }

    private async Task StartAsync()
    {
        var position = 0L;
        if (Disk is { } disk)
        {
            var known = _directory!.IsTrusted ? await Journal!.LoadAsync(Purges.Ledger) : null;
            await disk.Log.OpenAsync(isTrusted: known is not null);
            position = known ?? 0;

            // Rewritten at each start: the file begins whole, whatever a crash left at its end, and none of this run's stamps was given before.
            Purges.Ledger.Reach(Purges.Ledger.Stamped + PurgeStamp.Leap);
            await Journal!.RewriteAsync(Purges.Ledger, position);
        }

        Purges.Start(position);
    }

    private async Task ForgetAsync()
    {
        var generation = Interlocked.Increment(ref _generation);
        _memory.Clear();
        if (Disk is { } disk)
        {
            await disk.Log.ClearAsync(generation);
        }
    }

    private CacheLookup Miss(ulong hash)
    {
        _misses.Increment();
        var (reason, purgedBy) = WhyMissing(hash);
        return new CacheLookup(null, reason, purgedBy);
    }

    private (MissReason Reason, long PurgedBy) WhyMissing(ulong hash)
    {
        var (reason, stamp) = _memory.WhyMissing(hash);
        return reason is MissReason.Invalidated ? WhosePurge(stamp) : (reason, 0);
    }

    private (MissReason Reason, long PurgedBy) WhosePurge(long stamp) =>
        PurgeStamp.IsOfLog(stamp) ? (MissReason.Invalidated, Purges.Ledger.Log.Of(stamp)) : (MissReason.Changed, 0);
}
