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

    /// <summary>An edge of format 5 would serve wrongly what has format 6: it refuses that, hears all the rest, and takes what both understand again.</summary>
    [Fact]
    public async Task A_setting_that_the_version_before_cannot_serve_waits_for_its_edges_and_names_them_and_can_be_taken_back()
    {
        const string Fault = "The snapshot has format 6; this program reads up to 5.";
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201);
        var (id, resource) = (created.Text("Id")!, "&Resource=" + Uri.EscapeDataString(created.Text("ARN")!));
        var edge = JsonNode.Parse(GoldenFile.Read("format-5/report.json"))!;
        edge["refused"] = null;
        Take(edge, await SendAsync(control, edge));
        await SendAsync(control, edge);
        Assert.Equal("Deployed", (await control.CallAsync("GET", $"distribution/{id}")).Text("Status"));

        (await control.CallAsync("POST", "tagging?Operation=Tag" + resource, Tags(("frontier:when-cut-off", "bypass")))).Expect(204);
        Assert.Equal(6, (int)Configuration(await SendAsync(control, edge))["format"]!);
        edge["refused"] = new JsonObject { ["version"] = 2, ["faults"] = new JsonArray(Fault) };
        await SendAsync(control, edge);
        (await control.CallAsync("POST", $"distribution/{id}/invalidation", Invalidation("purge", "/*"))).Expect(201);

        Assert.Single((await SendAsync(control, edge))["invalidations"]!.AsArray());
        Assert.Equal("InProgress", (await control.CallAsync("GET", $"distribution/{id}")).Text("Status"));
        Assert.Contains($"edge-of-golden: refuses version 2: {Fault}", await ProblemsAsync(control));

        (await control.CallAsync("POST", "tagging?Operation=Untag" + resource, Parse("<TagKeys><Items><Key>frontier:when-cut-off</Key></Items></TagKeys>"))).Expect(204);
        var readable = await SendAsync(control, edge);
        Assert.Equal(1, (int)Configuration(readable)["format"]!);
        Take(edge, readable);
        await SendAsync(control, edge);
        Assert.Equal("Deployed", (await control.CallAsync("GET", $"distribution/{id}")).Text("Status"));
        Assert.Empty(await ProblemsAsync(control));
    }

    private static JsonNode Configuration(JsonNode answer) => answer["snapshot"] ?? answer["delta"]!;

    /// <summary>Its next report says that it serves what it was given.</summary>
    private static void Take(JsonNode report, JsonNode answer)
    {
        (report["snapshotVersion"], report["snapshotCreatedAt"]) = (Configuration(answer)["version"]!.DeepClone(), Configuration(answer)["createdAt"]!.DeepClone());
        report["refused"] = null;
    }

    private static async Task<IEnumerable<string?>> ProblemsAsync(TestControl control) =>
        (await control.CallOwnAsync("GET", "status")).Expect(200).Json().GetProperty("problems").EnumerateArray().Select(static problem => problem.GetString());

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
