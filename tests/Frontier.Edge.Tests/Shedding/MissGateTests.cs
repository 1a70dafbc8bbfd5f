// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Edge.Origins;
using Frontier.Edge.Shedding;
using Frontier.Edge.Tests.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Shedding;

/// <summary>How many misses go to their origins, who waits, and whose turn it is.</summary>
public sealed class MissGateTests
{
    private static readonly OriginAddress Good = new("good.example", 80, false);
    private static readonly OriginAddress Dead = new("dead.example", 80, false);
    private static readonly MissOptions Small = new() { MaxUnderWay = 4, MaxPerDistribution = 3, MaxPerOrigin = 2, MaxWaiting = 8, WaitTimeout = TimeSpan.FromSeconds(5) };

    private readonly WatchedClock _clock = new();
    private readonly List<MissRefusal> _refused = [];
    private bool _lacksMemory;
    private int _viewers;

    [Fact]
    public async Task One_origin_has_so_many_and_the_next_waits_until_one_comes_back()
    {
        var gate = Gate(Small);
        var first = await EnterAsync(gate, "A", Good);
        await EnterAsync(gate, "B", Good);
        var third = Enter(gate, "A", Good);
        Assert.Equal((2, 1), (gate.UnderWay, gate.Waiting));
        Assert.False(third.IsCompleted);

        first.GiveBack();
        first.GiveBack(); // which counts once
        Assert.NotNull(await third.WaitAsync(ScriptedOrigin.Patience));
        Assert.Equal((2, 0), (gate.UnderWay, gate.Waiting));
    }

    [Fact]
    public async Task A_distribution_whose_origin_is_dead_keeps_no_other_from_its_own()
    {
        var gate = Gate(Small);
        var dead = new[] { await EnterAsync(gate, "A", Dead), await EnterAsync(gate, "A", Dead) };
        var waiting = Enumerable.Range(0, 4).Select(_ => Enter(gate, "A", Dead)).ToList();
        for (var i = 0; i < 10; i++)
        {
            (await EnterAsync(gate, "B", Good)).GiveBack();
        }

        Assert.All(waiting, static waiter => Assert.False(waiter.IsCompleted));
        Assert.Equal(2, dead.Length);
    }

    [Fact]
    public async Task A_distribution_never_has_all_whatever_its_origins()
    {
        var gate = Gate(Small);
        await EnterAsync(gate, "A", Good);
        await EnterAsync(gate, "A", Good);
        await EnterAsync(gate, "A", Dead);
        Assert.False(Enter(gate, "A", Dead).IsCompleted); // a fourth of its own
        Assert.NotNull(await EnterAsync(gate, "B", Dead));
    }

    [Fact]
    public async Task Lines_are_served_in_turn_so_that_a_long_one_does_not_make_a_short_one_wait()
    {
        var gate = Gate(Small with { MaxUnderWay = 1, MaxWaiting = 100 });
        var under = await EnterAsync(gate, "A", Good);
        var order = new List<string>();
        var waiters = Enumerable.Repeat("A", 5).Concat(["B", "C"]).Select(async name =>
        {
            var slot = await Enter(gate, name, new OriginAddress(name, 80, false));
            lock (order)
            {
                order.Add(name);
            }

            slot!.GiveBack();
        }).ToList();
        Assert.Equal(7, gate.Waiting);
        under.GiveBack();
        await Task.WhenAll(waiters).WaitAsync(ScriptedOrigin.Patience);
        Assert.Equal(["A", "B", "C", "A", "A", "A", "A"], order);
        Assert.Equal((0, 0), (gate.UnderWay, gate.Waiting));
    }

    [Fact]
    public async Task Who_waits_too_long_is_turned_away_and_its_place_is_anothers()
    {
        var gate = Gate(Small);
        await EnterAsync(gate, "A", Good);
        var under = await EnterAsync(gate, "A", Good);
        var late = Enter(gate, "A", Good);
        await _clock.ElapseAsync(TimeSpan.FromSeconds(5));
        Assert.Null(await late.WaitAsync(ScriptedOrigin.Patience));
        Assert.Equal([MissRefusal.TimedOut], _refused);
        Assert.Equal(0, gate.Waiting);
        var next = Enter(gate, "A", Good);
        under.GiveBack();
        Assert.NotNull(await next.WaitAsync(ScriptedOrigin.Patience));
    }

