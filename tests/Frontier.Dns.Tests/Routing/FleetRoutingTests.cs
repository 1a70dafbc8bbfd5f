// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Frontier.Contracts.Fleet;
using Frontier.Contracts.Zones;
using Frontier.Dns.Explaining;
using Frontier.Dns.Routing;
using Frontier.Dns.Tests.Harness;
using Frontier.Testing;

namespace Frontier.Dns.Tests.Routing;

/// <summary>A DNS server of a fleet: the control plane tells machines and distributions, and it answers with them, also without a control plane.</summary>
public sealed class FleetRoutingTests : IDisposable
{
    private const int ServerFailure = 2;
    private const int NameError = 3;

    private readonly TemporaryDirectory _directory = new();
    private readonly ErrorLog _errors = new();

    public void Dispose()
    {
        _directory.Dispose();
        _errors.AssertEmpty();
    }

    [Fact]
    public async Task What_the_control_plane_tells_is_answered_by_the_place_of_the_client_and_then_acknowledged()
    {
        await using var control = await ScriptedControl.StartAsync();
        await using var node = await StartAsync(control.Address);
        Assert.Equal(ServerFailure, (await AskAsync(node.Server, SmallFleet.Everywhere, SmallFleet.Germany)).Code); // "there is no such name" would be a lie
        control.Say(Everything);
        await Eventually.IsTrueAsync(() => control.Reports.Count == 2);

        Assert.Equal(["127.0.1.1"], (await AskAsync(node.Server, SmallFleet.Everywhere, SmallFleet.Germany)).Data);
        Assert.Equal(["127.0.1.2"], (await AskAsync(node.Server, SmallFleet.Everywhere, SmallFleet.America)).Data);
        Assert.Equal(["127.0.1.3"], (await AskAsync(node.Server, "www.example.test", SmallFleet.Japan)).Data);
        Assert.Equal(NameError, (await AskAsync(node.Server, "d999.cdn.test", SmallFleet.Japan)).Code);
        var (first, second) = (control.Reports.First(), control.Reports.Last());
        Assert.Equal(("", 0L, null, NodeRole.Dns), (first.FleetRevision, first.SnapshotVersion, first.SnapshotCreatedAt, first.Facts?.Role));
        Assert.Equal((SmallFleet.Directory.Revision, 7L, DateTimeOffset.UnixEpoch, 1L), (second.FleetRevision, second.SnapshotVersion, second.SnapshotCreatedAt, second.Position));
        Assert.Null(second.Facts);
    }

    [Fact]
    public async Task A_difference_changes_what_it_names_and_nothing_else()
    {
        await using var control = await ScriptedControl.StartAsync();
        await using var node = await StartAsync(control.Address);
        control.Say(Everything);
        control.Say(new ZoneAnswer
        {
            Position = 1,
            Fleet = SmallFleet.With("nrt1", static edge => edge with { State = NodeState.Draining }),
            Distributions = new ServedDistributions { Version = 8, CreatedAt = DateTimeOffset.UnixEpoch, Put = [new ServedDistribution("d333.cdn.test", "PriceClass_All", true, true)], Removed = [SmallFleet.Cheap] },
        });
        await Eventually.IsTrueAsync(() => control.Reports.Count == 3);

        Assert.Equal(NameError, (await AskAsync(node.Server, SmallFleet.Cheap, SmallFleet.Germany)).Code);
        Assert.Equal(["127.0.1.1"], (await AskAsync(node.Server, "d333.cdn.test", SmallFleet.Germany)).Data);
        Assert.NotEqual(["127.0.1.3"], (await AskAsync(node.Server, SmallFleet.Everywhere, SmallFleet.Japan)).Data);
        Assert.Equal(8, control.Reports.Last().SnapshotVersion);
    }

