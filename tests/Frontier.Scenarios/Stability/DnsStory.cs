// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Globalization;
using System.Net;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Stability;

/// <summary>A site on a fleet with DNS servers, and viewers on three continents who go where those send them.</summary>
internal sealed class DnsStory : IAsyncDisposable
{
    private readonly List<string> _moves = [];
    private IReadOnlyList<Resolver> _resolvers = [];
    private World? _viewers;

    private DnsStory(FleetOnNetwork fleet) => Fleet = fleet;

    public FleetOnNetwork Fleet { get; }

    public PromisedSite Site { get; private set; } = null!;

    public World Viewers => _viewers!;

    /// <summary>How long it took until each continent went elsewhere, a line each.</summary>
    public string Moves => string.Join('\n', _moves);

    /// <summary>Null where there can be no such network.</summary>
    public static async Task<DnsStory?> TryBeginAsync()
    {
        if (await FleetOnNetwork.TryStartAsync(FleetShape.WithDns) is not { } fleet)
        {
            return null;
        }

        var story = new DnsStory(fleet);
        try
        {
            story.Site = new PromisedSite("site", await fleet.Api.MakeSiteAsync("site", "serve"));
            story._resolvers = [.. Network.Viewers.Select(from => new Resolver(from, fleet.DnsNodes, fleet.Edges))];
            story._viewers = new World([.. story._resolvers.Select((resolver, number) => new SteadyViewer(number, Network.Viewers[number], resolver, [(story.Site, SiteOrigin.Page), (story.Site, SiteOrigin.Brief)]))]);
            return story;
        }
        catch
        {
            await story.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns once the viewers of a continent are sent to these edges and no other.</summary>
    public Task SentToAsync(int continent, IReadOnlyList<NetworkHost> edges) => Eventually.IsTrueAsync(() => _resolvers[continent].Edges is { Count: > 0 } told && told.All(edges.Contains));

    public async Task AllSentHomeAsync()
    {
        foreach (var continent in Enumerable.Range(0, FleetOnNetwork.Pops.Count))
        {
            await SentToAsync(continent, Fleet.EdgesOf(continent));
        }
    }

    /// <summary>A point of presence does not serve any more: its viewers are sent elsewhere.</summary>
    /// <param name="fall">Brings that about.</param>
    /// <returns>How long it took since then; what resolvers keep comes on top, which is asserted to be no more than the promise.</returns>
    public async Task<TimeSpan> MovedAsync(int continent, string why, Func<NetworkHost, Task> fall)
    {
        var place = Fleet.EdgesOf(continent);
        await SentToAsync(continent, place);
        await Task.WhenAll(place.Select(fall));

        // A resolver of its own, for the viewer's is asked no more often than the viewer has the time.
        var since = Stopwatch.GetTimestamp();
        var resolver = new Resolver(Network.Viewers[continent], Fleet.DnsNodes, Fleet.Edges);
        await Eventually.IsTrueAsync(async () => await resolver.FindAsync(Site.Site.Domain, CancellationToken.None) is { Count: > 0 } told && !told.Intersect(place).Any());
        var took = Stopwatch.GetElapsedTime(since);
        await SentToAsync(continent, [.. Fleet.Edges.Except(place)]);
        var ttl = resolver.Ttl;
        Assert.InRange(ttl, 1u, 60u);
        _moves.Add(string.Create(CultureInfo.InvariantCulture, $"{why}: answered elsewhere after {took.TotalSeconds:0.0} s; resolvers keep what they have for {ttl} s at most"));
        return took;
    }

    /// <summary>The addresses that one of the servers tells, as <c>dig</c> sees them.</summary>
    /// <param name="continent">Where the resolver is that asks.</param>
    /// <param name="more">Flags of <c>dig</c>.</param>
    public async Task<IReadOnlyList<IPAddress>> DigAsync(NetworkHost server, int continent, string name, params IReadOnlyList<string> more)
    {
        var result = await Command.RunAsync("dig", [$"@{server.Address}", "-b", $"{Network.Viewers[continent]}", "+short", "+tries=1", "+time=2", .. more, name, "A"], FrontierProcess.Patience);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => IPAddress.TryParse(line, out var address) ? address : IPAddress.None)];
    }

    /// <summary>A page as a viewer of a continent fetches it, from an address that DNS told.</summary>
    public async Task<string> FetchAsync(int continent, IPAddress address)
    {
        var domain = Site.Site.Domain;
        var result = await Command.RunAsync(
            "curl", ["-sS", "--noproxy", "*", "--interface", $"{Network.Viewers[continent]}", "--resolve", $"{domain}:80:{address}", "-w", " from %{remote_ip}", $"http://{domain}{SiteOrigin.Page}"], FrontierProcess.Patience);
        return result.Output;
    }

    public async ValueTask DisposeAsync()
    {
        await (_viewers?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Fleet.DisposeAsync();
    }
}
