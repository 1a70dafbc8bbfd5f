// SPDX-License-Identifier: Apache-2.0

using Frontier.Hosting;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary>A start that gets anywhere is waited for, such as that of an edge that fetches ten thousand certificates.</summary>
public sealed class PatienceTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _clock = new();
    private readonly TaskCompletionSource _done = new();
    private readonly List<int> _told = [];
    private int _held;

    [Fact]
    public async Task What_gets_on_is_waited_for_however_long_it_takes()
    {
        var waiting = WaitAsync();
        for (var i = 1; i <= 5; i++)
        {
            _held += 100;
            _clock.Advance(Timeout);
            await Eventually.IsTrueAsync(() => _told.Count == i);
        }

        Assert.False(waiting.IsCompleted);
        Assert.Equal([100, 200, 300, 400, 500], _told);
        _done.SetResult();
        await waiting;
    }

    [Fact]
    public async Task What_stands_still_is_not()
    {
        var waiting = WaitAsync();
        _held = 100;
        _clock.Advance(Timeout);
        await Eventually.IsTrueAsync(() => _told.Count == 1);
        _clock.Advance(Timeout);
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
    }

    private Task WaitAsync() => Patience.WaitAsync(_done.Task, () => _held, _told.Add, Timeout, _clock, TestContext.Current.CancellationToken);
}
