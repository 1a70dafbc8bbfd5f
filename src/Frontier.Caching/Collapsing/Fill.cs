// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Frontier.Caching.Collapsing;
using Frontier.Caching.Memory;

namespace Frontier.Caching;

/// <summary>
/// A response whose body is arriving (DP-17.3): one writer, any number of readers. It is kept in memory while it is small,
/// goes to disk block by block when it is not, and when neither can be had is only passed on, paced by the slowest reader.
/// GetMemory, AdvanceAsync, CompleteAsync and Abort are the one writer's, one call at a time; readers may come from anywhere. All state is guarded by one lock, held for a few steps at a time.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without a timer holds nothing, and readers may ask for its token at any time.")]
public sealed class Fill
{
    // What the slowest reader may lag behind when nothing is kept.
    private const long WindowBytes = 4 * Chunk.MaxBytes;

    // So little is fetched faster than it is fetched again later.
    private const long WorthFinishingBytes = 1 << 20;

    private readonly HttpCache _cache;
    private readonly FlightState _flight;
    private readonly FillBuffer _buffer;
    private readonly Lock _gate = new();
    private readonly FillAudience _audience = new();
    private readonly CancellationTokenSource _abandoned = new();
    private readonly ulong _objectId;
    private readonly bool _spills;
    private FillKeeping _keeping;
    private CachedObject? _published;
    private bool _isOver;
    private bool _isWhole;
    private bool _isAbandoned;

    internal Fill(HttpCache cache, FlightState flight, StoredHead head, long? bodyLength, FillKeeping keeping, int blockBytes, ulong objectId, bool spills)
    {
        _cache = cache;
        _flight = flight;
        _buffer = new FillBuffer(blockBytes / Chunk.MaxBytes);
        _keeping = keeping;
        _objectId = objectId;
        _spills = spills;
        Head = head;
        BodyLength = bodyLength;
    }

    public StoredHead Head { get; }

    /// <summary>Null until the end is reached, when the response did not say.</summary>
    public long? BodyLength { get; private set; }

    /// <summary>Bytes of the body that have come so far.</summary>
    public long Arrived
    {
        get
        {
            lock (_gate)
            {
                return _buffer.Written;
            }
        }
    }

    /// <summary>
    /// Fires when the last reader has left and finishing is not worth it: more than 1 MiB and more than half is missing, or the
    /// length is unknown, or nothing is kept. The writer then aborts.
    /// </summary>
    public CancellationToken Abandoned => _abandoned.Token;

    internal bool IsJoinable
    {
        get
        {
            lock (_gate)
            {
                return !_isOver && !_isAbandoned && _keeping != FillKeeping.Window;
            }
        }
    }

