// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Feed;

/// <summary>
/// Lets many callers share few commits: whoever comes while one is under way shares the next one, which begins when that has ended.
/// So a burst of a thousand costs a handful, and a single caller waits for none but its own. Thread-safe.
/// </summary>
/// <param name="commit">Commits everything that callers had to say when it begins.</param>
internal sealed class GroupCommit(Func<Task> commit)
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private Task? _next;

    /// <summary>Completes with a commit that begins after this call, and fails with it.</summary>
    public Task JoinAsync()
    {
        lock (_gate)
        {
            return _next ??= RunAfterAsync(_last);
        }
    }

    private async Task RunAfterAsync(Task last)
    {
        // Never on the caller's stack: it holds the lock. The one before has told its own callers how it ended.
        await last.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _last = _next!;
            _next = null;
        }

        await commit();
    }
}
