// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Decisions.Tiers;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Harness;

/// <summary>
/// Machines of a fleet in one process, over real sockets and with certificates of one authority, before one scripted origin. All serve the
/// usual distribution of <see cref="TestEdge"/>.
/// </summary>
internal sealed class TestFleet : IAsyncDisposable
{
    private static readonly ImmutableArray<PopConfig> Pops =
    [
        new() { Name = "dub1", Latitude = 53.4, Longitude = -6.3, Zone = PriceClassZone.Europe, Region = "eu-west-1" },
        new() { Name = "fra1", Latitude = 50.0, Longitude = 8.6, Zone = PriceClassZone.Europe, Region = "eu-central-1" },
        new() { Name = "iad1", Latitude = 38.9, Longitude = -77.4, Zone = PriceClassZone.NorthAmerica, Region = "us-east-1" },
    ];

    private readonly TestFleetAuthority _authority;
    private long _version;
    private int _revision;

    private TestFleet() => _authority = new TestFleetAuthority(Clock.GetUtcNow());

    public ScriptedOrigin Origin { get; } = ScriptedOrigin.Start();

    /// <summary>The second one of a group, where there is one.</summary>
    public ScriptedOrigin Second { get; } = ScriptedOrigin.Start();

    public ManualTimeProvider Clock { get; } = new();

    public TestFleetAuthority Authority => _authority;

    public List<TestNode> Nodes { get; } = [];

    public IEnumerable<TestNode> Edges => Nodes.Where(static node => node.Role is NodeRole.Edge);

    public IEnumerable<TestNode> Regionals => Nodes.Where(static node => node.Role is NodeRole.Regional);

    /// <summary>Starts edges and regional caches, each as often as said, at the places said: <c>("fra1", 2, 1)</c>.</summary>
    public static async Task<TestFleet> StartAsync(
        Func<TestFleet, DistributionConfig, DistributionConfig>? change, Func<EdgeOptions, EdgeOptions>? options, params (string Pop, int Edges, int Regionals)[] places)
    {
        var fleet = new TestFleet();
        foreach (var (pop, edges, regionals) in places)
        {
            for (var i = 0; i < edges; i++)
            {
                await fleet.AddAsync($"edge-{pop}-{i}", pop, NodeRole.Edge, options);
            }

            for (var i = 0; i < regionals; i++)
            {
                await fleet.AddAsync($"regional-{pop}-{i}", pop, NodeRole.Regional, options);
            }
        }

        await fleet.ConfigureAsync(change);
        await fleet.TellDirectoryAsync();
        return fleet;
    }

    public static Task<TestFleet> StartAsync(params (string Pop, int Edges, int Regionals)[] places) => StartAsync(null, null, places);

    /// <summary>Publishes the usual distribution, changed, as the next version, to all machines or to those said.</summary>
    public async Task ConfigureAsync(Func<TestFleet, DistributionConfig, DistributionConfig>? change, params IReadOnlyList<TestNode> only)
    {
        var snapshot = new ConfigSnapshot
        {
            Version = ++_version,
            CreatedAt = Clock.GetUtcNow(),
            Distributions = [change is null ? Distribution() : change(this, Distribution())],
            CachePolicies = TestPolicies.Cache,
            OriginRequestPolicies = TestPolicies.OriginRequest,
            ResponseHeadersPolicies = TestPolicies.ResponseHeaders,
        };
        foreach (var node in only.Count > 0 ? only : Nodes)
        {
            node.Control.Publish(snapshot);
            await node.Control.WaitForReportAsync(report => report.SnapshotVersion == snapshot.Version);
        }
    }

    /// <summary>Makes the directory, as the machines are now, the one that counts for all.</summary>
    public Task TellDirectoryAsync() => TellAsync(Directory(Nodes.Select(static node => node.Config)), Nodes);

    public static Task TellAsync(FleetDirectory directory, IEnumerable<TestNode> nodes) => Task.WhenAll(nodes.Select(node =>
    {
        node.Control.Publish(directory);
        return node.Control.WaitForReportAsync(report => report.FleetRevision == directory.Revision);
    }));

    public FleetDirectory DirectoryWithout(TestNode removed) => Directory(Nodes.Where(node => node != removed).Select(static node => node.Config));

    public FleetDirectory DirectoryWith(NodeConfig added) => Directory(Nodes.Select(static node => node.Config).Append(added));

    /// <summary>An answer for which a parent may have to be waited for as long as it is waited for at most.</summary>
    public async Task<ViewerAnswer> PassingTime(Task<ViewerAnswer> answer)
    {
        var looks = 0;
        await Eventually.IsTrueAsync(() =>
        {
            if (!answer.IsCompleted && ++looks % 20 == 0)
            {
                Clock.Advance(TimeSpan.FromMilliseconds(210)); // not all at once: who answers must have had the time for it
            }

            return answer.IsCompleted;
        });
        return await answer;
    }

    /// <summary>Invalidates at all machines and waits until each has acknowledged it.</summary>
    public async Task InvalidateAsync(params ImmutableArray<string> paths) => await Task.WhenAll(Nodes.Select(node => node.Control.InvalidateAsync(TestEdge.Id, paths)));

    /// <summary>The edge of a point of presence that owns a path's key, and one that does not.</summary>
    public (TestNode Owner, TestNode Other) OwnerOf(string path, string pop = "fra1")
    {
        var key = TierKey.Of(System.Text.Encoding.ASCII.GetBytes($"{TestEdge.Id}\0{path}\0"));
        var edges = Edges.Where(node => node.Pop == pop).ToList();
        var owner = Rendezvous.Order([.. edges.Select(node => TierNode.Of(node.Config)!)], key.Hash)[0].Id;
        return (edges.Single(node => node.Id == owner), edges.First(node => node.Id != owner));
    }

    public DistributionConfig Distribution() => new()
    {
        Id = TestEdge.Id,
        Arn = $"arn:aws:cloudfront::000000000000:distribution/{TestEdge.Id}",
        DomainName = TestEdge.Host,
        Enabled = true,
        Origins = [OriginConfig()],
        DefaultBehavior = TestEdge.Behavior("*"),
    };

    public OriginConfig OriginConfig() => new() { Id = "origin", DomainName = "127.0.0.1", Protocol = OriginProtocol.HttpOnly, HttpPort = Origin.Port };

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Origin.DisposeAsync();
        await Second.DisposeAsync();
        _authority.Dispose();
    }

    private FleetDirectory Directory(IEnumerable<NodeConfig> nodes) => new()
    {
        Revision = (++_revision).ToString(System.Globalization.CultureInfo.InvariantCulture),
        Pops = Pops,
        Nodes = [.. nodes.OrderBy(static node => node.Id, StringComparer.Ordinal)],
    };

    private async Task AddAsync(string id, string pop, NodeRole role, Func<EdgeOptions, EdgeOptions>? options) =>
        Nodes.Add(await TestNode.StartAsync(id, pop, role, _authority.IdentityOf(role, id), Clock, options));
}
