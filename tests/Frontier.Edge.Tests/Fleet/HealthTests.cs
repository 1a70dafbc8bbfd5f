// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Fleet;

/// <summary>What balancers and probes are told of an edge, and what it keeps of its fleet.</summary>
public sealed class HealthTests
{
    private const string Path = "/frontier/health";
    private const string Ok = "HTTP/1.1 200 OK";
    private const string NotReady = "HTTP/1.1 503 Service Unavailable";

    [Fact]
    public async Task An_edge_with_a_configuration_is_healthy_and_says_nothing_else()
    {
        await using var edge = await TestEdge.StartAsync();

        var (status, body) = await AskAsync(edge);

        Assert.Equal((Ok, "ok\n"), (status, body));
    }

    [Fact]
    public async Task A_distribution_keeps_that_path_for_itself()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On(Path).Reply(200, "the origin's");

        Assert.Equal("the origin's", (await edge.GetAsync(Path)).Body);
    }

    [Fact]
    public async Task Any_other_path_of_a_host_that_is_nobodys_is_refused_as_before()
    {
        await using var edge = await TestEdge.StartAsync();

        Assert.StartsWith("HTTP/1.1 403", (await AskAsync(edge, Path + "/")).Status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drained_edge_serves_on_and_says_that_it_wants_no_more_viewers()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "hello");
        var id = await JoinAsync(edge);

        edge.Control.Publish(Directory("2", id, NodeState.Draining));
        await edge.Control.WaitForReportAsync(static report => report.FleetRevision == "2");

        Assert.Equal((NotReady, "draining\n"), await AskAsync(edge));
        Assert.Equal("hello", (await edge.GetAsync("/a")).Body);

        edge.Control.Publish(Directory("3", id, NodeState.InService));
        await edge.Control.WaitForReportAsync(static report => report.FleetRevision == "3");
        Assert.Equal((Ok, "ok\n"), await AskAsync(edge));
    }

    [Fact]
    public async Task The_directory_of_the_fleet_is_kept_on_disk_for_a_start_without_control_plane()
    {
        await using var edge = await TestEdge.StartAsync();
        var id = await JoinAsync(edge);
        edge.Control.Publish(Directory("2", id, NodeState.Draining));
        await edge.Control.WaitForReportAsync(static report => report.FleetRevision == "2");
        await edge.StopControlAsync();

        await edge.RestartAsync(options => Joined(options, id));

        Assert.Equal((NotReady, "draining\n"), await AskAsync(edge));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(System.IO.Path.Combine(edge.Directory, "fleet.json")));
    }

    [Fact]
    public async Task An_edge_tells_what_it_is_once_and_with_the_ports_that_it_took()
    {
        await using var edge = await TestEdge.StartAsync();
        NodeFacts? told = null;
        var waiting = edge.Control.WaitForReportAsync(report => (told = report.Facts) is not null);
        await JoinAsync(edge);
        await waiting;

        Assert.Equal((edge.Server.Http.Port, edge.Server.Https.Port, "1.0"), (told!.HttpPort, told.HttpsPort, told.ProgramVersion));
        await edge.Control.WaitForReportAsync(static report => report.Facts is null);
    }

    /// <summary>Restarts the edge as a machine of a fleet.</summary>
    /// <returns>Its id.</returns>
    private static async Task<string> JoinAsync(TestEdge edge)
    {
        await edge.RestartAsync(static options => Joined(options, "edge-7"));
        await edge.Server.Connected;
        return "edge-7";
    }

    private static EdgeOptions Joined(EdgeOptions options, string id)
    {
        using var authority = new TestAuthority();
        return options with
        {
            Identity = new FleetIdentity(new FleetCredentials(new FleetName(NodeRole.Edge, id), authority.IssueClient(id), new FleetTrust([authority.Root]))),
            Facts = new NodeFacts { Role = NodeRole.Edge, ProgramVersion = "1.0" },
        };
    }

    private static FleetDirectory Directory(string revision, string id, NodeState state) => new()
    {
        Revision = revision,
        Nodes = [new NodeConfig { Id = id, Pop = "fra1", Facts = new NodeFacts { Role = NodeRole.Edge, ProgramVersion = "1.0" }, State = state }],
    };

    private static async Task<(string Status, string Body)> AskAsync(TestEdge edge, string path = Path)
    {
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync($"GET {path} HTTP/1.1\r\nHost: 192.0.2.1\r\nConnection: close\r\n\r\n");
        var head = await viewer.ReadHeadAsync();
        var body = await viewer.ReadToEndAsync();
        return (head[..head.IndexOf('\r', StringComparison.Ordinal)], body);
    }
}
