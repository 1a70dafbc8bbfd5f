// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using Frontier.Contracts.Zones;
using Frontier.Decisions.Dns;
using Frontier.Dns.Feed;

namespace Frontier.Dns.Health;

/// <summary>
/// Asks the endpoints of health checks, each in its interval and a random moment of it, and knows which are healthy (NB-5.6). It
/// needs no control plane to go on. Thread-safe: verdicts are read without a lock.
/// </summary>
public sealed class HealthProber : IHealthStates, IHealthWatch, IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetellAfter = TimeSpan.FromMinutes(5);

    private readonly HealthProberOptions _options;
    private readonly HealthProbe _probe;
    private readonly TimeProvider _time;
    private readonly PeriodicTimer _timer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _requests = []; // at most MostAtOnce
    private volatile FrozenDictionary<string, CheckState> _checks = FrozenDictionary<string, CheckState>.Empty;
    private Task _running = Task.CompletedTask;

    /// <param name="resolve">Finds the addresses of names; null for the system's resolver.</param>
    public HealthProber(HealthProberOptions options, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        (_options, _time) = (options, time);
        _probe = new HealthProbe(options, resolve ?? System.Net.Dns.GetHostAddressesAsync, time);
        _timer = new PeriodicTimer(Tick, time);
    }

    /// <summary>Requests under way.</summary>
    internal int UnderWay
    {
        get
        {
            lock (_gate)
            {
                return _requests.Count(static request => !request.IsCompleted);
            }
        }
    }

    public void Start() => _running = RunAsync();

    /// <summary>These checks and no others from now on. What is known of one that has not changed stays.</summary>
    public void Watch(ImmutableArray<HealthCheckConfig> checks)
    {
        lock (_gate)
        {
            var before = _checks;
            _checks = checks.Select(check => before.TryGetValue(check.Id, out var known) && AreSame(known.Config, check) ? known : New(check))
                .ToFrozenDictionary(static state => state.Config.Id, StringComparer.Ordinal);
        }
    }

    public bool IsHealthy(string healthCheckId) => IsHealthy(_checks, healthCheckId);

    /// <summary>
    /// States that are other ones than those taken last, and each again after <see cref="RetellAfter"/>: the control plane forgets what a node told
    /// when it has not heard it for a while. Who takes them tells them.
    /// </summary>
    public ImmutableArray<HealthObservation> TakeObservations()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var observations = ImmutableArray.CreateBuilder<HealthObservation>();
            foreach (var state in _checks.Values.Where(static state => state.IsKnown || state.IsCalculated))
            {
                var isHealthy = IsHealthy(state.Config.Id);
                if (state.Told == isHealthy && now - state.ToldAt < RetellAfter)
                {
                    continue;
                }

                (state.Told, state.ToldAt) = (isHealthy, now);
                observations.Add(new HealthObservation(state.Config.Id, isHealthy, state.IsCalculated ? Describe(state, isHealthy) : state.Reason, state.IsCalculated ? now : state.FoundAt));
            }

            return observations.DrainToImmutable();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        Task[] requests;
        lock (_gate)
        {
            requests = [.. _requests];
        }

        await Task.WhenAll(requests);
        _timer.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            do
            {
                StartWhatIsDue();
            }
            while (await _timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private void StartWhatIsDue()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            _requests.RemoveWhere(static request => request.IsCompleted);
            foreach (var state in _checks.Values)
            {
                if (_requests.Count >= _options.MostAtOnce)
                {
                    return; // the rest is due still, and goes first when there is room
                }

                if (!state.IsRunning && !state.IsCalculated && !state.Config.IsDisabled && state.Due <= now)
                {
                    state.IsRunning = true;
                    state.Due = now + TimeSpan.FromSeconds(state.Config.IntervalSeconds);
                    _requests.Add(AskAsync(state));
                }
            }
        }
    }

    private async Task AskAsync(CheckState state)
    {
        try
        {
            Note(state, await _probe.RunAsync(state.Config, _stopping.Token));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The node stops, and nobody waits for a verdict.
        }
    }

    private void Note(CheckState state, ProbeResult result)
    {
        lock (_gate)
        {
            state.IsRunning = false;
            state.Contrary = result.Succeeded == state.IsUp ? 0 : state.Contrary + 1;
            var turns = state.Contrary >= state.Config.FailureThreshold;
            if (turns)
            {
                (state.IsUp, state.Contrary) = (result.Succeeded, 0);
            }

            if (turns || result.Succeeded == state.IsUp)
            {
                (state.IsKnown, state.Reason, state.FoundAt) = (true, result.Reason, _time.GetUtcNow());
            }
        }
    }

    private CheckState New(HealthCheckConfig check) => new(check)
    {
        // At a random moment of the first interval, so that a node that starts does not ask for everything at once.
        Due = _time.GetUtcNow() + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(check.IntervalSeconds * 1_000)),
    };

    private static bool IsHealthy(FrozenDictionary<string, CheckState> checks, string id)
    {
        if (!checks.TryGetValue(id, out var state))
        {
            return true;
        }

        var isUp = state.Config.IsDisabled || (state.IsCalculated ? CountHealthy(checks, state) >= state.Config.HealthThreshold : state.IsUp);
        return isUp != state.Config.IsInverted;
    }

    /// <summary>Calculated checks count no calculated ones: those, which no API makes, are passed over, so that none can count itself.</summary>
    private static int CountHealthy(FrozenDictionary<string, CheckState> checks, CheckState state) =>
        state.Config.Children.Count(child => checks.TryGetValue(child, out var found) && !found.IsCalculated && IsHealthy(checks, child));

    private string Describe(CheckState state, bool isHealthy) =>
        $"{(isHealthy ? "Success" : "Failure")}: {CountHealthy(_checks, state)} of {state.Config.Children.Length} child health checks are healthy, {state.Config.HealthThreshold} are needed.";

    private static bool AreSame(HealthCheckConfig one, HealthCheckConfig other) => (one with { Children = [] }) == (other with { Children = [] }) && one.Children.SequenceEqual(other.Children);
}
