// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>§6.17, API-6.1, API-6.18: monitoring subscriptions.</summary>
public sealed class MonitoringTests
{
    [Fact]
    public async Task A_subscription_is_made_shown_and_ended()
    {
        await using var control = await TestControl.StartAsync();
        var path = PathOf((await control.CallAsync("POST", "distribution", Distribution())).Text("Id")!);
        (await control.CallAsync("GET", path)).ExpectError(404, "NoSuchMonitoringSubscription");
        (await control.CallAsync("DELETE", path)).ExpectError(404, "NoSuchMonitoringSubscription");

        var created = (await control.CallAsync("POST", path, Subscription("Enabled"))).Expect(200);
        Assert.Equal("MonitoringSubscription", created.Root.Name.LocalName);
        Assert.Equal("Enabled", created.Root.Element(Answer.Ns + "RealtimeMetricsSubscriptionConfig")!.Element(Answer.Ns + "RealtimeMetricsSubscriptionStatus")!.Value);
        Assert.Null(created.ETag); // API-3.2
        (await control.CallAsync("POST", path, Subscription("Disabled"))).ExpectError(409, "MonitoringSubscriptionAlreadyExists");
        await control.RestartAsync();
        Assert.Equal(created.Body, (await control.CallAsync("GET", path)).Expect(200).Body);

        Assert.Equal("", (await control.CallAsync("DELETE", path)).Expect(200).Body);
        (await control.CallAsync("GET", path)).ExpectError(404, "NoSuchMonitoringSubscription");
        (await control.CallAsync("POST", path, Subscription("Disabled"))).Expect(200);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused()
    {
        await using var control = await TestControl.StartAsync();
        var path = PathOf((await control.CallAsync("POST", "distribution", Distribution())).Text("Id")!);

        (await control.CallAsync("POST", path, Subscription("Perhaps"))).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("POST", path, Parse("<MonitoringSubscription/>"))).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("POST", path)).ExpectError(400, "MissingBody");
        (await control.CallAsync("POST", PathOf("ENONE"), Subscription("Enabled"))).ExpectError(404, "NoSuchDistribution");
        (await control.CallAsync("GET", PathOf("ENONE"))).ExpectError(404, "NoSuchDistribution");
        (await control.CallAsync("DELETE", PathOf("ENONE"))).ExpectError(404, "NoSuchDistribution");
    }

    [Fact]
    public async Task A_subscription_goes_with_its_distribution()
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "distribution", Distribution("ref-1", ("Enabled", "false")))).Expect(201);
        var id = created.Text("Id")!;
        (await control.CallAsync("POST", PathOf(id), Subscription("Enabled"))).Expect(200);
        await control.AcknowledgeAsync("edge-1", version: 1, position: 0);
        Assert.True(await control.HasResourceAsync(Store.ResourceKind.MonitoringSubscription, id));
        var before = await control.Store.ReadContentsAsync([], CancellationToken.None);

        (await control.CallAsync("DELETE", $"distribution/{id}", (XElement?)null, created.ETag)).Expect(204);

        // In one transaction: each counts once.
        Assert.Equal(before.Revision + 1, (await control.Store.ReadContentsAsync([], CancellationToken.None)).Revision);

        (await control.CallAsync("GET", PathOf(id))).ExpectError(404, "NoSuchDistribution");
        Assert.False(await control.HasResourceAsync(Store.ResourceKind.MonitoringSubscription, id));
    }

    private static string PathOf(string id) => $"distributions/{id}/monitoring-subscription";

    private static XElement Subscription(string status) => Parse(
        $"<MonitoringSubscription><RealtimeMetricsSubscriptionConfig><RealtimeMetricsSubscriptionStatus>{status}</RealtimeMetricsSubscriptionStatus></RealtimeMetricsSubscriptionConfig></MonitoringSubscription>");
}
