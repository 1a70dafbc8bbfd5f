// SPDX-License-Identifier: Apache-2.0

using System.Threading.Channels;
using Frontier.Caching.Disk;

namespace Frontier.Caching.Purging;

/// <summary>
/// Takes in purges: stamps them, makes them durable, and sweeps behind them in the background. Entries of the log are durable when
/// their caller goes on; the cache's own purges come in crowds, so they count at once and are written together behind their
/// callers' backs.
/// </summary>
internal sealed class PurgeDesk(HttpCache cache, PurgeLedger ledger, PurgeJournal? journal) : IAsyncDisposable
{
    // A sweep goes through all of memory: one for as many own purges, which take 176 KB at most until then.
    private const int TargetsForSweep = 4_096;

    // Over the journal and the position.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly UnwrittenPurges _unwritten = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _working = Task.CompletedTask;
    private bool _isSweepWanted;
    private long _announced;
    private long _applied;
    private long _position;
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _swept;
    private int _targets;

    public PurgeLedger Ledger => ledger;

    /// <summary>The newest entry of the log that is in effect and durable.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>No entry of the log that is in effect is newer than this. It is moved before an entry takes effect, so that whoever reads it after a stamp has all that came before the stamp.</summary>
    public long Announced => Volatile.Read(ref _announced);

    /// <summary>Every entry of the log up to this one is in effect, durable or not.</summary>
    public long Applied => Volatile.Read(ref _applied);

    /// <summary>Ends when <see cref="Applied"/> moves the next time. Take it first, then look.</summary>
    public Task Moving => Volatile.Read(ref _moved).Task;

    /// <summary>Everything up to this stamp was swept out of memory.</summary>
    public long Swept => Volatile.Read(ref _swept);

    /// <summary>Purges in effect that a crash would undo.</summary>
    public long Unwritten => _unwritten.Count;

    /// <summary>Starts at the position the journal brought the ledger to.</summary>
    public void Start(long position)
    {
        _announced = _applied = _position = position;
        _working = Task.Run(WorkWhenWokenAsync);
    }

    public async Task ApplyAsync(IReadOnlyList<PurgeEntry> entries, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // First in effect, then durable: should the disk fail, purging too much costs a fetch, and the entries come again.
            var fresh = entries.Where(entry => entry.Sequence > _applied).OrderBy(entry => entry.Sequence).ToList();
            foreach (var entry in fresh)
            {
                Volatile.Write(ref _announced, entry.Sequence);
                Note(ledger.Stamp(entry));
                Volatile.Write(ref _applied, entry.Sequence);
            }

            TellMoved();

            if (_applied > Position)
            {
                await WriteAsync(_applied, whole: false);
                WantSweep();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Holds when it returns. Waits for nothing: the purge is written soon after, with those that came at the same time.</summary>
    public void PurgeTarget(ReadOnlySpan<byte> key)
    {
        Note(ledger.StampTarget(CacheKeyLayout.Partition(key), CacheKeyLayout.Target(key)));
        if (Interlocked.Increment(ref _targets) % TargetsForSweep == 0)
        {
            WantSweep();
        }
        else if (journal is not null)
        {
            _wake.Writer.TryWrite(true);
        }
    }

    public async Task ForgetEverythingAsync(long position, Func<Task> forget, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            Volatile.Write(ref _announced, Math.Max(position, _announced));
            await forget();
            ledger.PurgeEverything();
            await WriteAsync(position, whole: true);
            Volatile.Write(ref _applied, position);
            Volatile.Write(ref _announced, position);
            TellMoved();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Writes what is not written yet, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _working;
        await WriteOutAsync();
        _stopping.Dispose();
        journal?.Dispose();
        _gate.Dispose();
    }

    /// <summary>Under the gate.</summary>
    private void TellMoved() => Interlocked.Exchange(ref _moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private void Note(StampedPurge purge)
    {
        if (journal is not null)
        {
            _unwritten.Add(purge);
        }
    }

    private void WantSweep()
    {
        Volatile.Write(ref _isSweepWanted, true);
        _wake.Writer.TryWrite(true); // one call is enough for all that came before it is heard
    }

    private async Task WorkWhenWokenAsync()
    {
        try
        {
            while (true)
            {
                await _wake.Reader.ReadAsync(_stopping.Token);
                await WriteOutAsync();
                if (Interlocked.Exchange(ref _isSweepWanted, false))
                {
                    var reached = Sweep();
                    await WriteOutAsync();
                    Volatile.Write(ref _swept, reached);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
    }

    private long Sweep()
    {
        // In this order: a fetch that ends meanwhile counts here or is among the residents.
        var reached = ledger.Stamped;
        var floor = Math.Min(reached, cache.Flights.MinStartedAt);
        cache.SweepMemory();
        ledger.RaiseFloor(Math.Min(floor, cache.Disk?.Log.MinFillSequence ?? long.MaxValue));
        return reached;
    }

    private async Task WriteOutAsync()
    {
        await _gate.WaitAsync();
        try
        {
            await WriteAsync(_applied, journal is { IsWorthRewriting: true });
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            // What could not be written is tried again with the next purge, and when the cache is closed.
            cache.CountDiskError();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Makes durable whatever is in effect, and then the position. Under the gate.</summary>
    private async Task WriteAsync(long position, bool whole)
    {
        if (journal is not null)
        {
            var (purges, isCut, through) = _unwritten.Take();
            try
            {
                if (whole || isCut)
                {
                    await journal.RewriteAsync(ledger, position);
                }
                else if (purges.Count > 0)
                {
                    await journal.AppendAsync(purges);
                }
            }
            catch
            {
                _unwritten.Cut();
                throw;
            }

            _unwritten.Confirm(through);
        }

        Volatile.Write(ref _position, position);
    }
}
