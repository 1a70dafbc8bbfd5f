// SPDX-License-Identifier: Apache-2.0

using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary><c>frontier plan</c> against a node in a process of its own.</summary>
public sealed class PlanTests
{
    [Fact]
    public async Task An_operator_learns_what_a_change_would_do_to_the_requests_that_were_logged()
    {
        using var data = new TemporaryDirectory();
        await using var frontier = await FrontierProcess.UpAsync(data.Path);
        using var client = Client.Of(frontier);
        await using var origin = ScriptedOrigin.Start();
        origin.On("/api/items").Reply(200, "from the origin", ("Cache-Control", "max-age=60"));
        origin.On("/page").Reply(200, "from the origin", ("Cache-Control", "max-age=60"));
        var config = Documents.OfOrigin("plan", origin.Port);
        var site = await client.MakeSiteAsync(config);
        (await client.GetAsync(site.Domain, "/api/items?page=2")).Expect(200);
        (await client.GetAsync(site.Domain, "/page")).Expect(200);
        var logs = Path.Combine(data.Path, "edge", "logs");
        await Eventually.IsTrueAsync(() => Task.FromResult(Directory.Exists(logs) && Directory.GetFiles(logs).Sum(static log => Lines(log).Count(static line => line[0] != '#')) == 2));

        var api = frontier.Addresses.GetProperty("api").GetString()!;
        var file = data["config.xml"];
        await File.WriteAllTextAsync(file, config.Replace("</DefaultCacheBehavior>", """
            </DefaultCacheBehavior><CacheBehaviors><Quantity>2</Quantity><Items>
              <CacheBehavior><PathPattern>/api/*</PathPattern><TargetOriginId>origin</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy><CachePolicyId>4135ea2d-6df8-44a3-9df3-4b5a84be39ad</CachePolicyId></CacheBehavior>
              <CacheBehavior><PathPattern>/api/items</PathPattern><TargetOriginId>origin</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy><CachePolicyId>4135ea2d-6df8-44a3-9df3-4b5a84be39ad</CachePolicyId></CacheBehavior>
            </Items></CacheBehaviors>
            """, StringComparison.Ordinal));
        string[] asked = ["--distribution-config", file, "--data", data.Path, "--endpoint", api, .. Directory.GetFiles(logs).SelectMany(static log => new[] { "--log", log })];

        var page = await RunAsync(asked);
        Assert.Contains($"Distribution {site.Id}", page.Output, StringComparison.Ordinal);
        Assert.Contains("+ /api/* added", page.Output, StringComparison.Ordinal);
        Assert.Contains("error shadowed-behavior  CacheBehaviors.Items[1].PathPattern", page.Output, StringComparison.Ordinal);
        Assert.Contains("Replay: 2 requests, 1 of them changed", page.Output, StringComparison.Ordinal);
        Assert.Contains("1 × default → /api/*", page.Output, StringComparison.Ordinal);
        Assert.Contains("/api/items?page=2", page.Output, StringComparison.Ordinal);
        Assert.Equal(3, page.ExitCode);

        var packed = data["packed"];
        await using (var gzip = new GZipStream(File.Create(packed), CompressionLevel.Fastest))
        {
            // Some thousand lines are more than one part.
            var line = Directory.GetFiles(logs).SelectMany(Lines).First(static line => line[0] != '#');
            await gzip.WriteAsync(Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(line + "\n", 5_000)) + new string('x', 300_000) + "\n" + line));
        }

        var json = await RunAsync("--distribution-config", file, "--data", data.Path, "--endpoint", api, "--log", packed, "--json");
        var plan = JsonSerializer.Deserialize(json.Output, OwnJson.Default.PlanDocument)!;
        Assert.Equal((5_001L, 1L), (plan.Replay!.Requests, plan.Replay.Unreadable));

        await File.WriteAllTextAsync(file, config.Replace("allow-all", "sometimes", StringComparison.Ordinal));
        var refused = await RunAsync(asked);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Refused: the API would answer InvalidArgument.", refused.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "neither");
        var unreadable = await RunAsync(asked);
        Assert.Equal(1, unreadable.ExitCode);
        Assert.Contains("neither XML nor JSON", unreadable.Error, StringComparison.Ordinal);

        var nowhere = await RunAsync("--distribution-config", "/no/such/file", "--data", data.Path, "--endpoint", api);
        Assert.Equal(1, nowhere.ExitCode);
        Assert.Contains("/no/such/file cannot be read", nowhere.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, config);
        var unlogged = await RunAsync("--distribution-config", file, "--data", data.Path, "--endpoint", api, "--log", "/no/such/log");
        Assert.Equal(1, unlogged.ExitCode);
        Assert.Contains("/no/such/log cannot be read", unlogged.Error, StringComparison.Ordinal);
        var unknown = await RunAsync("--distribution-config", file, "--data", data.Path, "--endpoint", api, "--id", "E 1");
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("distribution does not exist", unknown.Error, StringComparison.Ordinal);

        Assert.Equal(0, await frontier.InterruptAsync());
        var gone = await RunAsync(asked);
        Assert.Equal(1, gone.ExitCode);
        Assert.Contains("No control plane answers at", gone.Error, StringComparison.Ordinal);
    }

    private static Task<CommandResult> RunAsync(params IReadOnlyList<string> flags) => FrontierProcess.RunAsync(["plan", .. flags]);

    private static List<string> Lines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
