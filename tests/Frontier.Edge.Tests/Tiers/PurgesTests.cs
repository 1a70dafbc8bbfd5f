// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;
using FsCheck.Fluent;

namespace Frontier.Edge.Tests.Tiers;

/// <summary>§27 through tiers: an edge that has acknowledged an invalidation gets no copy from before it from any cache above, whatever that has heard.</summary>
public sealed class PurgesTests
{
    [Fact]
    public async Task An_invalidation_reaches_all_tiers_and_the_next_request_goes_to_the_origin_DP_26_1_DP_27_8()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 2, 1));
        fleet.Origin.On("/a").Reply(200, "old", ("Cache-Control", "max-age=600"));
        await Task.WhenAll(fleet.Edges.Select(static edge => edge.GetAsync("/a")));
        fleet.Origin.On("/a").Reply(200, "new", ("Cache-Control", "max-age=600"));
        await fleet.InvalidateAsync("/a");
        Assert.All(await Task.WhenAll(fleet.Edges.Select(static edge => edge.GetAsync("/a"))), static answer => Assert.Equal("new", answer.Body));
        Assert.Equal(2, fleet.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_parent_that_has_not_heard_of_an_invalidation_is_waited_for_a_moment_and_then_passed_over()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        var (edge, regional) = (fleet.Edges.Single(), fleet.Regionals.Single());
        fleet.Origin.On("/a").Reply(200, "old", ("Cache-Control", "max-age=600"));
        await edge.GetAsync("/a");
        fleet.Origin.On("/a").Reply(200, "new", ("Cache-Control", "max-age=600"));
        await edge.Control.InvalidateAsync(TestEdge.Id, ["/a"]);

        Assert.Equal("new", (await fleet.PassingTime(edge.GetAsync("/a"))).Body);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a")).Cache);
        await regional.Control.InvalidateAsync(TestEdge.Id, ["/a"]);
        Assert.Equal("new", (await edge.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task A_parent_that_hears_of_it_within_that_moment_answers()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        var (edge, regional) = (fleet.Edges.Single(), fleet.Regionals.Single());
        fleet.Origin.On("/a").Reply(200, "old", ("Cache-Control", "max-age=600"));
        await edge.GetAsync("/a");
        fleet.Origin.On("/a").Reply(200, "new", ("Cache-Control", "max-age=600"));
        await edge.Control.InvalidateAsync(TestEdge.Id, ["/a"]);
        var answer = edge.GetAsync("/a");
        await regional.Control.InvalidateAsync(TestEdge.Id, ["/a"]);
        Assert.Equal("new", (await answer).Body);
        Assert.Equal($"regional {regional.Id}", (await edge.Records.OfAsync(await answer)).Parent);
    }

    [Fact]
    public async Task What_a_parent_was_fetching_before_an_invalidation_is_not_served_after_it_DP_27_9()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1), ("dub1", 1, 0));
        var (first, second) = (fleet.Edges.First(), fleet.Edges.Last());
        fleet.Origin.On("/a").Reply(200, "old", ("Cache-Control", "max-age=600")).Hold();
        var waiting = first.GetAsync("/a");
        await fleet.Origin.WaitForRequestsAsync("/a", 1);
        await fleet.InvalidateAsync("/a");
        fleet.Origin.On("/a").Once(ScriptedReply.Of(200, "new", ("Cache-Control", "max-age=600")));
        Assert.Equal("new", (await second.GetAsync("/a")).Body);
        fleet.Origin.On("/a").Release();
        Assert.Equal("old", (await waiting).Body); // asked for before
        Assert.Equal("new", (await first.GetAsync("/a")).Body);
    }

    [Fact]
    public async Task A_tag_takes_copies_in_all_tiers_DP_27_12()
    {
        await using var fleet = await TestFleet.StartAsync(static (_, distribution) => distribution with { CacheTagHeader = "X-Tags" }, null, ("fra1", 2, 1));
        fleet.Origin.On("/a").Reply(200, "old", ("Cache-Control", "max-age=600"), ("X-Tags", "one,two"));
        await Task.WhenAll(fleet.Edges.Select(static edge => edge.GetAsync("/a")));
        fleet.Origin.On("/a").Reply(200, "new", ("Cache-Control", "max-age=600"), ("X-Tags", "one"));
        await fleet.InvalidateAsync("#two");
        Assert.All(await Task.WhenAll(fleet.Edges.Select(static edge => edge.GetAsync("/a"))), static answer => Assert.Equal("new", answer.Body));
    }

    /// <summary>
    /// Whatever the order in which the machines hear of invalidations and viewers ask: an edge that has acknowledged one serves nothing from before it.
    /// Each step is one of: the origin changes and the log gets an entry; one machine hears the next entry; one edge is asked.
    /// </summary>
    [Fact]
    public async Task No_edge_serves_a_copy_from_before_an_invalidation_that_it_has_acknowledged_DP_27_8()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 2, 1));
        var nodes = fleet.Nodes.ToList();
        var edges = fleet.Edges.ToList();
        var changes = 0;
        fleet.Origin.On("/a").Handle(_ => ScriptedReply.Of(200, Volatile.Read(ref changes).ToString(System.Globalization.CultureInfo.InvariantCulture), ("ETag", $"\"{changes}\""), ("Cache-Control", "max-age=600")));
        var heard = nodes.ToDictionary(static node => node, static _ => 0);
        foreach (var steps in Gen.Choose(0, 8).ListOf(40).Sample(12))
        {
            foreach (var step in steps)
            {
                if (step == 0)
                {
                    changes++;
                }
                else if (step <= nodes.Count && heard[nodes[step - 1]] < changes)
                {
                    heard[nodes[step - 1]]++;
                    await nodes[step - 1].Control.InvalidateAsync(TestEdge.Id, ["/a"]);
                }
                else if (step > nodes.Count)
                {
                    var edge = edges[step % edges.Count];
                    var answer = await fleet.PassingTime(edge.GetAsync("/a"));
                    Assert.True(int.Parse(answer.Body, System.Globalization.CultureInfo.InvariantCulture) >= heard[edge], $"Served {answer.Body} after {heard[edge]} was acknowledged.");
                }
            }
        }
    }
}
