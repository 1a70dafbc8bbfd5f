// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Collapsing;

namespace Frontier.Caching;

/// <summary>
/// One request's part in a fetch (DP-17.1). The leader calls exactly one of <see cref="Begin"/>, <see cref="BeginUnshared"/>,
/// <see cref="Resolve"/>, <see cref="Decline"/> and <see cref="Fail"/>; disposing it without is a failure. Followers and leader may <see cref="WaitAsync"/>.
/// Of those who go alone nobody hears: the leader's calls do nothing then. A fill keeps its bytes while anybody who was promised
/// them has not left, so everybody leaves when it is done reading, or disposes.
/// </summary>
public sealed class Flight : IDisposable
{
    private readonly FlightTable _table;
    private readonly FlightState _state;
    private readonly FlightRole _role;
    private int _isSettled;
    private int _hasLeft;

    internal Flight(FlightTable table, FlightState state, FlightRole role)
    {
        _table = table;
        _state = state;
        _role = role;
        _isSettled = role == FlightRole.Lead ? 0 : 1;
    }

    /// <summary>
    /// The response can be stored: followers are released to read along. Null when it is too large to store at all
    /// (or the flight is not a leader's): followers are then released to fetch for themselves.
    /// </summary>
    /// <param name="spills">Whether what is too large for memory goes to disk. If not it is passed on to those who follow by then, and kept nowhere.</param>
    public Fill? Begin(StoredHead head, long? bodyLength, bool spills = true)
    {
        ArgumentNullException.ThrowIfNull(head);
        return TrySettle() ? _table.Begin(_state, head, bodyLength, spills) : null;
    }

    /// <summary>
    /// The response can be stored, but each use of it needs the origin's word: followers fetch for themselves, as after
    /// <see cref="Decline"/>, and only the leader reads along. Null as from <see cref="Begin"/>.
    /// </summary>
    public Fill? BeginUnshared(StoredHead head, long? bodyLength, TimeSpan remember)
    {
        ArgumentNullException.ThrowIfNull(head);
        return TrySettle() ? _table.BeginUnshared(_state, head, bodyLength, remember) : null;
    }

    /// <summary>A 304 came; followers get this object, each with a reference of its own. The leader keeps its own.</summary>
    public void Resolve(CachedObject refreshed)
    {
        ArgumentNullException.ThrowIfNull(refreshed);
        if (TrySettle())
        {
            _table.Resolve(_state, refreshed);
        }
    }

    /// <summary>The response cannot be shared (DP-17.2): followers fetch for themselves at once, and so does everybody for the next <paramref name="remember"/>.</summary>
    /// <param name="reason">Why, in a word of the caller's, for those who peek (<see cref="HttpCache.PeekAsync"/>).</param>
    public void Decline(TimeSpan remember, string? reason = null)
    {
        if (TrySettle())
        {
            _table.Decline(_state, remember, reason);
        }
    }

    /// <summary>No head came (DP-17.4); followers get <paramref name="error"/>.</summary>
    public void Fail(object error)
    {
        if (TrySettle())
        {
            _table.Fail(_state, error);
        }
    }

    /// <summary>Waits for the leader's outcome, at most as long as the leader may take. For whoever goes alone it is <see cref="FlightResult.Declined"/> at once.</summary>
    public ValueTask<FlightOutcome> WaitAsync(CancellationToken cancellationToken)
    {
        if (_role == FlightRole.Alone)
        {
            return new ValueTask<FlightOutcome>(new FlightOutcome(FlightResult.Declined, null, null, null));
        }

        return _state.Outcome.IsCompletedSuccessfully ? new ValueTask<FlightOutcome>(Own(_state.Outcome.Result)) : SlowWaitAsync(cancellationToken);
    }

    /// <summary>Whether more than one takes part in it at this moment.</summary>
    public bool IsShared => _state.Passengers > 1;

    /// <summary>Opens no body of this flight any more; readers that are open go on. A leader may leave and still settle the flight.</summary>
    public void Leave()
    {
        if (_role != FlightRole.Alone && Interlocked.Exchange(ref _hasLeft, 1) == 0)
        {
            _state.Leave();
        }
    }

    /// <summary>As <see cref="Leave"/>, for a leader that refreshes behind the scenes: a fill without readers is not abandoned for that.</summary>
    public void RunUnattended()
    {
        _state.RunsUnattended = true;
        Leave();
    }

    public void Dispose()
    {
        Leave();
        if (TrySettle())
        {
            _table.Fail(_state, null);
        }
    }

    private async ValueTask<FlightOutcome> SlowWaitAsync(CancellationToken cancellationToken) =>
        Own(await _state.Outcome.WaitAsync(cancellationToken));

    // The object may have been evicted and released since: then there is nothing to share.
    private static FlightOutcome Own(FlightOutcome outcome) =>
        outcome.Object is { } shared && !shared.TryAddReference() ? new FlightOutcome(FlightResult.Declined, null, null, null) : outcome;

    private bool TrySettle() => Interlocked.Exchange(ref _isSettled, 1) == 0;
}
