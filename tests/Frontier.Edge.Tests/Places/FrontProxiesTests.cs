// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts;
using Frontier.Decisions.Models;
using Frontier.Edge.Places;

namespace Frontier.Edge.Tests.Places;

/// <summary>Who the viewer is behind proxies that say so.</summary>
public sealed class FrontProxiesTests
{
    private static readonly IPAddress Blocked = IPAddress.Parse("203.0.113.7");

    [Fact]
    public async Task Whom_a_trusted_proxy_names_is_the_viewer_in_lists_of_countries_logs_and_at_the_origin()
    {
        await using var edge = await StartAsync(isTrusted: true);
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=600"));

        var refused = await edge.GetAsync("/a", ("X-Forwarded-For", "203.0.113.7"));
        Assert.Equal(403, refused.Status);
        Assert.Equal(Blocked, (await edge.Records.OfAsync(refused)).Client.Address);

        var served = await edge.GetAsync("/a", ("X-Forwarded-For", "198.51.100.9:4711"));
        Assert.Equal(200, served.Status);
        Assert.Equal("198.51.100.9:4711", (await edge.Records.OfAsync(served)).Client.ToString());
        Assert.Equal("198.51.100.9:4711, 127.0.0.1", edge.Origin.Last("/a").Header("X-Forwarded-For"));
    }

    [Fact]
    public async Task What_is_in_the_cache_stays_closed_to_whom_the_proxy_names()
    {
        await using var edge = await StartAsync(isTrusted: true);
        edge.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=600"));
        await edge.GetAsync("/a", ("X-Forwarded-For", "198.51.100.9"));

        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a", ("X-Forwarded-For", "198.51.100.9"))).Cache);
        Assert.Equal(403, (await edge.GetAsync("/a", ("X-Forwarded-For", "198.51.100.9, 203.0.113.7"))).Status);
    }

    [Fact]
    public async Task A_viewer_names_no_other_itself()
    {
        await using var edge = await StartAsync(isTrusted: false);
        edge.Origin.On("/a").Reply(200, "hello");

        var answer = await edge.GetAsync("/a", ("X-Forwarded-For", "203.0.113.7"));
        Assert.Equal(200, answer.Status);
        Assert.Equal(IPAddress.Loopback, (await edge.Records.OfAsync(answer)).Client.Address);
    }

    private static Task<TestEdge> StartAsync(bool isTrusted) => TestEdge.StartAsync(
        distribution => distribution with { Countries = new CountriesConfig(false, ["FR"]) },
        options => options with { ViewerPlaces = new OneCountry(), FrontProxies = isTrusted ? [IPNetwork.Parse("127.0.0.0/8")] : [] });

    private sealed class OneCountry : IViewerPlaces
    {
        public ViewerPlace? Find(IPAddress address) => address.Equals(Blocked) ? new ViewerPlace { Country = "FR" } : null;
    }
}
