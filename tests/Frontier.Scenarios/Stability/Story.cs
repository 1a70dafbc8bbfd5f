// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Stability;

/// <summary>
/// Two sites of one origin on a fleet, with viewers and an owner: one that is served on whatever happens, and one for which a purge that is complete must
/// hold everywhere.
/// </summary>
internal sealed class Story : IAsyncDisposable
{
    private const string Alias = "www.example.com";

    private readonly TestAuthority _authority = new();
    private readonly List<Purge> _purges = [];
    private IReadOnlyList<KnownEdges> _known = [];
    private World? _viewers;
    private SteadyOwner? _owner;
    private string _certificateId = "";
    private string _thumbprint = "";

    private Story(FleetOnNetwork fleet) => Fleet = fleet;

    public FleetOnNetwork Fleet { get; }

    public PromisedSite Steady { get; private set; } = null!;

    public PromisedSite Careful { get; private set; } = null!;

    public World Viewers => _viewers!;

    public SteadyOwner Owner => _owner!;

    /// <summary>Viewers: one for each edge of the point of presence nearest to them.</summary>
    public static int PerContinent => FleetShape.WithTiers.EdgesPerPop;

    private PromisedSite[] Both => [Steady, Careful];

    /// <summary>Null where there can be no such network.</summary>
    public static async Task<Story?> TryBeginAsync()
    {
        if (await FleetOnNetwork.TryStartAsync(FleetShape.WithTiers) is not { } fleet)
        {
            return null;
        }

        var story = new Story(fleet);
        try
        {
            await story.BeginAsync();
            return story;
        }
        catch
        {
            await story.DisposeAsync();
            throw;
        }
    }

    /// <summary>The next version of both sites, which viewers are promised once the purges of the one before are complete.</summary>
    public async Task PublishAsync()
    {
        var version = Fleet.Origin.Publish();
        await CompletedAsync(await PurgeAsync(version), version);
    }

    /// <summary>Of all pages of both sites.</summary>
    public async Task<IReadOnlyList<Purge>> PurgeAsync(int version)
    {
        var made = await Task.WhenAll(Both.Select(site => Fleet.Api.PurgeAsync(site, version)));
        _purges.AddRange(made);
        return made;
    }

    public Task CompletedAsync(IReadOnlyList<Purge> purges, int version) => Task.WhenAll(purges.Select(async purge =>
    {
        await Eventually.IsTrueAsync(async () => await Fleet.Api.StatusOfAsync(purge) == "Completed");
        purge.Site.Promise(version);
    }));

    /// <summary>All edges give the newest version, of both sites or of those said.</summary>
    public async Task EveryEdgeShowsAsync(params IReadOnlyList<PromisedSite> sites)
    {
        foreach (var site in sites.Count > 0 ? sites : Both)
        {
            await ShowAsync(Fleet.Edges, site);
        }
    }

    public Task ShowAsync(IEnumerable<NetworkHost> edges, PromisedSite site) => Task.WhenAll(edges.Select(async edge =>
    {
        var answer = await AskAsync(edge, site, SiteOrigin.Page);
        Assert.True(answer == (HttpStatusCode.OK, SiteOrigin.PageOf(Fleet.Origin.Version)), $"{edge.Name} says of {site.Name}, of which there is version {Fleet.Origin.Version}: {answer}");
    }));

    /// <summary>Viewers go again where they went before, once these edges answer: DNS sends nobody to an edge before it has found that out.</summary>
    public async Task AllBackAsync(IEnumerable<NetworkHost> edges)
    {
        await AnsweringAsync(edges);
        foreach (var known in _known)
        {
            known.AllBack();
        }
    }

    public static async Task<(HttpStatusCode Status, string Page)> AskAsync(NetworkHost edge, PromisedSite site, string path)
    {
        using var client = new HttpClient { Timeout = FrontierProcess.Patience };
        return await SteadyViewer.AskAsync(client, edge, site.Site.Domain, path, CancellationToken.None);
    }

