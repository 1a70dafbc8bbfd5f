// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Decisions.Explaining;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary><c>frontier explain</c> against a node in a process of its own.</summary>
public sealed class ExplainTests
{
    [Fact]
    public async Task An_operator_asks_why_before_and_after_serving_and_when_nothing_runs_any_more()
    {
        using var data = new TemporaryDirectory();
        await using var frontier = await FrontierProcess.UpAsync(data.Path);
        using var client = Client.Of(frontier);
        await using var origin = ScriptedOrigin.Start();
        origin.On("/page").Reply(200, "from the origin", ("Cache-Control", "max-age=60"));
        var site = await client.MakeSiteAsync(Documents.OfOrigin("explain", origin.Port));
        var url = $"https://{site.Domain}/page?x=1";

        var cold = await RunAsync(data.Path, url, "--header", "Accept-Encoding: gzip", "--client", "203.0.113.7");
        Assert.Equal(0, cold.ExitCode);
        Assert.Contains($"Distribution: {site.Id}", cold.Output, StringComparison.Ordinal);
        Assert.Contains($"Cache key: {site.Id}%00/page%00encoding:gzip%0A", cold.Output, StringComparison.Ordinal);
        Assert.Contains("Cache: absent: Cold", cold.Output, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-For: 203.0.113.7", cold.Output, StringComparison.Ordinal);
        Assert.Equal(0, origin.Requests("/page"));

        var live = await RunAsync(data.Path, url, "--live", "--json");
        var explained = JsonSerializer.Deserialize(live.Output, ExplanationJson.Default.Explanation)!;
        Assert.Equal((0, 200, "Miss from cloudfront", 60L), (live.ExitCode, explained.Answer!.Status, explained.Answer.Result, explained.Lifetime!.FreshFor));
        Assert.Equal("Hit from cloudfront", (await client.GetAsync(site.Domain, "/page")).Expect(200).Cache);
        Assert.Contains("Cache: fresh", (await RunAsync(data.Path, url)).Output, StringComparison.Ordinal);

        Assert.Equal(2, (await RunAsync(data.Path, url, "--method", "DELETE")).ExitCode);
        var wrong = await RunAsync(data.Path, "no-url", "--header", "no colon", "--client", "nobody");
        Assert.Equal(1, wrong.ExitCode);
        Assert.All(["no-url", "--header", "--client"], flag => Assert.Contains(flag, wrong.Error, StringComparison.Ordinal));

        var port = new Uri(frontier.Addresses.GetProperty("https").GetString()!).Port;
        Assert.Equal(0, (await RunAsync(data.Path, $"https://{site.Domain}:{port}/page")).ExitCode);
        var elsewhere = await RunAsync(data.Path, $"https://{site.Domain}:9/page");
        Assert.Equal(1, elsewhere.ExitCode);
        Assert.Contains("The URL names port 9,", elsewhere.Error, StringComparison.Ordinal);

        Assert.Equal(0, await frontier.InterruptAsync());
        var gone = await RunAsync(data.Path, url);
        Assert.Equal(1, gone.ExitCode);
        Assert.Contains($"Start one with: frontier up --data {data.Path}", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cache_Status_is_a_flag_of_the_node()
    {
        using var data = new TemporaryDirectory();
        await using var frontier = await FrontierProcess.UpAsync(data.Path, "--cache-status");
        using var client = Client.Of(frontier);
        await using var origin = ScriptedOrigin.Start();
        origin.On("/page").Reply(200, "from the origin", ("Cache-Control", "max-age=60"));
        var site = await client.MakeSiteAsync(Documents.OfOrigin("status", origin.Port));

        Assert.StartsWith("Frontier; fwd=uri-miss; fwd-status=200; ", (await client.GetAsync(site.Domain, "/page")).Expect(200).Headers.GetValueOrDefault("Cache-Status"), StringComparison.Ordinal);
    }

    private static Task<CommandResult> RunAsync(string data, string url, params IReadOnlyList<string> more) =>
        FrontierProcess.RunAsync(["explain", url, "--data", data, .. more]);
}
