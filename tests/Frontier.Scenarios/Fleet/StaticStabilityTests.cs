// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Fleet;

/// <summary>
/// What may die while viewers are served: everything but the last edge. Real processes on a network of their own, viewers on three
/// continents who ask all the time; every error of theirs is counted, and none is allowed that the design does not predict.
/// </summary>
public sealed class StaticStabilityTests : IAsyncLifetime
{
    private FleetOnNetwork? _fleet;

    private FleetOnNetwork Fleet => _fleet!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Network.IsAllowed && Command.Exists("nginx") && Command.Exists("setpriv") && Directory.Exists("/usr/lib/postgresql"), "The story needs to be root, and ip, nginx and PostgreSQL.");
        _fleet = await FleetOnNetwork.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_fleet is not null)
        {
            await _fleet.DisposeAsync();
        }
    }

    [Fact]
    public async Task Viewers_are_served_whatever_else_dies_and_no_purge_is_lost()
    {
        Fleet.Publish("/page", "version 1");
        var site = await Fleet.MakeSiteAsync("steady");
        var careful = await Fleet.MakeSiteAsync("careful", whenCutOff: "revalidate");
        await using var europe = new SteadyViewers(Network.Viewers[0], Fleet.EdgesFor(0), site.Domain, "/page");
        await using var america = new SteadyViewers(Network.Viewers[1], Fleet.EdgesFor(1), site.Domain, "/page");
        await using var asia = new SteadyViewers(Network.Viewers[2], Fleet.EdgesFor(2), site.Domain, "/page");
        SteadyViewers[] world = [europe, america, asia];
        await ExpectServedAsync(world, "at the beginning");
        await EveryEdgeSaysAsync(site, "version 1");
        await EveryEdgeSaysAsync(careful, "version 1");

        await Fleet.Control.KillAsync();
        await ExpectServedAsync(world, "without the control plane");
        await Fleet.Database.KillAsync();
        await ExpectServedAsync(world, "without the database");
        foreach (var edge in Fleet.EdgesOf(1))
        {
            await edge.KillAsync();
            await Fleet.StartEdgeAsync(edge);
            await ExpectServedAsync(world, "while an edge starts again with no control plane");
        }

        await Fleet.StartDatabaseAsync();
        await Fleet.StartControlAsync();
        await Eventually.IsTrueAsync(async () => await Fleet.CountInServiceAsync() == 7);

        Fleet.Publish("/page", "version 2");
        await Fleet.InvalidateAsync(site, "two");
        await EveryEdgeSaysAsync(site, "version 2");

        await Fleet.Edges[0].KillAsync();
        await ExpectServedAsync(world, "without one edge");
        await Fleet.Edges[1].KillAsync();
        await ExpectServedAsync(world, "without a whole point of presence");
        await Fleet.Regional.KillAsync();
        Fleet.Publish("/other", "never asked for before");
        using (var viewer = new HttpClient())
        {
            Assert.Equal((HttpStatusCode.OK, "never asked for before"), await SteadyViewers.AskAsync(viewer, Fleet.Edges[2].Address, site.Domain, "/other", default));
        }

        await ExpectServedAsync(world, "without the regional cache");
        await Fleet.StartEdgeAsync(Fleet.Edges[0]);
        await Fleet.StartEdgeAsync(Fleet.Edges[1]);
        await Fleet.StartRegionalAsync();
        await Eventually.IsTrueAsync(async () => await Fleet.CountInServiceAsync() == 7);

        await Fleet.Origin.KillAsync();
        await ExpectServedAsync(world, "without the origin");
        await Fleet.StartOriginAsync();

        // A point of presence that the control plane cannot reach is no longer waited for; what it serves meanwhile is the owner's choice.
        foreach (var edge in Fleet.EdgesOf(2))
        {
            await edge.CutFromAsync(Fleet.Control);
        }

        Fleet.Publish("/page", "version 3");
        await Fleet.InvalidateAsync(site, "three");
        await Fleet.InvalidateAsync(careful, "three");
        foreach (var edge in Fleet.EdgesOf(0).Concat(Fleet.EdgesOf(1)))
        {
            await EdgeSaysAsync(edge, site, "version 3");
        }

        await EveryEdgeSaysAsync(careful, "version 3");
        await ExpectServedAsync(world, "with a point of presence cut off");
        foreach (var edge in Fleet.EdgesOf(2))
        {
            await edge.HealFromAsync(Fleet.Control);
        }

        await Eventually.IsTrueAsync(async () => await Fleet.CountInServiceAsync() == 7);
        await Eventually.IsTrueAsync(() => asia.Page == "version 3");
        await EveryEdgeSaysAsync(site, "version 3");

        foreach (var edge in Fleet.Edges)
        {
            await edge.CutAsync();
            await ExpectServedAsync(world, $"with the cable of {edge.Namespace} pulled");
            await edge.HealAsync();
        }

        // Nothing was lost: both distributions are there, deployed, and so are their invalidations.
        foreach (var (made, invalidations) in new[] { (site, 2), (careful, 1) })
        {
            Assert.Equal("Deployed", (await Fleet.Api.SendAsync(HttpMethod.Get, $"/2020-05-31/distribution/{made.Id}")).Expect(200).Element("Status"));
            Assert.Equal(invalidations.ToString(System.Globalization.CultureInfo.InvariantCulture), (await Fleet.Api.SendAsync(HttpMethod.Get, $"/2020-05-31/distribution/{made.Id}/invalidation")).Expect(200).Element("Quantity"));
        }
    }

    /// <summary>Each continent's viewers are answered twenty more times, with no error in between.</summary>
    private static async Task ExpectServedAsync(SteadyViewers[] world, string when)
    {
        foreach (var viewers in world)
        {
            var before = viewers.Answers;
            await Eventually.IsTrueAsync(() => viewers.Answers >= before + 20);
            Assert.True(viewers.TakeErrors() is [], $"Viewers saw errors {when}.");
        }
    }

    private async Task EveryEdgeSaysAsync(Site site, string page)
    {
        foreach (var edge in Fleet.Edges)
        {
            await EdgeSaysAsync(edge, site, page);
        }
    }

    private static async Task EdgeSaysAsync(NetworkHost edge, Site site, string page)
    {
        using var viewer = new HttpClient();
        Assert.Equal((HttpStatusCode.OK, page), await SteadyViewers.AskAsync(viewer, edge.Address, site.Domain, "/page", default));
    }
}
