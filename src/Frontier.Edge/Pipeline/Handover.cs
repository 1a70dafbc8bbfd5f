// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Origins;

namespace Frontier.Edge.Pipeline;

/// <summary>An answer that may not be shared, and why not.</summary>
internal sealed record Unshared(OriginResponse Response, string Reason);

/// <summary>
/// Where a fill leaves an answer that may not be shared, for the viewer that led it. If that viewer has left, nobody takes the
/// answer and its connection is closed.
/// </summary>
internal sealed class Handover
{
    private readonly TaskCompletionSource<Unshared?> _given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _left;

    /// <summary>Passes the answer and the duty to dispose it on; null when there is none to pass, so that the leader asks for itself.</summary>
    public async ValueTask GiveAsync(Unshared? answer)
    {
        lock (_given)
        {
            if (!_left)
            {
                _given.SetResult(answer);
                return;
            }
        }

        if (answer is not null)
        {
            await answer.Response.DisposeAsync();
        }
    }

    public Task<Unshared?> TakeAsync(CancellationToken cancellationToken) => _given.Task.WaitAsync(cancellationToken);

    /// <summary>The leader waits no longer, having taken nothing.</summary>
    public async ValueTask LeaveAsync()
    {
        lock (_given)
        {
            _left = true;
        }

        // Nobody can give any more; what was given before is still here.
        if (_given.Task.IsCompletedSuccessfully && await _given.Task is { } given)
        {
            await given.Response.DisposeAsync();
        }
    }
}