    [Fact]
    public async Task A_server_starts_and_answers_with_what_it_heard_last()
    {
        await using (var control = await ScriptedControl.StartAsync())
        {
            await using var before = await StartAsync(control.Address);
            control.Say(Everything);
            control.Say(new ZoneAnswer { Position = 1, Distributions = new ServedDistributions { Version = 8, CreatedAt = DateTimeOffset.UnixEpoch, Removed = [SmallFleet.Cheap] } });
            await Eventually.IsTrueAsync(() => control.Reports.Count == 3);
        }

        await using var node = await StartAsync(new Uri("http://127.0.0.1:9/"));

        Assert.Equal(["127.0.1.3"], (await AskAsync(node.Server, "www.example.test", SmallFleet.Japan)).Data);
        Assert.Equal(["127.0.1.1"], (await AskAsync(node.Server, SmallFleet.Everywhere, SmallFleet.Germany)).Data);
        Assert.Equal(NameError, (await AskAsync(node.Server, SmallFleet.Cheap, SmallFleet.Germany)).Code);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory["fleet.json"]));
    }

    [Fact]
    public async Task A_decision_explains_itself_with_every_place_and_its_verdict()
    {
        await using var control = await ScriptedControl.StartAsync();
        await using var node = await StartAsync(control.Address);
        control.Say(Everything with { Fleet = SmallFleet.With("iad1", static edge => edge with { State = NodeState.Draining }) });
        await Eventually.IsTrueAsync(() => control.Reports.Count == 2);

        var japan = await ExplainAsync(new DnsQuestion("www.example.test", SmallFleet.Japan, "A"));
        Assert.Equal(("dns-test", "192.0.2.0/24", "JP", SmallFleet.Everywhere, "PriceClass_All", 60), (japan.Node, japan.Network, japan.Place?.Country, japan.Distribution, japan.PriceClass, japan.TtlSeconds));
        Assert.Equal(["www.example.test is an alias of the distribution d111.cdn.test."], japan.Steps);
        Assert.Equal(new ExplainedEdge("127.0.1.3", "edge-nrt1", "nrt1"), Assert.Single(japan.Answer));
        Assert.Equal([("nrt1", "Chosen"), ("fra1", "Farther"), ("iad1", "Drained")], japan.Pops.Select(static pop => (pop.Name, pop.Verdict)));
        Assert.True(japan.Pops[1].Kilometres > japan.Pops[0].Kilometres);
        Assert.Equal(["edge-nrt1"], japan.Pops[0].Machines.Select(static machine => machine.Id));

        var cheap = await ExplainAsync(new DnsQuestion("link.example.test", SmallFleet.Japan, "A"));
        Assert.Equal(["link.example.test is, by a CNAME record, another name of d222.cdn.test."], cheap.Steps);
        Assert.Equal(("fra1", "OutsidePriceClass", "PriceClass_100 leaves its part of the world out."), (cheap.Answer.Single().Pop, cheap.Pops.Single(static pop => pop.Name == "nrt1").Verdict, cheap.Pops.Single(static pop => pop.Name == "nrt1").Reason));

        Assert.Contains("IsIPV6Enabled false", (await ExplainAsync(new DnsQuestion(SmallFleet.Cheap, SmallFleet.Japan, "AAAA"))).Steps.Single(), StringComparison.Ordinal);
        Assert.Equal("1 . alpn=\"h2,http/1.1\"", (await ExplainAsync(new DnsQuestion(SmallFleet.Everywhere, SmallFleet.Japan, "HTTPS"))).Answer.Single().Address);
        Assert.Equal(["There is no distribution d999.cdn.test."], (await ExplainAsync(new DnsQuestion("d999.cdn.test", SmallFleet.Japan, "A"))).Steps.Take(1));
        Assert.Equal(["www.example.org lies in no zone that this server serves."], (await ExplainAsync(new DnsQuestion("www.example.org", SmallFleet.Japan, "A"))).Steps);
        Assert.Contains("its own A records", (await ExplainAsync(new DnsQuestion("ns1.example.test", SmallFleet.Japan, "A"))).Steps[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nonsense_that_is_asked_of_the_socket_ends_nothing_and_nobody_else_may_ask()
    {
        await using var control = await ScriptedControl.StartAsync();
        await using var node = await StartAsync(control.Address);
        control.Say(Everything);
        await Eventually.IsTrueAsync(() => control.Reports.Count == 2);
        foreach (var nonsense in new[] { "nonsense\n", "null\n", "{}\n", "", new string('a', 100_000) })
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_directory["explain.sock"]));
            try
            {
                await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(nonsense));
            }
            catch (SocketException)
            {
                // It does not listen to the end.
            }
        }

        Assert.Single((await ExplainAsync(new DnsQuestion("", "nobody", "MX"))).Steps);
        Assert.NotEmpty((await ExplainAsync(new DnsQuestion(SmallFleet.Everywhere, SmallFleet.Japan, "A"))).Answer);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory["explain.sock"]));
    }

    [Fact]
    public async Task Where_no_server_runs_nothing_is_explained() => await Assert.ThrowsAsync<IOException>(() => ExplainAsync(new DnsQuestion("a.test", SmallFleet.Japan, "A")));

    private static ZoneAnswer Everything => new()
    {
        Position = 1,
        StartsAnew = true,
        Zones =
        [
            TestZone.Config("example.test.", "link 60 CNAME d222.cdn.test.\n",
                new RecordSetConfig { Name = "www.example.test.", Type = "A", Alias = new AliasTargetConfig("d111.cdn.test.", AliasTargetKind.Distribution, false) }),
        ],
        Fleet = SmallFleet.Directory,
        Distributions = SmallFleet.Distributions,
    };

    private Task<DnsExplanation> ExplainAsync(DnsQuestion question) => DnsExplainClient.AskAsync(_directory.Path, question, TimeProvider.System, default);

    private async Task<Node> StartAsync(Uri control)
    {
        // By a clock that stands still no edge of these is ever dead: what is found of edges is another test's matter.
        var routing = FleetRouting.Open(new FleetRoutingOptions { Directory = _directory.Path }, SmallFleet.PlaceOf, new ManualTimeProvider(), _errors);
        var options = new DnsOptions
        {
            Endpoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            Directory = _directory.Path,
            NodeId = "dns-test",
            Control = control,
            Token = ScriptedControl.Token,
            Facts = new NodeFacts { Role = NodeRole.Dns, ProgramVersion = "1" },
            Domain = "cdn.test",
            AnswersPerSecond = 0,
        };
        return new Node(routing, await DnsServer.StartAsync(options, routing, null, null, null, TimeProvider.System, _errors));
    }

    /// <summary>As a resolver asks that tells the client's network (RFC 7871).</summary>
    private static async Task<Told> AskAsync(DnsServer server, string name, string client)
    {
        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await socket.ConnectAsync(server.Endpoints[0]);
        await socket.SendAsync(new Ask { Name = $"{name}." }.WithOption(8, [0, 1, 24, 0, .. IPAddress.Parse(client).GetAddressBytes()[..3]]).ToBytes());
        var answer = new byte[4_096];
        return Told.Read(answer.AsSpan(0, await socket.ReceiveAsync(answer, patience.Token)));
    }

    private sealed record Node(FleetRouting Routing, DnsServer Server) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            await Routing.DisposeAsync();
        }
    }
}
