// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Text.Json;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary><c>frontier history</c>, <c>diff</c> and <c>rollback</c> as an operator runs them.</summary>
public sealed class RollbackTests
{
    [Fact]
    public async Task A_mistake_is_found_looked_at_and_taken_back_in_one_step()
    {
        using var data = new TemporaryDirectory();
        await using var frontier = await FrontierProcess.UpAsync(data.Path);
        using var client = Client.Of(frontier);
        await using var origin = ScriptedOrigin.Start();
        origin.On("/page").Reply(200, "from the origin", ("Cache-Control", "max-age=60"));
        var document = Documents.OfOrigin("story", origin.Port);
        var site = await client.MakeSiteAsync(document);
        (await client.GetAsync(site.Domain, "/page")).Expect(200);

        await UpdateAsync(client, site, document.Replace("<Enabled>true</Enabled>", "<Enabled>false</Enabled>", StringComparison.Ordinal));
        await Eventually.IsTrueAsync(async () => (await client.GetAsync(site.Domain, "/page")).Status == 403);

        var history = await RunAsync(frontier, data, "history", site.Id);
        Assert.Contains("UpdateDistribution", Line(history.Output, "2 "), StringComparison.Ordinal);
        Assert.Contains("CreateDistribution", Line(history.Output, "1 "), StringComparison.Ordinal);
        var diff = await RunAsync(frontier, data, "diff", site.Id);
        Assert.Equal("  ~ Enabled: true -> false", Line(diff.Output, "  ~"));

        var rollback = await RunAsync(frontier, data, "rollback", site.Id);
        Assert.Contains($"{site.Id} is at version 3 now, which says the same as version 1:", rollback.Output, StringComparison.Ordinal);
        Assert.Equal("  ~ Enabled: false -> true", Line(rollback.Output, "  ~"));
        await Eventually.IsTrueAsync(async () => (await client.GetAsync(site.Domain, "/page")).Status == 200);

        var json = JsonDocument.Parse((await RunAsync(frontier, data, "history", site.Id, "--limit", "1", "--json")).Output).RootElement;
        Assert.Equal(1, json.GetProperty("versions")[0].GetProperty("restoredFrom").GetInt64());
        Assert.Equal(3, json.GetProperty("nextBefore").GetInt64());
        Assert.Contains($"frontier history {site.Id} --before 3", (await RunAsync(frontier, data, "history", site.Id, "--limit", "1")).Output, StringComparison.Ordinal);
        Assert.Contains("  no differences", (await RunAsync(frontier, data, "diff", site.Id, "1", "3")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_with_what_to_do()
    {
        using var data = new TemporaryDirectory();
        await using var frontier = await FrontierProcess.UpAsync(data.Path);
        using var client = Client.Of(frontier);
        var site = await client.MakeSiteAsync(Documents.OfOrigin("story", 80));
        var api = frontier.Addresses.GetProperty("api").GetString()!;

        await AssertRefusedAsync("there is nothing to go back to", "rollback", site.Id, "--endpoint", api, "--data", data.Path);
        await AssertRefusedAsync("no version 9", "rollback", site.Id, "9", "--endpoint", api, "--data", data.Path);
        await AssertRefusedAsync("does not exist", "history", "E0/../x?y", "--endpoint", api, "--data", data.Path);
        await AssertRefusedAsync("nothing before version 1", "diff", site.Id, "--endpoint", api, "--data", data.Path);
        await AssertRefusedAsync("limit", "history", site.Id, "--limit", "1000", "--endpoint", api, "--data", data.Path);
        await AssertRefusedAsync("Name the data directory of the node with --data", "history", site.Id, "--endpoint", api, "--data", data["nothing"]);
        await AssertRefusedAsync("without a path", "history", site.Id, "--endpoint", "not a url", "--data", data.Path);
        await AssertRefusedAsync("Start one with \"frontier up\"", "history", site.Id, "--endpoint", "http://127.0.0.1:1", "--data", data.Path);
        await AssertRefusedAsync("Is --endpoint right?", "history", site.Id, "--endpoint", frontier.Addresses.GetProperty("buckets").GetString()!, "--data", data.Path);
    }

    private static async Task UpdateAsync(Client client, Site site, string document)
    {
        var etag = (await client.GetDistributionAsync(site.Id)).Expect(200).Headers["ETag"];
        (await client.CloudFront.SendAsync(HttpMethod.Put, $"/2020-05-31/distribution/{site.Id}/config", Encoding.UTF8.GetBytes(document), etag)).Expect(200);
    }

    private static async Task<CommandResult> RunAsync(FrontierProcess frontier, TemporaryDirectory data, params IReadOnlyList<string> arguments)
    {
        var result = await FrontierProcess.RunAsync([.. arguments, "--endpoint", frontier.Addresses.GetProperty("api").GetString()!, "--data", data.Path]);
        Assert.True(result.ExitCode == 0, result.Everything);
        return result;
    }

    private static async Task AssertRefusedAsync(string words, params IReadOnlyList<string> arguments)
    {
        var result = await FrontierProcess.RunAsync(arguments);
        Assert.True(result.ExitCode == 1, result.Everything);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    private static string Line(string output, string start) => output.Split('\n').Single(line => line.StartsWith(start, StringComparison.Ordinal));
}
