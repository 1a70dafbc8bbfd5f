// SPDX-License-Identifier: Apache-2.0

using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Sdk;

/// <summary>
/// The AWS SDK for JavaScript drives the control API through whole lives of its resources, with the SDK's own waiters, paginators
/// and errors. Each story is a script of tests/javascript, which asserts for itself; an edge runs beside, so that what is
/// deployed or completed is so in truth.
/// </summary>
public sealed class JavaScriptSdkTests
{
    private static readonly string Home = Path.Combine(Repository.Root, "tests", "javascript");

    public static TheoryData<string> Stories { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Home, "stories"), "*.mjs").Select(static path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task A_story_goes_as_it_does_with_CloudFront(string story)
    {
        Assert.SkipUnless(Command.Exists("node"), "The stories need node, which is not installed.");
        Assert.SkipUnless(Directory.Exists(Path.Combine(Home, "node_modules")), "The stories need the SDK: npm ci --prefix tests/javascript");
        using var data = new TemporaryDirectory();
        await using var node = await InProcess.StartAsync(data.Path, TimeProvider.System);

        var run = await Command.RunAsync("node", [Path.Combine(Home, "stories", story + ".mjs")], FrontierProcess.Patience * 2, new Dictionary<string, string>
        {
            ["FRONTIER_API"] = $"http://{node.Control.Endpoint}",
            ["FRONTIER_BUCKETS"] = $"http://{node.Buckets.Endpoint}",
            ["FRONTIER_DNS"] = $"{node.Dns.Endpoints[0]}",
            ["AWS_ACCESS_KEY_ID"] = node.AccessKeys[0].Id,
            ["AWS_SECRET_ACCESS_KEY"] = node.AccessKeys[0].Secret,
        });

        Assert.True(run.ExitCode == 0, run.Everything);
    }
}
