// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Frontier.Contracts.Zones;
using Frontier.Decisions.Addresses;
using Frontier.Dns.Health;
using Frontier.Testing;

namespace Frontier.Dns.Tests.Health;

/// <summary>Health checks, really asked (NB-5.6).</summary>
public sealed class HealthProberTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedOrigin _origin = ScriptedOrigin.Start();
    private readonly List<HealthProber> _probers = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var prober in _probers)
        {
            await prober.DisposeAsync();
        }

        await _origin.DisposeAsync();
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(302, true)]
    [InlineData(399, true)]
    [InlineData(404, false)]
    [InlineData(500, false)]
    public async Task A_status_of_2xx_or_3xx_is_healthy_and_redirects_are_not_followed(int status, bool isHealthy)
    {
        _origin.On("/check").Reply(status, "", ("Location", "/elsewhere"));
        var observation = await FirstAsync(Check("HTTP") with { Path = "/check", Host = "www.example.com", FailureThreshold = 1 });
        Assert.Equal(isHealthy, observation.IsHealthy);
        Assert.Equal($"{(isHealthy ? "Success" : "Failure")}: HTTP Status Code {status}, Scripted", observation.Reason);
        Assert.Equal($"www.example.com:{_origin.Port}", _origin.Log.Single().Header("Host"));
    }

    [Fact]
    public async Task The_search_string_is_looked_for_in_the_first_5120_bytes()
    {
        _origin.On("/in").Reply(200, new string('a', 5_117) + "end");
        _origin.On("/out").Reply(200, new string('a', 5_118) + "end");
        Assert.True((await FirstAsync(Check("HTTP_STR_MATCH") with { Path = "/in", SearchString = "end", FailureThreshold = 1 })).IsHealthy);
        Assert.False((await FirstAsync(Check("HTTP_STR_MATCH") with { Path = "/out", SearchString = "end", FailureThreshold = 1 })).IsHealthy);
    }

    [Fact]
    public async Task A_search_string_is_found_across_the_pieces_of_a_body()
    {
        _origin.On("/pieces").Reply(200, "needle in pieces").Chunked(3);
        Assert.True((await FirstAsync(Check("HTTP_STR_MATCH") with { Path = "/pieces", SearchString = "needle", FailureThreshold = 1 })).IsHealthy);
    }

    [Fact]
    public async Task HTTPS_judges_no_certificate_and_TCP_only_connects()
    {
        using var authority = new TestAuthority();
        using var expired = authority.IssueExpired("other.example");
        await using var secure = ScriptedOrigin.Start(expired);
        secure.On("/").Reply(200);
        Assert.True((await FirstAsync(Check("HTTPS") with { Port = secure.Port, Host = "www.example.com", FailureThreshold = 1 })).IsHealthy);
        Assert.Equal("Success: The connection was made.", (await FirstAsync(Check("TCP") with { FailureThreshold = 1 })).Reason);

        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var refused = await FirstAsync(Check("TCP") with { Port = ((IPEndPoint)closed.LocalEndPoint!).Port, FailureThreshold = 1 });
        Assert.Equal((false, "Failure: The connection was not made: ConnectionRefused."), (refused.IsHealthy, refused.Reason));
        Assert.False((await ObserveAsync(Start(Check("HTTPS") with { FailureThreshold = 1 }), whileAsked: true)).IsHealthy); // plain HTTP answers no handshake
    }

    [Fact]
    public async Task An_answer_later_than_two_seconds_is_none()
    {
        var late = _origin.On("/").Reply(200).Hold();
        var prober = Start(Check("HTTP") with { FailureThreshold = 1 });
        await Eventually.IsTrueAsync(() => Advance(_origin.RequestsInFlight == 1));
        var observation = await ObserveAsync(prober, whileAsked: true);
        Assert.Equal((false, "Failure: The endpoint did not answer in time."), (observation.IsHealthy, observation.Reason));
        late.Release();
    }

    [Fact]
    public async Task Only_so_many_contrary_results_in_a_row_turn_a_check_and_the_change_alone_is_told()
    {
        var status = 200;
        var asked = 0;
        _origin.On("/").Handle(_ =>
        {
            Interlocked.Increment(ref asked);
            return ScriptedReply.Of(Volatile.Read(ref status));
        });
        var prober = Start(Check("HTTP") with { FailureThreshold = 3, IntervalSeconds = 10 });
        Assert.True((await ObserveAsync(prober)).IsHealthy);
        Assert.Empty(prober.TakeObservations());

        Volatile.Write(ref status, 500);
        var before = Volatile.Read(ref asked);
        await Eventually.IsTrueAsync(() => Advance(Volatile.Read(ref asked) >= before + 2));
        Volatile.Write(ref status, 200);
        var recovered = Volatile.Read(ref asked);
        await Eventually.IsTrueAsync(() => Advance(Volatile.Read(ref asked) >= recovered + 2));
        Assert.True(prober.IsHealthy("h"));
        Assert.Empty(prober.TakeObservations());

        Volatile.Write(ref status, 500);
        Assert.False((await ObserveAsync(prober)).IsHealthy);
        Assert.False(prober.IsHealthy("h"));
        Assert.Empty(prober.TakeObservations());
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(Assert.Single(prober.TakeObservations()).IsHealthy);
    }

    [Fact]
    public async Task Inverted_disabled_unknown_and_calculated_checks_say_what_they_should()
    {
        _origin.On("/up").Reply(200);
        _origin.On("/down").Reply(500);
        var up = Check("HTTP") with { Id = "up", Path = "/up", FailureThreshold = 1 };
        var down = Check("HTTP") with { Id = "down", Path = "/down", FailureThreshold = 1 };
        var prober = Start(
            up, down,
            down with { Id = "inverted", IsInverted = true },
            down with { Id = "disabled", IsDisabled = true },
            up with { Id = "both", IsDisabled = true, IsInverted = true },
            Calculated("one", 1, "up", "down"), Calculated("two", 2, "up", "down"), Calculated("none", 0), Calculated("not", 2, "up", "down") with { IsInverted = true }, Calculated("self", 1, "self"));

        List<HealthObservation> told = [];
        await Eventually.IsTrueAsync(() =>
        {
            told.AddRange(prober.TakeObservations());
            return Advance(!prober.IsHealthy("down") && prober.IsHealthy("inverted") && told.Any(static seen => seen.HealthCheckId == "up"));
        });
        told.AddRange(prober.TakeObservations());
        Assert.All(["up", "inverted", "disabled", "one", "none", "not", "never heard of"], id => Assert.True(prober.IsHealthy(id), id));
        Assert.All(["down", "both", "two", "self"], id => Assert.False(prober.IsHealthy(id), id));
        Assert.Equal("Failure: 1 of 2 child health checks are healthy, 2 are needed.", told.Last(static seen => seen.HealthCheckId == "two").Reason);
        Assert.DoesNotContain(_origin.Log, static request => request.Path is not ("/up" or "/down"));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("10.0.0.1")]
    public async Task Nobody_reaches_into_the_network_with_a_check(string address)
    {
        var observation = await FirstAsync(Check("TCP") with { Address = address, FailureThreshold = 1 }, new HealthProberOptions());
        Assert.False(observation.IsHealthy);
        Assert.Contains("is not asked", observation.Reason, StringComparison.Ordinal);
        Assert.Equal(0, _origin.ConnectionsAccepted);
    }

    [Fact]
    public async Task Nobody_reaches_into_it_by_a_name_and_the_installation_stays_closed_where_private_addresses_are_allowed()
    {
        var byName = await FirstAsync(Check("TCP") with { Address = null, Host = "rebound.example", FailureThreshold = 1 }, new HealthProberOptions());
        Assert.Contains("is a loopback address", byName.Reason, StringComparison.Ordinal);

        var closed = new HealthProberOptions { AllowPrivate = true, Closed = [new ClosedServer(IPNetwork.Parse("127.0.0.0/8"), _origin.Port, AddressVerdict.ControlPlane)] };
        var observation = await FirstAsync(Check("TCP") with { FailureThreshold = 1 }, closed);
        Assert.Contains("is the control plane's", observation.Reason, StringComparison.Ordinal);
        Assert.Equal(0, _origin.ConnectionsAccepted);
    }

    [Fact]
    public async Task No_more_are_asked_at_a_time_than_may()
    {
        var asked = 0;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var prober = Start(
            new HealthProberOptions { AllowPrivate = true, MostAtOnce = 3 },
            [.. Enumerable.Range(0, 10).Select(i => Check("TCP") with { Id = $"h{i}", Address = null, Host = "held.example", IntervalSeconds = 10 })],
            async (_, _) =>
            {
                Interlocked.Increment(ref asked);
                await gate.Task;
                return [IPAddress.Loopback];
            });

        // All are due by then, and some for the second time; but none of those that were asked first has been answered.
        for (var second = 0; second < 20; second++)
        {
            await Eventually.IsTrueAsync(() => prober.UnderWay == Volatile.Read(ref asked));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await Eventually.IsTrueAsync(() => Volatile.Read(ref asked) == 3);
        Assert.Equal(3, prober.UnderWay);
        gate.SetResult();
        await Eventually.IsTrueAsync(() => Advance(Volatile.Read(ref asked) >= 10));
    }

    [Fact]
    public async Task What_has_not_changed_keeps_its_state_when_checks_are_applied_anew()
    {
        _origin.On("/").Reply(500);
        var check = Check("HTTP") with { FailureThreshold = 1 };
        var prober = Start(check);
        await ObserveAsync(prober);
        Assert.False(prober.IsHealthy("h"));
        prober.Watch([check with { Path = "/" }, check with { Id = "new" }]);
        Assert.False(prober.IsHealthy("h"));
        Assert.True(prober.IsHealthy("new"));
        prober.Watch([check with { Port = 1 }]);
        Assert.True(prober.IsHealthy("h"));
    }

    private HealthCheckConfig Check(string type) => new() { Id = "h", Type = type, Address = "127.0.0.1", Port = _origin.Port };

    private static HealthCheckConfig Calculated(string id, int threshold, params string[] children) => new() { Id = id, Type = "CALCULATED", Children = [.. children], HealthThreshold = threshold };

    private Task<HealthObservation> FirstAsync(HealthCheckConfig check, HealthProberOptions? options = null) =>
        ObserveAsync(Start(options ?? new HealthProberOptions { AllowPrivate = true }, [check]));

    private HealthProber Start(params HealthCheckConfig[] checks) => Start(new HealthProberOptions { AllowPrivate = true }, checks);

    private HealthProber Start(HealthProberOptions options, HealthCheckConfig[] checks, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var prober = new HealthProber(options, _clock, resolve ?? (static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])));
        _probers.Add(prober);
        prober.Watch([.. checks]);
        prober.Start();
        return prober;
    }

    private async Task<HealthObservation> ObserveAsync(HealthProber prober, bool whileAsked = false)
    {
        var seen = ImmutableArray<HealthObservation>.Empty;
        await Eventually.IsTrueAsync(() => Advance(!(seen = prober.TakeObservations()).IsEmpty, whileAsked));
        return seen[0];
    }

    /// <summary>Lets a little time pass while something has not come about; none while anything is asked, so that requests keep their deadlines on the slowest of machines.</summary>
    private bool Advance(bool isThere, bool whileAsked = false)
    {
        if (!isThere && (whileAsked || _probers.All(static prober => prober.UnderWay == 0)))
        {
            _clock.Advance(TimeSpan.FromMilliseconds(250));
        }

        return isThere;
    }
}
