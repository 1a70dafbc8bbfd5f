// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Auditing;
using Frontier.Control.Feed;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Rollout;

/// <summary>
/// The state of the rollout in the store, and what this process's edges get by it. All control processes share it: a change holds only
/// where nobody made another one meanwhile. Thread-safe.
/// </summary>
internal sealed class RolloutStore(IControlStore store, SnapshotHistory history, FeedState feed, RolloutOptions options) : IDisposable
{
    private const string Name = "rollout";

    private readonly SemaphoreSlim _turn = new(1, 1); // few wait: a loop or two and operators' calls
    private volatile Known? _known;

    /// <summary>As it was last read or written; null where none was ever written, or nothing is rolled out in waves.</summary>
    public RolloutState? State => _known?.State;

    /// <summary>Reads where it stands, and has the edges of this process follow.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) =>
        options.Mode is RolloutMode.Waves ? InTurnAsync(() => ReadAsync(cancellationToken), cancellationToken) : Task.CompletedTask;

    /// <summary>False when somebody else was first: <see cref="State"/> is what they made of it.</summary>
    /// <param name="basis">What <paramref name="next"/> was decided on, as <see cref="State"/> gave it.</param>
    public Task<bool> TryChangeAsync(RolloutState? basis, RolloutState next, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var json = next.ToJson();
            if (!ReferenceEquals(basis, _known?.State)
                || !await store.SwapSharedAsync(new SharedSwap(Name, _known?.Json, json) { Audit = AuditScope.Current }, CancellationToken.None))
            {
                return await ReadAsync(cancellationToken);
            }

            await FollowAsync(new Known(json, next), CancellationToken.None); // what is decided holds, whoever hangs up
            return true;
        },
        cancellationToken);

    public void Dispose() => _turn.Dispose();

    /// <returns>False: nothing was changed.</returns>
    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (await store.FindSharedAsync(Name, cancellationToken) is { } json && json != _known?.Json)
        {
            await FollowAsync(new Known(json, RolloutState.Parse(json)), cancellationToken);
        }

        return false;
    }

    /// <summary>One at a time, so that what was read before a change never takes the place of what was read after it.</summary>
    private async Task<bool> InTurnAsync(Func<Task<bool>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task FollowAsync(Known known, CancellationToken cancellationToken)
    {
        var view = new RolloutView(known.State, await SnapshotAsync(known.State.Good, cancellationToken), await SnapshotAsync(known.State.Target, cancellationToken));
        _known = known;
        feed.Follow(view);
    }

    /// <summary>Most are remembered; one from before a start, or of long ago, is read.</summary>
    private async Task<ConfigSnapshot?> SnapshotAsync(long version, CancellationToken cancellationToken)
    {
        var moment = feed.Read();
        return version == 0 ? null
            : moment.Recent.Append(moment.Rollout.Good).FirstOrDefault(recent => recent?.Version == version)
            ?? await history.ReadAsync(version, null, cancellationToken);
    }

    private sealed record Known(string Json, RolloutState State);
}
