// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Delivery;
using Frontier.Edge.Tiers;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// Between a fill and the viewer that led it: where what is for that viewer alone is left. If it has left, nobody takes it and
/// it is disposed of. Thread-safe.
/// </summary>
internal sealed class Handover
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<Unshared?> _given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _left;
    private bool _hasLeft;
    private bool _isTaken;

    /// <summary>Completes when the viewer waits no longer for the flight.</summary>
    public Task Left
    {
        get
        {
            lock (_gate)
            {
                return _hasLeft ? Task.CompletedTask : (_left ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    /// <summary>What asking the origin took. Set by the fill before it settles the flight, read by the viewer after; null where no answer came.</summary>
    public UpstreamTiming? Upstream { get; set; }

    /// <summary>The cache above that answered; null where the origin did. Set and read as <see cref="Upstream"/>.</summary>
    public TierAnswer? Parent { get; set; }

    /// <summary>The fields that the origin's answer reserves for the viewer it was made for (DP-14.9); the stored object lacks them. Set and read as <see cref="Upstream"/>.</summary>
    public HeaderList? Reserved { get; private set; }

    /// <summary>What <see cref="Reserved"/> is from here on: empty, to be filled before the flight is settled.</summary>
    public HeaderList Reserve() => Reserved = new HeaderList(capacityBytes: 0, capacityFields: 0);

    /// <summary>Passes it and the duty to dispose it on; null when there is nothing, so that the leader asks for itself. Only the first call counts.</summary>
    public async ValueTask GiveAsync(Unshared? unshared)
    {
        lock (_gate)
        {
            if (!_hasLeft && _given.TrySetResult(unshared))
            {
                return;
            }
        }

        if (unshared is not null)
        {
            await unshared.DisposeAsync();
        }
    }

    public async ValueTask<Unshared?> TakeAsync(CancellationToken cancellationToken)
    {
        var given = await _given.Task.WaitAsync(cancellationToken);
        _isTaken = true;
        return given;
    }

    /// <summary>The viewer's last word, whether it has taken anything or not.</summary>
    public async ValueTask LeaveAsync()
    {
        lock (_gate)
        {
            _hasLeft = true;
            _left?.TrySetResult();
        }

        // Nobody can give any more; what was given and not taken is still here.
        if (!_isTaken && _given.Task.IsCompletedSuccessfully && await _given.Task is { } given)
        {
            await given.DisposeAsync();
        }
    }
}
