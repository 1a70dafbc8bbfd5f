// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Feed;
using Frontier.Control.Fleet;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Rollout;

/// <summary>
/// Looks every second, and at each new version, whether the rollout goes on. Does nothing where every version goes to all edges at once.
/// One loop; operators' decisions come in between and are as good as its own.
/// </summary>
internal sealed partial class RolloutDirector(
    RolloutStore rollout, FeedState feed, EdgeRegistry edges, FleetBoard board, RolloutOptions options, TimeProvider time, ILogger<RolloutDirector> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private int _looks;

    /// <summary>How often it has looked, for tests whose clock waits for it.</summary>
    internal int Looks => Volatile.Read(ref _looks);

    /// <summary>Takes up what the store says before the first edge is answered, and begins to look.</summary>
    /// <exception cref="InvalidDataException">What the store says cannot be read.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Mode is RolloutMode.Waves)
        {
            await rollout.RefreshAsync(cancellationToken);
            if (rollout.State is null)
            {
                // Until now all edges got everything: what is newest is what they have.
                await rollout.TryChangeAsync(null, RolloutState.Everywhere(feed.Read().Version, 0, time.GetUtcNow()), cancellationToken);
            }

            _running = RunAsync(_stopping.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var seen = feed.Read();
            try
            {
                await LookAsync(seen.Version, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it was: edges keep what they have, and the next look is a second away.
                Log.Failed(logger, error.Message);
            }

            Interlocked.Increment(ref _looks);
            try
            {
                await WaitAsync(seen.Version, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task LookAsync(long newest, CancellationToken cancellationToken)
    {
        await rollout.RefreshAsync(cancellationToken);
        if (rollout.State is not { } state || (!state.IsUnderWay && newest <= state.Good))
        {
            return;
        }

        var next = RolloutDecision.Next(state, newest, await edges.ListInServiceAsync(cancellationToken), board.Read().Draining, edges.Observe(state.Edges), time.GetUtcNow(), options);
        if (ReferenceEquals(next, state) || !await rollout.TryChangeAsync(state, next, cancellationToken))
        {
            return;
        }

        if (next.Halted is { } reason)
        {
            Log.Halted(logger, next.Target, next.Good, reason);
        }
        else if (next.ServedSince is null)
        {
            Log.Wave(logger, next.Target, next.Wave);
        }
    }

    /// <summary>A second, or until there is a newer version.</summary>
    private async Task WaitAsync(long known, CancellationToken cancellationToken)
    {
        using var pause = new CancellationTokenSource(Pause, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellationToken);
        try
        {
            while (feed.Read() is var moment && moment.Version == known)
            {
                await moment.Moved.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The second is over.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3120, LogLevel.Information, "The rollout of version {Version} has come to: {Wave}.", EventName = "RolloutWave")]
        public static partial void Wave(ILogger logger, long version, RolloutWave wave);

        [LoggerMessage(3121, LogLevel.Error, "The rollout of version {Version} is halted, edges keep or go back to version {Good}: {Reason} Mend the configuration and say \"frontier rollout resume\", or take the change back with \"frontier rollout rollback\".", EventName = "RolloutHalted")]
        public static partial void Halted(ILogger logger, long version, long good, string reason);

        [LoggerMessage(3122, LogLevel.Warning, "The rollout could not be looked after: {Reason}", EventName = "RolloutUnattended")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