    [Fact]
    public async Task A_viewer_that_leaves_leaves_its_place_in_the_line()
    {
        var gate = Gate(Small);
        await EnterAsync(gate, "A", Good);
        var under = await EnterAsync(gate, "A", Good);
        using var leaving = new CancellationTokenSource();
        var gone = gate.EnterAsync("A", Good, Viewer(), leaving.Token).AsTask();
        var stays = Enter(gate, "A", Good);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone.WaitAsync(ScriptedOrigin.Patience));
        Assert.Equal(1, gate.Waiting);
        under.GiveBack();
        Assert.NotNull(await stays.WaitAsync(ScriptedOrigin.Patience));
        Assert.Equal((2, 0), (gate.UnderWay, gate.Waiting));
    }

    [Fact]
    public async Task A_full_line_turns_away_at_once_and_one_distribution_has_half_of_it()
    {
        var gate = Gate(Small);
        await EnterAsync(gate, "A", Dead);
        await EnterAsync(gate, "A", Dead);
        _ = Enumerable.Range(0, 4).Select(_ => Enter(gate, "A", Dead)).ToList();
        Assert.Null(await Enter(gate, "A", Dead));
        Assert.Equal([MissRefusal.QueueFull], _refused);
        Assert.False(Enter(gate, "B", Dead).IsCompleted); // for whom there is still a place
    }

    [Fact]
    public async Task One_viewer_has_an_eighth_of_its_distributions_and_others_find_the_rest()
    {
        var gate = Gate(Small with { MaxUnderWay = 100, MaxPerDistribution = 16, MaxPerOrigin = 100 });
        var greedy = IPAddress.Parse("2001:db8::1");
        await gate.EnterAsync("A", Good, greedy, CancellationToken.None);
        var second = await gate.EnterAsync("A", Good, IPAddress.Parse("2001:db8::2"), CancellationToken.None); // the same network
        Assert.Null(await gate.EnterAsync("A", Good, greedy, CancellationToken.None));
        Assert.Equal([MissRefusal.ViewerShare], _refused);
        Assert.NotNull(await EnterAsync(gate, "A", Good));
        second!.GiveBack();
        Assert.NotNull(await gate.EnterAsync("A", Good, greedy, CancellationToken.None));
        for (var i = 0; i < 5; i++)
        {
            Assert.NotNull(await gate.EnterAsync("A", Good, IPAddress.Loopback, CancellationToken.None)); // who is exempt speaks for many
        }
    }

    [Fact]
    public async Task Where_memory_is_short_nobody_goes_to_an_origin()
    {
        var gate = Gate(Small);
        _lacksMemory = true;
        Assert.Null(await Enter(gate, "A", Good));
        Assert.Equal([MissRefusal.Memory], _refused);
        _lacksMemory = false;
        Assert.NotNull(await EnterAsync(gate, "A", Good));
    }

    [Fact]
    public async Task Whatever_happens_in_whatever_order_the_bounds_hold_and_all_comes_back()
    {
        var options = new MissOptions { MaxUnderWay = 8, MaxPerDistribution = 6, MaxPerOrigin = 4, MaxWaiting = 1_000, WaitTimeout = TimeSpan.FromHours(1) };
        var gate = Gate(options);
        var under = new int[3];
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () =>
        {
            using var leaving = new CancellationTokenSource();
            try
            {
                var entering = gate.EnterAsync($"{i % 3}", new OriginAddress($"{i % 2}", 80, false), new IPAddress([10, 0, (byte)(i >> 8), (byte)i]), leaving.Token);
                if (i % 7 == 0)
                {
                    await leaving.CancelAsync();
                }

                var slot = await entering;
                var now = Interlocked.Increment(ref under[i % 3]);
                most = Math.Max(most, now);
                Assert.InRange(gate.UnderWay, 1, options.MaxUnderWay);
                await Task.Yield();
                Interlocked.Decrement(ref under[i % 3]);
                slot!.GiveBack();
            }
            catch (OperationCanceledException)
            {
                // It has left its line.
            }
        }))).WaitAsync(ScriptedOrigin.Patience);
        Assert.InRange(most, 1, options.MaxPerDistribution);
        Assert.Equal((0, 0), (gate.UnderWay, gate.Waiting));
        for (var i = 0; i < options.MaxPerOrigin; i++)
        {
            await EnterAsync(gate, "0", Good); // nothing has been lost on the way
        }
    }

    private MissGate Gate(MissOptions options) => new(options, [new IPNetwork(IPAddress.Loopback, 32)], _clock, () => _lacksMemory, _refused.Add);

    private async Task<MissSlot> EnterAsync(MissGate gate, string distribution, OriginAddress origin)
    {
        var entering = Enter(gate, distribution, origin);
        Assert.True(entering.IsCompleted, "It waits.");
        return (await entering)!;
    }

    private Task<MissSlot?> Enter(MissGate gate, string distribution, OriginAddress origin) => gate.EnterAsync(distribution, origin, Viewer(), CancellationToken.None).AsTask();

    /// <summary>Another one each time.</summary>
    private IPAddress Viewer() => new([192, 0, 2, (byte)++_viewers]);
}
