// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Decisions.Addresses;
using Frontier.Edge.Origins;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Origins;

/// <summary>What one edge closes to origins: itself, its control plane and its store, by name, by wildcard and by address.</summary>
public sealed class OriginGuardTests
{
    private static readonly IPAddress Public = IPAddress.Parse("1.1.1.1");

    [Fact]
    public async Task A_server_of_this_machine_is_closed_at_its_port_and_another_machine_s_control_plane_at_all()
    {
        var guard = Guard(options => options with
        {
            Http = new IPEndPoint(IPAddress.Loopback, 8480),
            BucketServers = [new IPEndPoint(IPAddress.Loopback, 8402)],
            Control = new Uri("http://1.1.1.1:8400"),
            S3Endpoint = new Uri("http://[::1]:9000"),
        });
        Assert.Equal(AddressVerdict.ThisEdge, await JudgeAsync(guard, "127.0.0.1", 8480));
        Assert.Equal(AddressVerdict.BucketServer, await JudgeAsync(guard, "127.0.0.1", 8402));
        Assert.Equal(AddressVerdict.BucketServer, await JudgeAsync(guard, "::1", 9000));
        Assert.Equal(AddressVerdict.Allowed, await JudgeAsync(guard, "127.0.0.1", 3000));
        Assert.Equal(AddressVerdict.ControlPlane, await JudgeAsync(guard, "1.1.1.1", 8400));
        Assert.Equal(AddressVerdict.ControlPlane, await JudgeAsync(guard, "1.1.1.1", 443));
        Assert.Equal(AddressVerdict.Allowed, await JudgeAsync(guard, "1.0.0.1", 443));
    }

    [Fact]
    public async Task Every_control_plane_of_a_fleet_is_closed_and_so_is_what_the_operator_names()
    {
        var guard = Guard(options => options with
        {
            Control = new Uri("https://1.1.1.1:8404"),
            FurtherControls = [new Uri("https://9.9.9.9:8404"), new Uri("https://127.0.0.1:8404")],
            ClosedToOrigins = [new IPEndPoint(IPAddress.Loopback, 8400), new IPEndPoint(IPAddress.Parse("10.0.0.7"), 5432)],
        });
        Assert.Equal(AddressVerdict.ControlPlane, await JudgeAsync(guard, "1.1.1.1", 8400));
        Assert.Equal(AddressVerdict.ControlPlane, await JudgeAsync(guard, "9.9.9.9", 8400));
        Assert.Equal(AddressVerdict.ControlPlane, await JudgeAsync(guard, "127.0.0.1", 8404));
        Assert.Equal(AddressVerdict.Closed, await JudgeAsync(guard, "127.0.0.1", 8400)); // the API beside it, of which no control plane has told yet
        Assert.Equal(AddressVerdict.Closed, await JudgeAsync(guard, "10.0.0.7", 5432));
        Assert.Equal(AddressVerdict.Allowed, await JudgeAsync(guard, "10.0.0.7", 80));
    }

    [Fact]
    public async Task The_api_of_a_control_plane_beside_the_edge_is_closed_once_the_control_plane_has_said_where_it_listens()
    {
        var state = new EdgeState(TimeProvider.System);
        var guard = Guard(options => options with { Control = new Uri("https://1.1.1.1:8404"), FurtherControls = [new Uri("https://127.0.0.1:8404")] }, state: state);
        Assert.Equal(AddressVerdict.Allowed, await JudgeAsync(guard, "127.0.0.1", 8400));

        state.ApiPort = 8400;
        Assert.Equal(AddressVerdict.ControlPlane, await JudgeAsync(guard, "127.0.0.1", 8400));
        Assert.Equal(AddressVerdict.ControlPlane, await JudgeAsync(guard, "127.0.0.1", 8404));
        Assert.Equal(AddressVerdict.Allowed, await JudgeAsync(guard, "127.0.0.1", 8401));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public async Task A_listener_on_every_address_is_closed_at_each_of_the_machine_s(string address)
    {
        var guard = Guard(options => options with { Https = new IPEndPoint(IPAddress.Parse(address), 8443) });
        Assert.Equal(AddressVerdict.ThisEdge, await JudgeAsync(guard, "127.0.0.1", 8443));
        Assert.Equal(AddressVerdict.ThisEdge, await JudgeAsync(guard, "127.8.8.8", 8443));
        Assert.Equal(AddressVerdict.ThisEdge, await JudgeAsync(guard, "::1", 8443));
        var addresses = System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces().SelectMany(static network => network.GetIPProperties().UnicastAddresses);
        foreach (var own in addresses)
        {
            Assert.Equal(AddressVerdict.ThisEdge, await guard.JudgeAsync(new IPEndPoint(own.Address, 8443), CancellationToken.None));
        }

        Assert.Equal(AddressVerdict.Allowed, await JudgeAsync(guard, "127.0.0.1", 8444));
        Assert.Equal(AddressVerdict.Allowed, await JudgeAsync(guard, "1.1.1.1", 8443));
    }

    [Fact]
    public async Task Ports_that_are_known_only_once_the_edge_listens_are_closed_from_then_on()
    {
        var guard = Guard();
        Assert.Equal(AddressVerdict.Allowed, await JudgeAsync(guard, "127.0.0.1", 50123));
        guard.Listening(new IPEndPoint(IPAddress.Loopback, 50123), new IPEndPoint(IPAddress.Loopback, 50124));
        Assert.Equal(AddressVerdict.ThisEdge, await JudgeAsync(guard, "127.0.0.1", 50123));
        Assert.Equal(AddressVerdict.ThisEdge, await JudgeAsync(guard, "127.0.0.1", 50124));
    }

    [Fact]
    public async Task A_control_plane_known_by_name_is_closed_wherever_the_name_leads_and_stays_so_when_the_resolver_fails()
    {
        var clock = new ManualTimeProvider();
        var names = new Changing { Addresses = [Public] };
        var guard = Guard(options => options with { Control = new Uri("http://control.example:8400") }, names, clock);
        Assert.Equal(AddressVerdict.ControlPlane, await JudgeAsync(guard, "1.1.1.1", 22));

        names.Addresses = [IPAddress.Parse("9.9.9.9")];
        Assert.Equal(AddressVerdict.Allowed, await JudgeAsync(guard, "9.9.9.9", 22)); // for half a minute at most
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(AddressVerdict.ControlPlane, await JudgeAsync(guard, "9.9.9.9", 22));

        names.Addresses = [];
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(AddressVerdict.ControlPlane, await JudgeAsync(guard, "9.9.9.9", 22));
    }

    private static OriginGuard Guard(Func<EdgeOptions, EdgeOptions>? change = null, IOriginResolver? names = null, TimeProvider? time = null, EdgeState? state = null)
    {
        var options = new EdgeOptions
        {
            Directory = "",
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Https = new IPEndPoint(IPAddress.Loopback, 0),
            Control = new Uri("http://127.0.0.1:8400"),
            EdgeToken = "",
            AllowPrivateOrigins = true,
        };
        return new OriginGuard(change is null ? options : change(options), state ?? new EdgeState(TimeProvider.System), names ?? new OriginBench.Names(), time ?? new ManualTimeProvider());
    }

    private static ValueTask<AddressVerdict> JudgeAsync(OriginGuard guard, string address, int port) =>
        guard.JudgeAsync(new IPEndPoint(IPAddress.Parse(address), port), CancellationToken.None);

    private sealed class Changing : IOriginResolver
    {
        public IPAddress[] Addresses { get; set; } = [];

        public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) => new(Addresses);
    }
}
