// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Scenarios.Harness;

namespace Frontier.Scenarios.Attacks;

/// <summary>The attacks of slowhttptest, all at once: a viewer beside them notices nothing.</summary>
public sealed class SlowHttpTestTests
{
    private const int Seconds = 15;

    /// <summary>Many times what it takes, for a machine that runs the attackers too.</summary>
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_viewer_is_served_while_four_slow_attacks_hold_two_thousand_connections()
    {
        Assert.SkipUnless(Command.Exists("slowhttptest"), "slowhttptest is not installed.");
        await using var attacked = await AttackedSite.StartAsync();
        await using var viewer = GoodViewer.Start(attacked.Client, attacked.Site, AttackedSite.Page);
        var runs = await Task.WhenAll(
            AttackAsync(attacked, AttackedSite.Page, "-H", "-i", "2", "-x", "24"), // heads that never end
            AttackAsync(attacked, AttackedSite.Page, "-B", "-i", "2", "-s", "8192", "-x", "10", "-t", "POST"), // bodies that hardly come
            AttackAsync(attacked, AttackedSite.Large, "-X", "-w", "512", "-y", "1024", "-n", "5", "-z", "32", "-k", "3"), // answers that hardly go
            AttackAsync(attacked, AttackedSite.Large, "-R", "-t", "HEAD", "-a", "10", "-b", "3000")); // ranges by the thousand
        var (answers, p99) = await viewer.StopAsync();
        foreach (var run in runs)
        {
            Assert.Contains("connected", run.Everything, StringComparison.Ordinal); // it did attack
        }

        Assert.InRange(p99, TimeSpan.Zero, Bearable);
        Assert.InRange(answers, Seconds, int.MaxValue);
        await attacked.StopAsync();
    }

    private static Task<CommandResult> AttackAsync(AttackedSite attacked, string path, params IReadOnlyList<string> how) => Command.RunAsync(
        "slowhttptest",
        [
            .. how, "-c", "500", "-r", "250", "-p", "3", "-l", Seconds.ToString(CultureInfo.InvariantCulture),
            "-u", $"http://{attacked.Site.Domain}{path}", "-d", attacked.Http.ToString(), // as through a proxy, so that the name needs no DNS
        ],
        FrontierProcess.Patience);
}
