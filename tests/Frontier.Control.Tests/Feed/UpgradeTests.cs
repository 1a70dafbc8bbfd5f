// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Feed;

/// <summary>A control plane hears edges of the format of the snapshot before, as in a rolling upgrade (<c>docs/operations/upgrade.md</c>).</summary>
public sealed class UpgradeTests
{
    [Theory]
    [InlineData("format-5")]
    [InlineData("format-6")]
    public async Task An_edge_of_the_version_before_is_given_the_configuration_and_its_acknowledgement_counts(string format)
    {
        await using var control = await TestControl.StartAsync();
        await SendAsync(control, JsonNode.Parse(GoldenFile.Read($"{format}/report.json"))!);
        var id = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201).Text("Id");
        var report = JsonNode.Parse(GoldenFile.Read($"{format}/report.json"))!;

        var answer = await SendAsync(control, report);

        Assert.Equal("InProgress", (await control.CallAsync("GET", $"distribution/{id}")).Text("Status"));
        Assert.Equal((1, 1), ((int)answer["snapshot"]!["version"]!, (int)answer["snapshot"]!["format"]!)); // the lowest that says it all
        Assert.Empty(answer["invalidations"]!.AsArray());
        report["snapshotVersion"] = 1;
        report["snapshotCreatedAt"] = answer["snapshot"]!["createdAt"]!.DeepClone();
        Assert.Null((await SendAsync(control, report))["snapshot"]);
        Assert.Equal("Deployed", (await control.CallAsync("GET", $"distribution/{id}")).Text("Status"));
    }

    private static async Task<JsonNode> SendAsync(TestControl control, JsonNode report)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(control.Address, "/frontier/v1/feed"));
        request.Headers.Authorization = new("Bearer", TestControl.EdgeToken);
        request.Content = new StringContent(report.ToJsonString(), Encoding.UTF8, "application/json");
        using var client = new HttpClient();
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
