// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Tests.Harness;
using Frontier.Testing;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Feed;

/// <summary>How long an edge has been silent is elapsed time: somebody may set the control plane's clock.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task An_edge_that_was_heard_a_moment_ago_is_waited_for_whatever_the_clock_is_set_to(int minutes)
    {
        await using var control = await TestControl.StartAsync();
        var both = new[] { control.ReportAsync("slow", 0, 0), control.ReportAsync("fast", 0, 0) };
        var id = (await control.CallAsync("POST", "distribution", Distribution())).Text("Id")!;
        await Task.WhenAll(both);
        both = [control.ReportAsync("slow", 1, 0), control.ReportAsync("fast", 1, 0)];
        await Eventually.IsTrueAsync(async () => (await control.CallAsync("GET", $"distribution/{id}")).Text("Status") == "Deployed");

        control.Clock.Set(TimeSpan.FromMinutes(minutes));
        var path = $"distribution/{id}/invalidation/" + (await control.CallAsync("POST", $"distribution/{id}/invalidation", Invalidation("r", "/a"))).Text("Id");
        await Task.WhenAll(both);
        var fast = control.ReportAsync("fast", 1, 1);
        await Eventually.IsTrueAsync(async () => (await control.Store.ListEdgesAsync(TimeSpan.FromDays(1), default)).Any(static edge => edge is { EdgeId: "fast", InvalidationPosition: 1 }));
        Assert.Equal("InProgress", (await control.CallAsync("GET", path)).Text("Status"));

        var slow = control.ReportAsync("slow", 1, 1);
        await Eventually.IsTrueAsync(async () => (await control.CallAsync("GET", path)).Text("Status") == "Completed");
        Assert.False(fast.IsCompleted || slow.IsCompleted);
    }
}
