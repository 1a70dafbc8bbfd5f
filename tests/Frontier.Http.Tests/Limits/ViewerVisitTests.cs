// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Http.Limits;
using Frontier.Testing;

namespace Frontier.Http.Tests.Limits;

/// <summary>Requests are taken by the handful, and still none too many and none too few.</summary>
public sealed class ViewerVisitTests
{
    private static readonly IPAddress Viewer = IPAddress.Parse("192.0.2.7");

    private readonly ManualTimeProvider _time = new();
    private readonly List<ViewerLimit> _refused = [];
    private readonly ServerClock _clock;

    public ViewerVisitTests() => _clock = new ServerClock(_time);

    [Fact]
    public void One_connection_gets_what_its_address_may_ask_to_the_last_request()
    {
        var visit = Gate(new ViewerLimits { RequestsPerAddress = 10 }).Admit(Viewer, isSecure: false)!;
        Assert.Equal(10 * Rate.BurstSeconds, Ask(visit, 1_000));
        Assert.Equal(ViewerLimit.AddressRequests, visit.Met);
        Assert.Equal(429, visit.Met.Status);
        Pass();
        Assert.Equal(10, Ask(visit, 1_000));
    }

    [Fact]
    public void Many_connections_of_an_address_get_together_what_one_would()
    {
        var gate = Gate(new ViewerLimits { RequestsPerAddress = 100 });
        var visits = Enumerable.Range(0, 20).Select(_ => gate.Admit(Viewer, isSecure: false)!).ToList();
        Assert.Equal(100 * Rate.BurstSeconds, visits.Sum(visit => Ask(visit, 1_000)));
        var other = gate.Admit(IPAddress.Parse("192.0.2.8"), isSecure: false)!;
        Assert.Equal(1, Ask(other, 1));
    }

    [Fact]
    public void What_a_connection_has_taken_and_not_used_comes_back_with_its_end()
    {
        var gate = Gate(new ViewerLimits { RequestsPerAddress = 10, NewConnectionsPerAddress = 0 });
        for (var i = 0; i < 10; i++)
        {
            var visit = gate.Admit(Viewer, isSecure: false)!;
            Assert.Equal(5, Ask(visit, 5)); // with two left of its last handful
            visit.Leave();
        }

        Assert.Equal(0, Ask(gate.Admit(Viewer, isSecure: false)!, 1));
    }

    [Fact]
    public void All_viewers_have_a_limit_too_and_one_who_meets_it_keeps_its_own()
    {
        var gate = Gate(new ViewerLimits { Requests = 10, RequestsPerAddress = 10 });
        var visits = Enumerable.Range(1, 10).Select(i => gate.Admit(new IPAddress([192, 0, 2, (byte)i]), isSecure: false)!).ToList();
        Assert.Equal(50, visits.Sum(visit =>
        {
            var served = Ask(visit, 40);
            visit.Leave();
            return served;
        }));
        Assert.Equal(ViewerLimit.Requests, visits[9].Met);
        Assert.Equal(503, visits[9].Met.Status);
        Assert.Contains(ViewerLimit.Requests, _refused);
    }

    [Fact]
    public void Who_goes_on_is_known_and_who_stops_is_forgiven()
    {
        var visit = Gate(new ViewerLimits { RequestsPerAddress = 1 }).Admit(Viewer, isSecure: false)!;
        Ask(visit, Rate.BurstSeconds + 32);
        Assert.False(visit.GoesOn);
        Ask(visit, 1);
        Assert.True(visit.GoesOn);
        Pass();
        Assert.Equal(1, Ask(visit, 1));
        Assert.False(visit.GoesOn);
    }

    [Fact]
    public void Nothing_is_limited_where_the_limits_are_0()
    {
        var gate = Gate(new ViewerLimits { ConnectionsPerAddress = 0, NewConnections = 0, NewConnectionsPerAddress = 0, Handshakes = 0, HandshakesPerAddress = 0, Requests = 0, RequestsPerAddress = 0 });
        for (var i = 0; i < 10_000; i++)
        {
            Assert.NotNull(gate.Admit(Viewer, isSecure: true));
        }

        Assert.Equal(1_000_000, Ask(gate.Admit(Viewer, isSecure: true)!, 1_000_000));
    }

    [Fact]
    public void One_address_that_is_refused_uses_nothing_of_what_is_everybodys()
    {
        var gate = Gate(new ViewerLimits { NewConnections = 10, NewConnectionsPerAddress = 1 });
        for (var i = 0; i < 1_000; i++)
        {
            gate.Admit(Viewer, isSecure: false);
        }

        for (var i = 0; i < 45; i++)
        {
            Assert.NotNull(gate.Admit(new IPAddress([198, 51, 100, (byte)i]), isSecure: false));
        }

        Assert.Null(gate.Admit(IPAddress.Parse("198.51.100.200"), isSecure: false));
        Assert.Equal(ViewerLimit.NewConnections, _refused[^1]);
    }

    [Fact]
    public void Counting_a_request_allocates_nothing()
    {
        var visit = Gate(new ViewerLimits { RequestsPerAddress = 1_000_000, Requests = 1_000_000 }).Admit(Viewer, isSecure: false)!;
        Ask(visit, 1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var served = Ask(visit, 100_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(100_000, served);
    }

    private static int Ask(ViewerVisit visit, int times)
    {
        var served = 0;
        for (var i = 0; i < times; i++)
        {
            served += visit.TryAsk() ? 1 : 0;
        }

        return served;
    }

    private ViewerGate Gate(ViewerLimits limits) => new(
        new HttpServerOptions
        {
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Https = new IPEndPoint(IPAddress.Loopback, 0),
            SelectTls = static (_, _) => new(new()),
            OnFault = static _ => { },
            Viewers = limits with { Exempt = [] },
            OnRefused = (limit, _) => _refused.Add(limit),
        },
        _clock);

    private void Pass()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _clock.Update();
    }
}
