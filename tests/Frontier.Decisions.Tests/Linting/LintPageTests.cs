// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Linting;

namespace Frontier.Decisions.Tests.Linting;

/// <summary><c>docs/lint.md</c> has the table of rules as they are.</summary>
public sealed class LintPageTests
{
    [Fact]
    public void The_page_has_every_rule_in_their_order_and_words()
    {
        var rows = File.ReadLines(Path.Combine(Root(), "docs", "lint.md")).Where(static line => line.StartsWith("| `", StringComparison.Ordinal));

        Assert.Equal(LintRules.All.Select(static rule => $"| `{rule.Id}` | {rule.Severity.Word} | {rule.Meaning} | {rule.Remedy} |"), rows);
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Frontier.slnx")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return directory;
    }
}
