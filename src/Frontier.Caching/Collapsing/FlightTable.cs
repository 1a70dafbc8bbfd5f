// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;

namespace Frontier.Caching.Collapsing;

/// <summary>
/// The fetches under way: at most one per key that newcomers may join, and beside it those that a purge or their age has cut
/// off from newcomers. Lock-free; as many entries as leaders.
/// </summary>
internal sealed class FlightTable(HttpCache cache, CacheOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<ulong, FlightState> _joinable = new();
    private readonly ConcurrentDictionary<FlightState, byte> _open = new();
    private readonly DeclinedKeys _declined = new(options.MaxDeclinedKeys, time);

    public int Count => _open.Count;

    /// <summary>No response now being fetched began before this stamp.</summary>
    public long MinStartedAt => _open.Keys.Select(flight => flight.StartedAt).DefaultIfEmpty(long.MaxValue).Min();

    public Flight Join(ReadOnlyMemory<byte> key, ulong hash, TimeSpan? patience, FetchStamp? since, out FlightRole role)
    {
        FlightState? mine = null;
        while (true)
        {
            if (_joinable.TryGetValue(hash, out var present))
            {
                if (!present.Key.AsSpan().SequenceEqual(key.Span))
                {
                    break;
                }

                // Aboard first, then asked: whoever is aboard keeps the bytes from being let go.
                present.Board();
                if (IsJoinable(present))
                {
                    // Somebody was faster than what was prepared.
                    if (mine is not null)
                    {
                        Close(mine);
                    }

                    role = FlightRole.Follow;
                    return new Flight(this, present, role);
                }

                present.Leave();
                Detach(present);
            }
            else if (_declined.Contains(hash))
            {
                break;
            }

            mine ??= NewState(key, hash, since);
            _open[mine] = 0;
            if (_joinable.TryAdd(hash, mine))
            {
                mine.StartTimer(time, patience ?? options.LeaderTimeout, OnTimeout);
                role = FlightRole.Lead;
                return new Flight(this, mine, role);
            }
        }

        if (mine is not null)
        {
            Close(mine);
        }

        role = FlightRole.Alone;
        return new Flight(this, NewState(key, hash, since), role);
    }

    /// <summary>Whether newcomers of this key would join a fetch.</summary>
    public bool IsUnderWay(ReadOnlySpan<byte> key, ulong hash) =>
        _joinable.TryGetValue(hash, out var present) && present.Key.AsSpan().SequenceEqual(key) && IsJoinable(present);

    /// <summary>The fill that newcomers of this key would read along; null where none has begun.</summary>
    public Fill? FindFill(ReadOnlySpan<byte> key, ulong hash) =>
        _joinable.TryGetValue(hash, out var present) && present.Fill is { } fill && present.Key.AsSpan().SequenceEqual(key) && IsJoinable(present) ? fill : null;

    /// <summary>Whether newcomers of this key would fetch alone, because its responses may not be shared.</summary>
    public bool IsDeclined(ulong hash, out string? reason) => _declined.TryFind(hash, out reason);

    public Fill? Begin(FlightState flight, StoredHead head, long? bodyLength, bool spills)
    {
        var fill = cache.TryBeginFill(flight, head, bodyLength, spills);
        if (fill is null)
        {
            Decline(flight, TimeSpan.Zero);
            return null;
        }

        Attach(flight, fill);
        if (!flight.TrySettle(new FlightOutcome(FlightResult.Filling, fill, null, null)))
        {
            Detach(flight);
        }

        return fill;
    }

    public Fill? BeginUnshared(FlightState flight, StoredHead head, long? bodyLength, TimeSpan remember)
    {
        var fill = cache.TryBeginFill(flight, head, bodyLength, spills: true);
        if (fill is null)
        {
            Decline(flight, remember);
            return null;
        }

        Attach(flight, fill);
        _declined.Remember(flight.Hash, remember, "NoCache");
        Detach(flight);
        flight.TrySettle(new FlightOutcome(FlightResult.Declined, null, null, null));
        return fill;
    }

    public void Resolve(FlightState flight, CachedObject refreshed)
    {
        Close(flight);
        flight.TrySettle(new FlightOutcome(FlightResult.Resolved, null, refreshed, null));
    }

    public void Decline(FlightState flight, TimeSpan remember, string? reason = null)
    {
        _declined.Remember(flight.Hash, remember, reason);
        Close(flight);
        flight.TrySettle(new FlightOutcome(FlightResult.Declined, null, null, null));
    }

    public void Fail(FlightState flight, object? error)
    {
        Close(flight);
        flight.TrySettle(new FlightOutcome(FlightResult.Failed, null, null, error));
    }

    /// <summary>Newcomers begin a fetch of their own.</summary>
    public void Detach(FlightState flight) => _joinable.TryRemove(new KeyValuePair<ulong, FlightState>(flight.Hash, flight));

    /// <summary>The flight is over.</summary>
    public void Close(FlightState flight)
    {
        Detach(flight);
        _open.TryRemove(flight, out _);
    }

    private static void Attach(FlightState flight, Fill fill)
    {
        flight.Fill = fill;
        Interlocked.MemoryBarrier(); // whoever leaves now sees the fill, or is seen to have left
        if (flight.Passengers == 0)
        {
            fill.PassengerLeft();
        }
    }

    private FlightState NewState(ReadOnlyMemory<byte> key, ulong hash, FetchStamp? since) => new(
        key.ToArray(), hash, cache.Purges.Ledger.For(CacheKeyLayout.Partition(key.Span)), since?.FillSequence ?? cache.FillSequence, since?.Generation ?? cache.Generation,
        since is { } stamp && stamp.Hash == hash ? stamp.Forgets : cache.ForgetsOf(hash));

    private bool IsJoinable(FlightState flight) =>
        flight.Generation == cache.Generation
        && flight.Forgets == cache.ForgetsOf(flight.Hash)
        && !flight.IsPurged(cache.Purges.Ledger)
        && (flight.Fill is { } fill ? fill.IsJoinable : !flight.Outcome.IsCompleted);

    private void OnTimeout(object? state)
    {
        var flight = (FlightState)state!;
        if (flight.TrySettle(new FlightOutcome(FlightResult.TimedOut, null, null, null)))
        {
            Detach(flight);
        }
    }
}
