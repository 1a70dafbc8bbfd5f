// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Text.RegularExpressions;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary>What a newcomer sees first.</summary>
public sealed partial class SampleTests
{
    [Fact]
    public async Task The_sample_shows_a_miss_then_a_hit_and_a_second_start_reuses_it()
    {
        using var data = new TemporaryDirectory();

        var first = await RunSampleAsync(data.Path);
        var second = await RunSampleAsync(data.Path);

        Assert.Equal(["Miss from cloudfront", "Hit from cloudfront"], CacheLine.Matches(first).Select(static match => match.Groups[1].Value));
        Assert.Equal(["Hit from cloudfront", "Hit from cloudfront"], CacheLine.Matches(second).Select(static match => match.Groups[1].Value));
        Assert.Contains("Making the sample", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Making the sample", second, StringComparison.Ordinal);
        Assert.Equal(BrowserLine.Match(first).Groups[1].Value, BrowserLine.Match(second).Groups[1].Value);
    }

    [Fact]
    public async Task The_static_website_sample_works_as_it_stands()
    {
        foreach (var need in new[] { "aws", "nginx", "curl", "python3" })
        {
            Assert.SkipUnless(Command.Exists(need), $"The sample needs {need}, which is not installed.");
        }

        var run = await Command.RunAsync("bash", [Path.Combine(Repository.Root, "samples", "static-website", "run.sh")], TimeSpan.FromMinutes(5));

        Assert.True(run.ExitCode == 0, run.Everything);
        Assert.EndsWith("Everything worked.", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_of_three_edges_works_as_it_stands()
    {
        foreach (var need in new[] { "aws", "curl", "python3" })
        {
            Assert.SkipUnless(Command.Exists(need), $"The sample needs {need}, which is not installed.");
        }

        var run = await Command.RunAsync("bash", [Path.Combine(Repository.Root, "samples", "three-edges", "run.sh")], TimeSpan.FromMinutes(5));

        Assert.True(run.ExitCode == 0, run.Everything);
        Assert.EndsWith("Everything worked.", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^  x-cache: (.*)$", RegexOptions.Multiline)]
    private static partial Regex CacheLine { get; }

    [GeneratedRegex(@"^In a browser: https://(d[0-9a-z]+\.frontier\.localhost):\d+/", RegexOptions.Multiline)]
    private static partial Regex BrowserLine { get; }

    private static async Task<string> RunSampleAsync(string data)
    {
        await using var frontier = FrontierProcess.Start(FrontierProcess.UpArguments(data, "--sample"));
        var output = new StringBuilder();
        while (await frontier.ReadLineAsync() is { } line)
        {
            output.AppendLine(line);
            if (BrowserLine.IsMatch(line))
            {
                Assert.Equal(0, await frontier.InterruptAsync());
            }
        }

        Assert.Matches(BrowserLine, output.ToString());
        return output.ToString();
    }
}