    /// <summary>
    /// Attaches a reader from <paramref name="offset"/>, of <paramref name="length"/> bytes or to the end. Dispose it to detach.
    /// It reads <see cref="BodyState.Broken"/> when the fill is aborted, or no longer has those bytes.
    /// </summary>
    public BodyReader OpenBody(long offset, long? length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length.GetValueOrDefault());
        lock (_gate)
        {
            if (_isWhole && _audience.IsEmpty && _published is { } published && published.TryAddReference())
            {
                using (published)
                {
                    var from = Math.Min(offset, published.BodyLength);
                    return published.OpenBody(from, Math.Min(length ?? long.MaxValue, published.BodyLength - from));
                }
            }

            var reader = new FillReader(this, offset, offset + length);
            _audience.Attach(reader);
            return reader;
        }
    }

    /// <summary>Where the writer puts the next bytes: never empty, but when the whole <see cref="BodyLength"/> has come.</summary>
    public Memory<byte> GetMemory()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                // The writer has not yet heard that the fill was aborted; its bytes go nowhere.
                return new byte[512];
            }

            if (!_buffer.Space.IsEmpty)
            {
                return _buffer.Space;
            }

            var wanted = (int)Math.Min(Chunk.MaxBytes, BodyLength - _buffer.Written ?? Chunk.MaxBytes);
            if (wanted == 0)
            {
                return default;
            }

            var chunk = _cache.TryRent(wanted);
            if (chunk is null)
            {
                PassOn();
                chunk = Chunk.FromHeap(wanted);
            }

            _buffer.Add(chunk);
            return _buffer.Space;
        }
    }

    /// <summary>Publishes <paramref name="written"/> bytes. Waits while a block goes to disk, or for the slowest reader when nothing is kept.</summary>
    public async ValueTask AdvanceAsync(int written, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            ArgumentOutOfRangeException.ThrowIfNegative(written);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(written, _buffer.Space.Length);
            _buffer.Advance(written);
            if (_keeping == FillKeeping.Memory && _buffer.Written > _cache.MemoryObjectLimit)
            {
                if (_spills && _cache.CanSpill)
                {
                    _keeping = FillKeeping.Disk;
                }
                else
                {
                    PassOn();
                }
            }

            if (_keeping == FillKeeping.Disk && _buffer.Written > _cache.MaxObjectBytes)
            {
                PassOn();
            }

            _audience.BytesCame();
        }

        if (_keeping == FillKeeping.Disk)
        {
            await SpillAsync(isLast: false);
        }

        if (_keeping == FillKeeping.Window)
        {
            await KeepPaceAsync(cancellationToken);
        }
    }

    /// <summary>The body has come to its end and is visible to lookups. One shorter than <see cref="BodyLength"/> is aborted instead (DP-14.12).</summary>
    public async ValueTask CompleteAsync()
    {
        if (_isOver)
        {
            return;
        }

        if (BodyLength is { } expected && expected != _buffer.Written)
        {
            Abort();
            return;
        }

        if (_keeping == FillKeeping.Disk)
        {
            lock (_gate)
            {
                _buffer.Trim();
            }

            await SpillAsync(isLast: true);
            if (_keeping == FillKeeping.Disk)
            {
                await _cache.PublishLargeAsync(_flight, Head, _objectId, _buffer.Written);
            }
        }

        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = _isWhole = true;
            BodyLength = _buffer.Written;
            if (_keeping == FillKeeping.Memory)
            {
                _buffer.Trim();
                _published = _cache.Publish(_flight, Head, _buffer.ToBody());
            }

            Settle();
        }

        _cache.Flights.Close(_flight);
    }

    /// <summary>The body will not come to its end: readers see <see cref="BodyState.Broken"/>, nothing is stored (DP-14.12).</summary>
    public void Abort()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            _cache.ForgetBlocks(_objectId, _buffer.Blocks);
            Settle();
        }

        _cache.Flights.Close(_flight);
    }

    /// <summary>One of those who were promised the body opens it no more.</summary>
    internal void PassengerLeft() => Depart(null);

    internal Chunk RentForReading(int length) => _cache.RentOrAllocate(length);

    /// <summary>The reader's next step; moves it past the bytes handed out.</summary>
    internal FillStep Read(FillReader reader)
    {
        lock (_gate)
        {
            var available = Math.Min(_buffer.Written, reader.End ?? long.MaxValue);
            if (reader.Position < available && !(_isOver && !_isWhole))
            {
                if (_buffer.TryGetChunk(reader.Position) is { } chunk)
                {
                    return FillStep.Bytes(TakeCore(reader, chunk), chunk);
                }

                return _buffer.TryGetPage(reader.Position) is var (extent, page) ? FillStep.OnDisk(extent, page) : FillStep.Over(BodyRead.Broken);
            }

            if (reader.Position >= (reader.End ?? BodyLength ?? long.MaxValue) || _isWhole)
            {
                return FillStep.Over(BodyRead.End);
            }

            if (_isOver)
            {
                return FillStep.Over(BodyRead.Broken);
            }

            return FillStep.Wait(_audience.NextBytes());
        }
    }

    /// <summary>Hands out what a page read from disk has for the reader.</summary>
    internal BodyRead Take(FillReader reader, Chunk chunk)
    {
        lock (_gate)
        {
            return TakeCore(reader, chunk);
        }
    }

    internal void Detach(FillReader reader) => Depart(reader);

    private void Depart(FillReader? reader)
    {
        var isAbandoned = false;
        lock (_gate)
        {
            if (reader is null)
            {
                _audience.ReaderMoved();
            }
            else
            {
                _audience.Detach(reader);
            }

            if (_isOver)
            {
                Settle();
            }
            else if (IsUnattended && !_flight.RunsUnattended && !_isAbandoned && !IsWorthFinishing())
            {
                isAbandoned = _isAbandoned = true;
            }
        }

        if (isAbandoned)
        {
            _cache.Flights.Detach(_flight);
            _abandoned.Cancel();
        }
    }

    private BodyRead TakeCore(FillReader reader, Chunk chunk)
    {
        var skipped = (int)(reader.Position % Chunk.MaxBytes);
        var available = Math.Min(_buffer.Written, reader.End ?? long.MaxValue) - reader.Position;
        var bytes = chunk.From(skipped);
        bytes = bytes[..(int)Math.Min(bytes.Length, available)];
        reader.Position += bytes.Length;
        var isEnd = reader.Position == (reader.End ?? BodyLength) || (_isWhole && reader.Position == _buffer.Written);
        if (_keeping == FillKeeping.Window)
        {
            _audience.ReaderMoved();
        }

        return new BodyRead(bytes, isEnd ? BodyState.End : BodyState.More);
    }

    /// <summary>Stops keeping. Newcomers fetch for themselves.</summary>
    private void PassOn()
    {
        if (_keeping != FillKeeping.Window)
        {
            _cache.ForgetBlocks(_objectId, _buffer.Blocks);
            _keeping = FillKeeping.Window;
            _cache.NotStored(_flight);
        }
    }

    /// <summary>Wakes everybody and, when nobody reads any more, gives up the bytes.</summary>
    private void Settle()
    {
        _audience.BytesCame();
        _audience.ReaderMoved();
        if (IsUnattended || !_isWhole)
        {
            _buffer.Clear();
        }
    }

    /// <summary>Nobody reads, and nobody who may still begin to is aboard.</summary>
    private bool IsUnattended => _audience.IsEmpty && _flight.Passengers == 0;

    private bool IsWorthFinishing()
    {
        if (_keeping == FillKeeping.Window || BodyLength is not { } length)
        {
            return false;
        }

        return length - _buffer.Written <= WorthFinishingBytes || _buffer.Written * 2 >= length;
    }

    private async ValueTask SpillAsync(bool isLast)
    {
        while (true)
        {
            Chunk[]? block;
            int number;
            lock (_gate)
            {
                block = _isOver ? null : _buffer.NextBlock(isLast);
                number = _buffer.Blocks;
                foreach (var chunk in block ?? [])
                {
                    chunk.AddReference();
                }
            }

            if (block is null)
            {
                return;
            }

            var extent = await _cache.StoreBlockAsync(_flight, _objectId, number, Head.FillSequence, block);
            lock (_gate)
            {
                foreach (var chunk in block)
                {
                    chunk.Release();
                }

                if (_isOver)
                {
                    extent?.Segment.Release();
                    _cache.ForgetBlocks(_objectId, number + 1);
                    return;
                }

                if (extent is null)
                {
                    PassOn();
                    return;
                }

                _buffer.MoveToDisk(extent, block.Length);
            }
        }
    }

    private async ValueTask KeepPaceAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task slower;
            lock (_gate)
            {
                // Who is aboard and has not opened the body yet is owed all of it.
                var slowest = _audience.Count < _flight.Passengers ? 0 : _audience.Slowest(whenNone: _buffer.Written);
                _buffer.DropBefore(slowest);
                if (_isOver || _buffer.Written - slowest < WindowBytes || _buffer.ResidentBytes < WindowBytes)
                {
                    return;
                }

                slower = _audience.NextMove();
            }

            await slower.WaitAsync(cancellationToken);
        }
    }
}
