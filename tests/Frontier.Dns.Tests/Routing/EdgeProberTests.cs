// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Dns.Routing;
using Frontier.Dns.Tests.Harness;
using Frontier.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Frontier.Dns.Tests.Routing;

/// <summary>A DNS node asks edges itself whether they serve.</summary>
public sealed class EdgeProberTests : IAsyncLifetime
{
    private const string Path = "/frontier/health";

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedOrigin _one = ScriptedOrigin.Start();
    private readonly ScriptedOrigin _other = ScriptedOrigin.Start();
    private readonly EdgeProber _prober;
    private int _changes;

    public EdgeProberTests()
    {
        _prober = new EdgeProber(() => Interlocked.Increment(ref _changes), _clock, NullLogger.Instance);
        _one.On(Path).Reply(200);
        _other.On(Path).Reply(200);
    }

    public ValueTask InitializeAsync()
    {
        _prober.Watch(Fleet(("one", _one), ("other", _other)));
        _prober.Start();
        return new ValueTask(Eventually.IsTrueAsync(() => _prober.Rounds == 1));
    }

    public async ValueTask DisposeAsync()
    {
        await _prober.DisposeAsync();
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task An_edge_that_fails_twice_is_dead_and_its_first_answer_brings_it_back()
    {
        Assert.Equal((true, true), (_prober.Answers("one"), _prober.Answers("other")));
        var changes = _changes;

        _one.On(Path).Reply(503);
        await RoundAsync();
        Assert.True(_prober.Answers("one"));
        await RoundAsync();
        Assert.Equal((false, true), (_prober.Answers("one"), _prober.Answers("other")));
        Assert.Equal(changes + 1, _changes);

        _one.On(Path).Reply(200);
        await RoundAsync();
        Assert.True(_prober.Answers("one"));
        Assert.Equal(changes + 2, _changes);
    }

    [Fact]
    public async Task Where_an_edge_has_failed_once_all_are_asked_again_sooner()
    {
        await PausesAsync(EdgeProber.Pause);
        _one.On(Path).Reply(503);
        await RoundAsync();
        await PausesAsync(EdgeProber.DoubtfulPause);
        await RoundAsync();
        await PausesAsync(EdgeProber.Pause); // it is dead, and waited for no more

        Task PausesAsync(TimeSpan pause) => Eventually.IsTrueAsync(() => _clock.UntilNextTimer is { } until && until >= pause * 0.9 && until <= pause * 1.1);
    }

    [Fact]
    public async Task An_edge_that_is_gone_is_dead_by_its_second_round()
    {
        await using (var gone = ScriptedOrigin.Start())
        {
            gone.On(Path).Reply(200);
            _prober.Watch(Fleet(("gone", gone), ("other", _other)));
            await RoundAsync();
            Assert.True(_prober.Answers("gone"));
        }

        await RoundAsync();
        await RoundAsync();

        Assert.Equal((false, true), (_prober.Answers("gone"), _prober.Answers("other")));
    }

    [Fact]
    public async Task An_edge_that_says_nothing_is_not_waited_for()
    {
        _one.On(Path).Hold();
        for (var round = 0; round < 2; round++)
        {
            var rounds = _prober.Rounds;
            await Eventually.IsTrueAsync(() =>
            {
                _clock.Advance(EdgeProber.Timeout);
                return _prober.Rounds > rounds;
            });
        }

        Assert.Equal((false, true), (_prober.Answers("one"), _prober.Answers("other")));
        _one.On(Path).Release();
    }

    [Fact]
    public async Task Where_no_edge_answers_nothing_is_said_of_any()
    {
        _one.On(Path).Reply(503);
        _other.On(Path).Reply(503);
        await RoundAsync();
        await RoundAsync();
        Assert.Equal(((bool?)null, (bool?)null), (_prober.Answers("one"), _prober.Answers("other")));

        _other.On(Path).Reply(200);
        await RoundAsync();
        Assert.Equal((false, true), (_prober.Answers("one"), _prober.Answers("other")));
    }

    [Fact]
    public async Task What_was_found_long_ago_says_nothing_any_more()
    {
        var still = new EdgeProber(static () => { }, _clock, NullLogger.Instance);
        still.Watch(Fleet(("one", _one)));
        still.Start();
        await Eventually.IsTrueAsync(() => still.Rounds == 1);
        Assert.True(still.Answers("one"));
        await still.DisposeAsync();

        _clock.Advance(EdgeProber.GoodFor + TimeSpan.FromSeconds(1));

        Assert.Null(still.Answers("one"));
    }

    [Fact]
    public async Task Who_is_of_the_fleet_no_more_is_not_asked_and_strangers_are_unknown()
    {
        _prober.Watch(Fleet(("other", _other)));
        var asked = _one.Requests(Path);
        await RoundAsync();

        Assert.Equal(asked, _one.Requests(Path));
        Assert.Null(_prober.Answers("one"));
        Assert.Null(_prober.Answers("nobody"));
    }

    [Fact]
    public async Task An_edge_with_nothing_but_HTTPS_is_asked_there_whatever_its_certificate_is_for()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("edge.test");
        await using var closed = ScriptedOrigin.Start(certificate);
        closed.On(Path).Reply(200);
        var edge = Edge("closed", closed);
        _prober.Watch(FleetDirectory.Empty with { Nodes = [edge with { Facts = edge.Facts with { HttpPort = 0, HttpsPort = closed.Port } }] });
        await RoundAsync();

        Assert.True(_prober.Answers("closed"));
    }

    /// <summary>To the end of the next round. The clock goes on once, so that no probe is late by it; again where the pause had not begun.</summary>
    private Task RoundAsync()
    {
        const int Many = 100;
        var (rounds, looks) = (_prober.Rounds, 0);
        return Eventually.IsTrueAsync(() =>
        {
            if (looks++ % Many == 0)
            {
                _clock.Advance(EdgeProber.Pause * 1.2);
            }

            return _prober.Rounds > rounds;
        });
    }

    private static FleetDirectory Fleet(params (string Id, ScriptedOrigin Server)[] edges) => FleetDirectory.Empty with { Nodes = [.. edges.Select(static edge => Edge(edge.Id, edge.Server))] };

    private static NodeConfig Edge(string id, ScriptedOrigin server)
    {
        var edge = SmallFleet.Edge("fra1", server.EndPoint.Address.ToString());
        return edge with { Id = id, Facts = edge.Facts with { HttpPort = server.Port } };
    }
}
