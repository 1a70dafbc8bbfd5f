// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts;
using Frontier.Edge.Origins;

namespace Frontier.Edge.Tests.Origins;

public sealed class ConnectingTests
{
    [Fact]
    public async Task The_next_address_is_tried_when_one_refuses()
    {
        // 127.0.0.2 is this machine too, and nothing of the test listens there.
        var names = new OriginBench.Names(("two.example", [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]));
        await using var bench = new OriginBench(resolver: names);
        bench.Endpoint = bench.Endpoint with { Host = "two.example", ConnectionAttempts = 1 };
        bench.Origin.On("/a").Reply(200, "a");

        Assert.Equal("a", await bench.GetAsync("/a"));
    }

    [Fact]
    public async Task An_address_of_the_other_family_is_not_used_DP_11_12()
    {
        var names = new OriginBench.Names(("both.example", [IPAddress.IPv6Loopback, IPAddress.Loopback]));
        await using var bench = new OriginBench(resolver: names);
        bench.Endpoint = bench.Endpoint with { Host = "both.example", Family = OriginAddressFamily.Ipv6, ConnectionAttempts = 1 };

        Assert.Equal(OriginFailure.ConnectError, await bench.FailAsync("/"));
        Assert.Equal(0, bench.Origin.ConnectionsAccepted);
    }

    [Fact]
    public async Task Dual_stack_falls_back_to_the_other_family_DP_11_12()
    {
        var names = new OriginBench.Names(("both.example", [IPAddress.Loopback, IPAddress.IPv6Loopback]));
        await using var bench = new OriginBench(resolver: names);
        bench.Endpoint = bench.Endpoint with { Host = "both.example", Family = OriginAddressFamily.DualStack, ConnectionAttempts = 1 };
        bench.Origin.On("/a").Reply(200, "a");

        Assert.Equal("a", await bench.GetAsync("/a"));
    }

    [Fact]
    public async Task A_forbidden_address_is_never_connected_to()
    {
        await using var bench = new OriginBench(policy: new Forbid(IPAddress.Loopback));

        Assert.Equal(OriginFailure.ConnectError, await bench.FailAsync("/"));
        Assert.Equal(0, bench.Origin.ConnectionsAccepted);
    }

    [Fact]
    public async Task The_policy_judges_the_address_that_a_name_leads_to()
    {
        var names = new OriginBench.Names(("inside.example", [IPAddress.Loopback]));
        await using var bench = new OriginBench(resolver: names, policy: new Forbid(IPAddress.Loopback));
        bench.Endpoint = bench.Endpoint with { Host = "inside.example" };

        Assert.Equal(OriginFailure.ConnectError, await bench.FailAsync("/"));
        Assert.Equal(0, bench.Origin.ConnectionsAccepted);
    }

    [Fact]
    public async Task An_IPv4_address_written_as_IPv6_does_not_slip_past_the_policy()
    {
        await using var bench = new OriginBench(policy: new Forbid(IPAddress.Loopback));
        bench.Endpoint = bench.Endpoint with { Host = "::ffff:127.0.0.1", Family = OriginAddressFamily.DualStack };

        Assert.Equal(OriginFailure.ConnectError, await bench.FailAsync("/"));
        Assert.Equal(0, bench.Origin.ConnectionsAccepted);
    }

    [Fact]
    public async Task A_fixed_address_needs_no_name_and_no_policy()
    {
        var names = new OriginBench.Names();
        await using var bench = new OriginBench(resolver: names, policy: new Forbid(IPAddress.Loopback));
        bench.Endpoint = bench.Endpoint with { Host = "bucket.s3.amazonaws.com", Port = 80, ConnectTo = bench.Origin.EndPoint };
        bench.Origin.On("/a").Reply(200, "a");

        Assert.Equal("a", await bench.GetAsync("/a"));
        Assert.Equal(0, names.Lookups);
    }

    [Fact]
    public async Task A_resolver_that_does_not_answer_is_a_DNS_error_at_the_connection_timeout()
    {
        await using var bench = new OriginBench(resolver: new Silent());
        bench.Endpoint = bench.Endpoint with { Host = "silent.example" };

        var pending = bench.SendAsync("/");
        await bench.ElapseAsync(10);

        Assert.Equal(OriginFailure.DnsError, (await pending).Failure);
    }

    [Fact]
    public async Task The_machines_resolver_knows_localhost_and_not_invalid_names()
    {
        var resolver = new SystemOriginResolver();

        Assert.Contains(IPAddress.Loopback, await resolver.ResolveAsync("localhost", CancellationToken.None));
        Assert.Empty(await resolver.ResolveAsync(new string('x', 300), CancellationToken.None));
    }

    private sealed class Forbid(IPAddress forbidden) : IOriginAddressPolicy
    {
        public bool Allows(IPAddress address) => !address.Equals(forbidden);
    }

    private sealed class Silent : IOriginResolver
    {
        public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return [];
        }
    }
}
