// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts;
using Frontier.Decisions.Addresses;
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

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("inside.example")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task A_forbidden_address_is_never_connected_to_however_the_origin_is_written(string host)
    {
        var names = new OriginBench.Names(("inside.example", [IPAddress.Loopback]));
        await using var bench = new OriginBench(resolver: names, policy: new Forbid(IPAddress.Loopback));
        bench.Endpoint = bench.Endpoint with { Host = host, Family = OriginAddressFamily.DualStack };

        Assert.Equal(OriginFailure.Forbidden, await bench.FailAsync("/"));
        Assert.Equal(0, bench.Origin.ConnectionsAccepted);
        Assert.Equal(0, bench.Client.OpenConnections);
    }

    [Fact]
    public async Task Of_several_addresses_only_those_allowed_are_connected_to()
    {
        var names = new OriginBench.Names(("both.example", [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]));
        await using var bench = new OriginBench(resolver: names, policy: new Forbid(IPAddress.Parse("127.0.0.2")));
        bench.Endpoint = bench.Endpoint with { Host = "both.example" };
        bench.Origin.On("/a").Reply(200, "a");

        Assert.Equal("a", await bench.GetAsync("/a"));
    }

    [Fact]
    public async Task A_name_that_changes_between_two_attempts_is_judged_anew_and_looked_up_once_for_each()
    {
        // The first address is allowed, and nobody listens there; the next attempt would find the origin.
        var names = new Rebinding(IPAddress.Parse("127.0.0.2"), IPAddress.Loopback);
        await using var bench = new OriginBench(resolver: names, policy: new Forbid(IPAddress.Loopback));
        bench.Endpoint = bench.Endpoint with { Host = "rebinding.example", ConnectionAttempts = 3 };

        Assert.Equal(OriginFailure.Forbidden, await bench.FailAsync("/"));
        Assert.Equal(2, names.Lookups);
        Assert.Equal(0, bench.Origin.ConnectionsAccepted);
    }

    [Fact]
    public async Task A_server_that_the_operator_names_is_not_judged_and_does_not_lend_its_connections()
    {
        var names = new OriginBench.Names();
        await using var bench = new OriginBench(resolver: names, policy: new Forbid(IPAddress.Loopback));
        var tenants = bench.Endpoint;
        bench.Endpoint = bench.Endpoint with { IsOperators = true, Family = OriginAddressFamily.Ipv6 };
        bench.Origin.On("/a").Reply(200, "a");

        Assert.Equal("a", await bench.GetAsync("/a"));
        bench.Endpoint = tenants;
        Assert.Equal(OriginFailure.Forbidden, await bench.FailAsync("/a"));
        Assert.Equal((0, 1), (names.Lookups, bench.Origin.ConnectionsAccepted));
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
        public ValueTask<AddressVerdict> JudgeAsync(IPEndPoint address, CancellationToken cancellationToken) =>
            ValueTask.FromResult(address.Address.Equals(forbidden) ? AddressVerdict.Loopback : AddressVerdict.Allowed);
    }

    /// <summary>Answers with one address after the other, and then with the last.</summary>
    private sealed class Rebinding(params IPAddress[] addresses) : IOriginResolver
    {
        public int Lookups { get; private set; }

        public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
            new([addresses[Math.Min(Lookups++, addresses.Length - 1)]]);
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
