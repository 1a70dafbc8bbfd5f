// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage.AccessLogs;

/// <summary>
/// Writes the standard log: one file per distribution and hour, <c>&lt;distribution id&gt;.YYYY-MM-DD-HH.log</c>. A request
/// leaves its line in a ring of its thread and goes on; one task collects and writes. Lines of one thread keep their order. Any
/// thread may record.
/// </summary>
public sealed class AccessLog : IRequestRecordSink, IAsyncDisposable
{
    private const int Writing = 0;
    private const int Pausing = 1;
    private const int Sleeping = 2;
    private const int Over = 3;

    private readonly AccessLogFiles _files;
    private readonly TimeSpan _pause;
    private readonly PerThread<LineRing> _rings;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Task _writing;
    private long _dropped;
    private volatile bool _isEnding;

    // What the writer is about. It alone leaves Writing; whoever takes it back there from a wait owes it one release of _wake.
    private int _state = Writing;

    public AccessLog(AccessLogOptions options)
    {
        _files = new AccessLogFiles(options);
        _pause = options.Pause;
        _rings = new PerThread<LineRing>(count => new LineRing(count < options.MaxThreads ? options.ThreadBufferBytes : 0));
        _writing = WriteAllAsync();
    }

    /// <summary>Lines lost because a buffer was full or a file could not be written.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Record(RequestRecord record)
    {
        if (record.DistributionId.Length == 0)
        {
            return;
        }

        var ring = _rings.Own;
        var isTaken = ring.TryAppend(record);
        var state = Volatile.Read(ref _state);
        if (!isTaken || state == Over)
        {
            Interlocked.Increment(ref _dropped);
        }

        if (state == Sleeping || (state == Pausing && (!isTaken || ring.IsHalfFull)))
        {
            Wake(state);
        }
    }

    /// <summary>Writes what was recorded before, then closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        _isEnding = true;
        _wake.Release();
        await _writing;
    }

    private async Task WriteAllAsync()
    {
        while (true)
        {
            var isLast = _isEnding; // read first: what was recorded before the end is in the rings by then
            var isQuiet = _rings.All.All(static ring => ring.IsEmpty);
            Interlocked.Add(ref _dropped, _rings.All.Sum(ring => ring.DrainTo(_files)) + _files.Flush());
            if (isLast)
            {
                break;
            }

            await (isQuiet ? SleepAsync() : PauseAsync());
        }

        Volatile.Write(ref _state, Over);
        _files.Dispose();
    }

    /// <summary>Waits for the next line, however long.</summary>
    private Task SleepAsync()
    {
        Volatile.Write(ref _state, Sleeping);

        // Either a recorder sees the state, or its line is seen here: this barrier is in every thread, so that they need none.
        Interlocked.MemoryBarrierProcessWide();
        return !_rings.All.All(static ring => ring.IsEmpty) && Interlocked.CompareExchange(ref _state, Writing, Sleeping) == Sleeping
            ? Task.CompletedTask
            : _wake.WaitAsync();
    }

    /// <summary>Waits for a while, in the machine's own time: it is about writes, not about requests.</summary>
    private async Task PauseAsync()
    {
        Volatile.Write(ref _state, Pausing);
        if (!await _wake.WaitAsync(_pause) && Interlocked.CompareExchange(ref _state, Writing, Pausing) != Pausing)
        {
            await _wake.WaitAsync(); // who has ended the pause in this moment is about to say so
        }
    }

    private void Wake(int state)
    {
        if (Interlocked.CompareExchange(ref _state, Writing, state) == state)
        {
            _wake.Release();
        }
    }
}