    public Task EveryEdgeHasItsCertificateAsync() => Task.WhenAll(Fleet.Edges.Select(async edge => Assert.Equal(_thumbprint, await ShownCertificate.ThumbprintOfAsync(edge.Address, Alias))));

    /// <summary>Everything that the API accepted is there, once, and complete.</summary>
    /// <returns>The number of invalidations.</returns>
    public async Task<int> NothingIsLostAsync()
    {
        await Owner.FinishAsync();
        var total = 0;
        foreach (var site in Both)
        {
            var accepted = _purges.Where(purge => purge.Site == site).Select(static purge => purge.Id).Concat(site == Steady ? Owner.Accepted : []).Order().ToList();
            Assert.Equal(accepted, (await Fleet.Api.ListInvalidationsAsync(site)).Keys.Order());
            await Eventually.IsTrueAsync(async () => (await Fleet.Api.ListInvalidationsAsync(site)).Values.All(static status => status == "Completed"));
            Assert.Equal("Deployed", await Fleet.Api.StatusOfAsync(site));
            total += accepted.Count;
        }

        Assert.Equal(Both.Length, await Fleet.Api.CountDistributionsAsync());
        Assert.Equal([_certificateId], await Fleet.Api.ListCertificatesAsync());
        await EveryEdgeHasItsCertificateAsync();
        return total;
    }

    public async ValueTask DisposeAsync()
    {
        await (_viewers?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_owner?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Fleet.DisposeAsync();
        _authority.Dispose();
    }

    private Task AnsweringAsync(IEnumerable<NetworkHost> edges) => Task.WhenAll(edges.SelectMany(edge => Both, static (edge, site) => (edge, site)).Select(async found =>
    {
        foreach (var path in new[] { SiteOrigin.Page, SiteOrigin.Brief, $"{SiteOrigin.New}{Guid.NewGuid()}" })
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(found.edge, found.site, path)).Status);
        }
    }));

    /// <summary>The edge of its own, the one beside it, and those of the other continents in turn.</summary>
    private IReadOnlyList<NetworkHost> EdgesFor(int viewer)
    {
        var pop = viewer / PerContinent;
        var own = Fleet.EdgesOf(pop);
        return
        [
            .. viewer % PerContinent == 0 ? own : own.Reverse(),
            .. Enumerable.Range(1, FleetOnNetwork.Pops.Count - 1).SelectMany(further => Fleet.EdgesOf((pop + further) % FleetOnNetwork.Pops.Count)),
        ];
    }

    private async Task BeginAsync()
    {
        using var certificate = _authority.Issue(Alias);
        _thumbprint = certificate.Thumbprint;
        _certificateId = await Fleet.Api.BringCertificateAsync("site", PemText.Of(certificate), PemText.OfKey(certificate));
        Steady = new PromisedSite("steady", await Fleet.Api.MakeSiteAsync("steady", "serve"));
        Careful = new PromisedSite("careful", await Fleet.Api.MakeSiteAsync("careful", "revalidate", $"""
            <Aliases><Quantity>1</Quantity><Items><CNAME>{Alias}</CNAME></Items></Aliases><ViewerCertificate><IAMCertificateId>{_certificateId}</IAMCertificateId><SSLSupportMethod>sni-only</SSLSupportMethod></ViewerCertificate>
            """));
        await AnsweringAsync(Fleet.Edges);
        (PromisedSite, string)[] round = [(Steady, SiteOrigin.Page), (Careful, SiteOrigin.Page), (Steady, SiteOrigin.Brief), (Steady, SiteOrigin.Page), (Careful, SiteOrigin.Page), (Steady, SiteOrigin.New)];
        _known = [.. Enumerable.Range(0, PerContinent * Network.Viewers.Count).Select(viewer => new KnownEdges(EdgesFor(viewer)))];
        _viewers = new World([.. _known.Select((edges, number) => new SteadyViewer(number, Network.Viewers[number / PerContinent], edges, round))]);
        _owner = new SteadyOwner(Fleet.Api, Steady);
    }
}
