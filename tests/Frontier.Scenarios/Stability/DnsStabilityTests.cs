// SPDX-License-Identifier: Apache-2.0

using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Stability;

/// <summary>
/// DNS leads viewers past whatever dies (NB-5.7). Real processes on a network of their own: two DNS servers, three points of presence, and viewers on
/// three continents who ask DNS for every page; every fault is counted, and none is allowed that the design does not predict
/// (docs/operations/static-stability.md).
/// </summary>
public sealed class DnsStabilityTests : IAsyncLifetime
{
    private const int Europe = 0;
    private const int America = 1;
    private const int Asia = 2;

    /// <summary>In which the edges of a place that dies are answered no more; what resolvers keep comes on top.</summary>
    private static readonly TimeSpan MovedWithin = TimeSpan.FromSeconds(10);

    private DnsStory? _story;

    private DnsStory Story => _story!;

    private FleetOnNetwork Fleet => Story.Fleet;

    private World Viewers => Story.Viewers;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Command.Exists("nginx") && Command.Exists("curl") && Command.Exists("dig") && StoreServer.IsInstalled, "The story needs nginx, curl, dig and PostgreSQL; eng/test.sh installs them.");
        _story = await DnsStory.TryBeginAsync();
        Assert.SkipUnless(_story is not null, "The story needs to be root, and to be allowed to make network namespaces with ip (apt-get install iproute2).");
    }

    public ValueTask DisposeAsync() => _story?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Viewers_of_each_continent_are_sent_to_their_own_place_and_past_whatever_dies()
    {
        await EachContinentHasItsPlaceAsync();
        await APlaceIsDrainedAsync();
        await PlacesDieAsync();
        await ControlPlaneAndDnsServersDieAsync();

        TestContext.Current.TestOutputHelper?.WriteLine(Viewers.Book);
        TestContext.Current.TestOutputHelper?.WriteLine(Story.Moves);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Viewers.TotalAnswers} answers.");
    }

    private async Task EachContinentHasItsPlaceAsync()
    {
        await Story.AllSentHomeAsync();
        foreach (var continent in Enumerable.Range(0, FleetOnNetwork.Pops.Count))
        {
            var own = Assert.Single(Fleet.EdgesOf(continent)).Address;
            foreach (var server in Fleet.DnsNodes)
            {
                // By the address of the resolver, and by what a resolver far away tells of its client (RFC 7871).
                await Eventually.IsTrueAsync(async () => (await Story.DigAsync(server, continent, Story.Site.Site.Domain)).SequenceEqual([own]));
                Assert.Equal([own], await Story.DigAsync(server, (continent + 1) % FleetOnNetwork.Pops.Count, Story.Site.Site.Domain, $"+subnet={Continents.Networks[continent]}"));
            }

            Assert.Equal($"{SiteOrigin.PageOf(Fleet.Origin.Version)} from {own}", await Story.FetchAsync(continent, own));
        }

        await Viewers.ServedAsync("nothing");
    }

    private async Task APlaceIsDrainedAsync()
    {
        await Fleet.Api.DrainPopAsync(FleetOnNetwork.Pops[America], isDrained: true);
        await Story.SentToAsync(America, [.. Fleet.EdgesOf(Europe), .. Fleet.EdgesOf(Asia)]);
        await Viewers.ServedAsync("nothing: a place is drained");
        await Fleet.Api.DrainPopAsync(FleetOnNetwork.Pops[America], isDrained: false);
        await Story.AllSentHomeAsync();
        await Viewers.ServedAsync("nothing: it is open again");
    }

    private async Task PlacesDieAsync()
    {
        await FallsAsync(Asia, "a place killed", static edge => edge.KillAsync());
        await FallsAsync(Europe, "another place without power", static edge => edge.PowerOffAsync());
        await Task.WhenAll(Fleet.EdgesOf(Europe).Select(static edge => edge.HealAsync()));
        await Task.WhenAll(Fleet.EdgesOf(Europe).Concat(Fleet.EdgesOf(Asia)).Select(Fleet.StartEdgeAsync));
        await Story.AllSentHomeAsync();
        await Viewers.ServedAsync("nothing: they are back");
    }

    private async Task ControlPlaneAndDnsServersDieAsync()
    {
        await Task.WhenAll(Fleet.Control.KillAsync(), Fleet.Store.Host.KillAsync());
        await Viewers.ServedAsync("the control plane and PostgreSQL killed");

        // Each DNS server starts with nobody but what lies on its disk, while the other one is there, and answers by itself when that one is gone.
        foreach (var server in Fleet.DnsNodes)
        {
            await server.KillAsync();
            await Viewers.ServedAsync($"besides {(server == Fleet.DnsNodes[0] ? "one DNS server" : "the other")} killed");
            await Fleet.StartDnsAsync(server);
        }

        await Viewers.ServedAsync("control plane and PostgreSQL dead, both DNS servers started since");
        await FallsAsync(America, "besides a place killed", static edge => edge.KillAsync());
        await Task.WhenAll(Fleet.EdgesOf(America).Select(Fleet.StartEdgeAsync));
        await Story.AllSentHomeAsync();
        await Viewers.ServedAsync("control plane and PostgreSQL dead, that place started again");

        // What changes from now on reaches DNS servers that started without anybody.
        await Fleet.Store.StartAsync();
        await Fleet.StartControlAsync();
        await Fleet.AllHeardAsync();
        var another = await Fleet.Api.MakeSiteAsync("another", "serve");
        foreach (var server in Fleet.DnsNodes)
        {
            await Eventually.IsTrueAsync(async () => (await Story.DigAsync(server, Asia, another.Domain)).SequenceEqual([Fleet.EdgesOf(Asia)[0].Address]));
        }

        await Viewers.ServedAsync("nothing: they are back, with a new distribution");
    }

    private async Task FallsAsync(int continent, string broken, Func<NetworkHost, Task> fall)
    {
        var place = Fleet.EdgesOf(continent);
        Assert.InRange(await Story.MovedAsync(continent, broken, fall), TimeSpan.Zero, MovedWithin);
        bool IsThere(ViewerFault fault) => place.Contains(fault.Edge!);
        await Viewers.ServedAsync(
            broken,
            new Prediction(ViewerFaultKind.Moved, int.MaxValue, "attempts of its viewers there, until DNS sends them elsewhere") { Where = IsThere },
            new Prediction(ViewerFaultKind.Unanswered, int.MaxValue, "the same, since it has one edge alone") { Where = IsThere });
    }
}
