// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Purging;

namespace Frontier.Caching.Collapsing;

/// <summary>
/// What the handles of one fetch share. The first outcome stays, except that a fill may follow a time-out: the leader then
/// still stores, only nobody waits for it.
/// </summary>
internal sealed class FlightState(byte[] key, ulong hash, PartitionPurges purges, long startedAt, int generation, int forgets)
{
    private readonly TaskCompletionSource<FlightOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _timer;
    private long _checkedUpTo = startedAt;
    private int _passengers = 1; // the leader

    public byte[] Key => key;

    public ulong Hash => hash;

    public PartitionPurges Purges => purges;

    /// <summary>The last purge's stamp when the flight began; its fetch cannot have begun before.</summary>
    public long StartedAt { get; } = startedAt;

    public int Generation => generation;

    /// <summary>The key's stamp when the flight began (<see cref="Memory.ForgetStamps"/>).</summary>
    public int Forgets => forgets;

    public Fill? Fill { get; set; }

    /// <summary>Handles that have not left: who may still open the body of a fill.</summary>
    public int Passengers => Volatile.Read(ref _passengers);

    public Task<FlightOutcome> Outcome => _outcome.Task;

    /// <summary>Nobody waits for this fetch; it goes on for those who come later.</summary>
    public bool RunsUnattended { get; set; }

    public void Board() => Interlocked.Increment(ref _passengers);

    public void Leave()
    {
        Interlocked.Decrement(ref _passengers);
        Fill?.PassengerLeft();
    }

    public bool TrySettle(FlightOutcome outcome)
    {
        if (!_outcome.TrySetResult(outcome))
        {
            return false;
        }

        _timer?.Dispose();
        return true;
    }

    public void StartTimer(TimeProvider time, TimeSpan timeout, TimerCallback onTimeout)
    {
        var timer = time.CreateTimer(onTimeout, this, timeout, Timeout.InfiniteTimeSpan);
        _timer = timer;
        if (_outcome.Task.IsCompleted)
        {
            timer.Dispose();
        }
    }

    /// <summary>Whether a purge since the fetch began matches, or may match while there is no head: what it brings must not be given to newcomers.</summary>
    public bool IsPurged(PurgeLedger ledger) =>
        ledger.Check(purges, key, Fill is { } fill ? TagList.Of(fill.Head) : TagList.Unknown, ref _checkedUpTo) != 0;
}
