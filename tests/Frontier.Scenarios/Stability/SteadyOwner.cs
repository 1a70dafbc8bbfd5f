// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Globalization;

namespace Frontier.Scenarios.Stability;

/// <summary>The owner of a site, who purges something all the time. What is not accepted is tried again under the same reference until it is.</summary>
internal sealed class SteadyOwner : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly FleetApi _api;
    private readonly PromisedSite _site;
    private readonly CancellationTokenSource _finishing = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _accepted = new();
    private readonly Task _running;
    private int _refused;

    public SteadyOwner(FleetApi api, PromisedSite site)
    {
        (_api, _site) = (api, site);
        _running = RunAsync();
    }

    /// <summary>Ids of invalidations that were accepted.</summary>
    public IReadOnlyCollection<string> Accepted => _accepted;

    /// <summary>Calls that were refused with 503, or that nobody answered.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>Purges no more, once the call under way is accepted.</summary>
    public async Task FinishAsync()
    {
        await _finishing.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await FinishAsync();
        _stopping.Dispose();
        _finishing.Dispose();
    }

    private async Task RunAsync()
    {
        using var pause = new PeriodicTimer(Pause);
        for (var number = 0; !_finishing.IsCancellationRequested; number++)
        {
            while (!_stopping.IsCancellationRequested && !await TryAsync(number))
            {
                Interlocked.Increment(ref _refused);
                await pause.WaitForNextTickAsync(CancellationToken.None);
            }

            await pause.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<bool> TryAsync(int number)
    {
        try
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/owner/{number}");
            var answer = await _api.InvalidateAsync(_site, path, path);
            if (answer.Status == 503)
            {
                return false;
            }

            _accepted.Enqueue(answer.Expect(201).Element("Id"));
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false; // nobody is there, or somebody who was gone before he answered
        }
    }
}
