// SPDX-License-Identifier: Apache-2.0

using System.Text.RegularExpressions;

namespace Frontier.Architecture.Tests;

/// <summary>The threat model (<c>docs/security.md</c>) names for each attack the tests that make it. These tests keep the names true.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string[] Rows = [.. Repository.Lines(Path.Combine("docs", "security.md")).SkipWhile(line => line != "## Viewers").Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| attack ", StringComparison.Ordinal))];

    [Fact]
    public void Every_attack_names_a_test_that_makes_it()
    {
        Assert.True(Rows.Length > 30, "The tables are gone.");
        Assert.All(Rows, row => Assert.Matches(TestClass, row.Split('|')[3]));
    }

    [Fact]
    public void Every_test_that_is_named_is_there()
    {
        var known = Repository.SourceFiles.Where(file => file.StartsWith("tests", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        var named = Rows.SelectMany(row => TestClass.Matches(row)).Select(match => match.Groups["name"].Value);

        Assert.All(named, name => Assert.Contains(name, known));
    }

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*Tests)`")]
    private static partial Regex TestClass { get; }
}
