// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Disk;

namespace Frontier.Caching.Purging;

/// <summary>
/// Takes in purges: stamps them, makes them durable, and sweeps behind them in the background. One caller at a time changes
/// the ledger; lookups read it without waiting.
/// </summary>
internal sealed class PurgeDesk(HttpCache cache, PurgeLedger ledger, PurgeJournal? journal) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SemaphoreSlim _sweepWanted = new(0, 1);
    private readonly CancellationTokenSource _stopping = new();
    private Task _sweeping = Task.CompletedTask;
    private long _position;
    private long _swept;

    public PurgeLedger Ledger => ledger;

    public long Position => Volatile.Read(ref _position);

    /// <summary>Everything up to here was swept out of memory.</summary>
    public long Swept => Volatile.Read(ref _swept);

    /// <summary>Starts at the position the journal brought the ledger to.</summary>
    public void Start()
    {
        _position = ledger.Stamped;
        _sweeping = Task.Run(SweepWhenWantedAsync);
    }

    public async Task ApplyAsync(IReadOnlyList<PurgeEntry> entries, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var fresh = entries.Where(entry => entry.Sequence > Position).OrderBy(entry => entry.Sequence).ToList();
            if (fresh.Count == 0)
            {
                return;
            }

            // First in effect, then durable: should the disk fail, purging too much costs a fetch, and the entries come again.
            fresh.ForEach(ledger.Stamp);
            if (journal is not null)
            {
                await journal.AppendAsync(fresh, ledger.Hasher);
            }

            Volatile.Write(ref _position, fresh[^1].Sequence);
            WantSweep();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task ForgetEverythingAsync(long position, Func<Task> forget, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await forget();
            ledger.Reset(position);
            if (journal is not null)
            {
                await journal.RewriteAsync(ledger, position);
            }

            Volatile.Write(ref _position, position);

            // A flight that began since counts by the old position and watches the purges of before: it goes, too.
            await forget();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _sweeping;
        _stopping.Dispose();
        journal?.Dispose();
        _gate.Dispose();
        _sweepWanted.Dispose();
    }

    private void WantSweep()
    {
        // One waiting sweep is enough for all that came before it begins.
        if (_sweepWanted.CurrentCount == 0)
        {
            _sweepWanted.Release();
        }
    }

    private async Task SweepWhenWantedAsync()
    {
        try
        {
            while (true)
            {
                await _sweepWanted.WaitAsync(_stopping.Token);
                await SweepAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
    }

    private async Task SweepAsync()
    {
        // In this order: a fetch that ends meanwhile counts here or is among the residents.
        var reached = Position;
        var floor = Math.Min(reached, cache.Flights.MinStartedAt);
        cache.SweepMemory();
        floor = Math.Min(floor, cache.Disk?.Log.MinFillSequence ?? long.MaxValue);
        await _gate.WaitAsync(_stopping.Token);
        try
        {
            // Position is only lower than what was reached when everything was forgotten meanwhile.
            if (floor <= Position)
            {
                ledger.RaiseFloor(floor);
            }

            if (journal is { IsWorthRewriting: true })
            {
                await journal.RewriteAsync(ledger, Position);
            }
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            // The journal as it stands is complete; the next sweep tries again.
            cache.CountDiskError();
        }
        finally
        {
            _gate.Release();
        }

        Volatile.Write(ref _swept, reached);
    }
}
