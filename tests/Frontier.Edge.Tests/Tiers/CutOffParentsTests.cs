// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Edge.Tests.Tiers;

/// <summary>
/// Where a whole point of presence is cut off its machines know equally little of the purge log, so what one of them has stored is no better than what
/// another has: a distribution that is to be served with care is asked of its origin.
/// </summary>
public sealed class CutOffParentsTests
{
    [Theory]
    [InlineData(CutOffChoice.Serve, "old")]
    [InlineData(CutOffChoice.Revalidate, "new")]
    [InlineData(CutOffChoice.Bypass, "new")]
    public async Task A_parent_that_is_cut_off_does_not_answer_for_what_it_has_stored_DP_27_8(CutOffChoice choice, string served)
    {
        await using var fleet = await TestFleet.StartAsync((_, distribution) => distribution with { WhenCutOff = choice }, null, ("fra1", 2, 0));
        var (owner, other) = fleet.OwnerOf("/a");
        fleet.Origin.On("/a").Reply(200, "old", ("Cache-Control", "max-age=600"), ("ETag", "\"1\""));
        await owner.GetAsync("/a");
        await other.GetAsync("/a");
        Assert.Equal(1, fleet.Origin.Requests("/a"));
        foreach (var node in fleet.Nodes)
        {
            await node.Control.DisposeAsync();
        }

        fleet.Clock.Advance(TimeSpan.FromSeconds(14)); // the control plane may have said that an invalidation is complete without them
        fleet.Origin.On("/a").Reply(200, "new", ("Cache-Control", "max-age=600"), ("ETag", "\"2\""));

        Assert.Equal(served, (await other.GetAsync("/a")).Body);
    }
}
