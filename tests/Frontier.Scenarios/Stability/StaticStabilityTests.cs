// SPDX-License-Identifier: Apache-2.0

using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Stability;

/// <summary>
/// What may die while viewers are served: everything but the last edge. Real processes on a network of their own, viewers on three
/// continents who ask all the time, and an owner who purges all the time; every fault is counted, and none is allowed that the design does not
/// predict (docs/operations/static-stability.md).
/// </summary>
public sealed class StaticStabilityTests : IAsyncLifetime
{
    /// <summary>A parent that is gone is waited for a second, and the owner of a key waits for its own; the rest is for a busy machine.</summary>
    private static readonly TimeSpan TwoTimeouts = TimeSpan.FromSeconds(4);

    private Story? _story;

    private Story Story => _story!;

    private FleetOnNetwork Fleet => Story.Fleet;

    private World Viewers => Story.Viewers;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Command.Exists("nginx") && Command.Exists("curl") && StoreServer.IsInstalled && SteppingClock.Library is not null, "The story needs nginx, curl, PostgreSQL and faketime; eng/test.sh installs them.");
        _story = await Story.TryBeginAsync();
        Assert.SkipUnless(_story is not null, "The story needs to be root, and to be allowed to make network namespaces with ip (apt-get install iproute2).");
    }

    public ValueTask DisposeAsync() => _story?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Viewers_are_served_whatever_else_dies_and_nothing_is_lost()
    {
        await Viewers.ServedAsync("nothing");
        await Story.EveryEdgeShowsAsync();

        await StoreAndControlPlaneDieAsync();
        await ClocksAreSetAsync();
        await EdgesDieAsync();
        await ParentsAndOriginDieAsync();
        await APlaceIsCutOffAsync();

        var invalidations = await Story.NothingIsLostAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(Viewers.Book);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Viewers.TotalAnswers} answers; {invalidations} invalidations, {Story.Owner.Refused} calls for one refused or unanswered while store or control plane were away.");
    }

    private async Task StoreAndControlPlaneDieAsync()
    {
        Assert.Equal(0, Story.Owner.Refused);
        await Fleet.Store.Host.KillAsync();
        await Viewers.ServedAsync("PostgreSQL killed");
        await Eventually.IsTrueAsync(() => Story.Owner.Refused > 0);
        await Fleet.Store.StartAsync();
        await Story.PublishAsync();
        await Story.EveryEdgeShowsAsync();

        await Fleet.Control.KillAsync();
        await Viewers.ServedAsync("the control plane killed");
        await Fleet.Store.Host.KillAsync();
        foreach (var half in new[] { 0, 1 })
        {
            var killed = Enumerable.Range(0, FleetOnNetwork.Pops.Count).Select(pop => Fleet.EdgesOf(pop)[half]).ToList();
            await Task.WhenAll([Fleet.Regional.KillAsync(), .. killed.Select(static edge => edge.KillAsync())]);
            await Task.WhenAll([Fleet.StartRegionalAsync(), .. killed.Select(Fleet.StartEdgeAsync)]);
            await Viewers.ServedAsync($"besides PostgreSQL: {(half == 0 ? "one edge of each place" : "the others")} and the regional cache killed and started again", Moving(killed, killed.Count));
            await Story.AllBackAsync(killed);
        }

        await Viewers.ServedAsync("control plane and PostgreSQL dead, all others started since");
        await Story.EveryEdgeHasItsCertificateAsync();

        await Fleet.Store.StartAsync();
        await Fleet.StartControlAsync();
        await Fleet.AllHeardAsync();
        await Story.PublishAsync();
        await Story.EveryEdgeShowsAsync();
        await Viewers.ServedAsync("nothing: they are back");
    }

    /// <summary>Purges go by positions in a log, and what is good for a second is so by the clock that it was stored by.</summary>
    private async Task ClocksAreSetAsync()
    {
        SteppingClock.Set(Fleet.Edges[FleetShape.WillBeAhead], TimeSpan.FromMinutes(7));
        SteppingClock.Set(Fleet.Edges[FleetShape.WillBeBehind], TimeSpan.FromMinutes(-7));
        await Story.PublishAsync();
        await Story.EveryEdgeShowsAsync();
        Fleet.Origin.Publish();
        foreach (var edge in Fleet.Edges)
        {
            await Eventually.IsTrueAsync(async () => (await Story.AskAsync(edge, Story.Steady, SiteOrigin.Brief)).Page == SiteOrigin.PageOf(Fleet.Origin.Version));
        }

        await Viewers.ServedAsync("one edge's clock set 7 minutes ahead, another's 7 minutes back");
        await Fleet.AllHeardAsync();
    }

    private async Task EdgesDieAsync()
    {
        var one = Fleet.Edges[0];
        await one.KillAsync();
        await Viewers.ServedAsync("an edge killed", Moving([one], 1));

        var place = Fleet.EdgesOf(1);
        await Task.WhenAll(place.Select(static edge => edge.PowerOffAsync()));
        await Fleet.StartEdgeAsync(one);
        await Story.PublishAsync(); // which is complete without those that are off
        await Viewers.ServedAsync("a whole point of presence without power", Moving(place, place.Count * Story.PerContinent));
        await Task.WhenAll(place.Select(static edge => edge.HealAsync()));
        await Task.WhenAll(place.Select(Fleet.StartEdgeAsync));
        await Fleet.AllHeardAsync();
        await Story.EveryEdgeShowsAsync();
        await Story.AllBackAsync([one, .. place]);
        await Viewers.ServedAsync("nothing: they are back, with the purge of meanwhile");
    }

    private async Task ParentsAndOriginDieAsync()
    {
        await Fleet.Regional.PowerOffAsync();
        await Viewers.ServedAsync("the regional cache without power");
        Assert.InRange(Viewers.Slowest, TimeSpan.Zero, TwoTimeouts);
        await Fleet.Regional.HealAsync();
        await Fleet.StartRegionalAsync();

        var place = Fleet.EdgesOf(1);
        await place[0].CutFromAsync(place[1]);
        await Viewers.ServedAsync("the two edges of a place cut from each other");
        await place[0].HealFromAsync(place[1]);

        await Fleet.Origin.Host.KillAsync();
        var unheardOf = new Prediction(ViewerFaultKind.Refused, int.MaxValue, "502 or 504 for what nobody had asked for before")
        {
            Where = static fault => fault.Path.StartsWith(SiteOrigin.New, StringComparison.Ordinal) && fault.Detail is "status 502" or "status 504",
        };
        Assert.NotEmpty(await Viewers.ServedAsync("the origin killed", unheardOf));
        await Fleet.Origin.StartAsync();
        await Fleet.AllHeardAsync();
        await Viewers.ServedAsync("the origin being started", unheardOf);
        await Viewers.ServedAsync("nothing: they are back");
    }

    /// <summary>What a place serves that no control plane reaches is the owner's choice; a purge waits for it as long as it may not know that it is cut off.</summary>
    private async Task APlaceIsCutOffAsync()
    {
        var place = Fleet.EdgesOf(2);
        await Fleet.CutFromControlAsync(place);
        var version = Fleet.Origin.Publish();
        var purges = await Story.PurgeAsync(version);
        Assert.All(await Task.WhenAll(purges.Select(Fleet.Api.StatusOfAsync)), static status => Assert.Equal("InProgress", status));
        await Fleet.HealFromControlAsync(place);
        await Story.CompletedAsync(purges, version);
        await Story.EveryEdgeShowsAsync();
        await Viewers.ServedAsync("a place cut from the control plane for a moment");

        await Fleet.CutFromControlAsync(place);
        await Story.PublishAsync();
        await Story.EveryEdgeShowsAsync(Story.Careful);
        await Story.ShowAsync(Fleet.EdgesOf(0).Concat(Fleet.EdgesOf(1)), Story.Steady);
        var old = new Prediction(ViewerFaultKind.Stale, int.MaxValue, "what that place has stored of the site that is served on") { Where = fault => fault.Site == Story.Steady && place.Contains(fault.Edge!) };
        Assert.NotEmpty(await Viewers.ServedAsync("a place cut from the control plane, a purge complete without it", old));
        await Fleet.HealFromControlAsync(place);
        await Fleet.AllHeardAsync();
        await Story.EveryEdgeShowsAsync();
        await Viewers.ServedAsync("that place being reached again", old);
        await Viewers.ServedAsync("nothing: it has heard of the purge of meanwhile");
    }

    /// <summary>Each viewer learns of each address once that it leads nowhere.</summary>
    private static Prediction Moving(IReadOnlyList<NetworkHost> edges, int most) => new(ViewerFaultKind.Moved, most, "one attempt of each viewer at each address that is gone") { Where = fault => edges.Contains(fault.Edge!) };
}
