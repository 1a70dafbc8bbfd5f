// SPDX-License-Identifier: Apache-2.0

using System.Text.RegularExpressions;

namespace Frontier.Architecture.Tests;

/// <summary>The table of rules (<c>docs/rules.md</c>) says where each is decided and shown. These tests keep it true.</summary>
public sealed partial class RulesTests
{
    /// <summary>Sections of the reference whose rules the table holds.</summary>
    private static readonly int[] Sections = [2, 3, 4, 6, 7, .. Enumerable.Range(9, 13), 22, 24, 25, 26, 27, 28, 30, 31];

    private static readonly string[] Lines = Repository.Lines(Path.Combine("docs", "rules.md"));

    private static readonly Row[] Built = [.. Lines.Select(line => BuiltRow.Match(line)).Where(match => match.Success)
        .Select(match => new Row(match.Groups["id"].Value, match.Groups["says"].Value, match.Groups["code"].Value, match.Groups["test"].Value))];

    private static readonly string[] NotBuilt = [.. Lines.Select(line => NotBuiltRow.Match(line)).Where(match => match.Success).Select(match => match.Groups["id"].Value)];

    private static readonly Comparer<string> ById = Comparer<string>.Create(static (one, other) =>
    {
        var (these, those) = (new Version(one[3..]), new Version(other[3..]));
        return these.CompareTo(those);
    });

    [Fact]
    public void Every_line_of_the_table_is_a_rule()
    {
        var rows = Lines.Where(line => line.StartsWith("| DP-", StringComparison.Ordinal)).ToList();

        Assert.True(Built.Length > 100, "The table is gone.");
        Assert.Equal(rows.Count, Built.Length + NotBuilt.Length);
        Assert.All(Built, row => Assert.False(string.IsNullOrWhiteSpace(row.Says)));
    }

    [Fact]
    public void Every_rule_stands_there_once_and_in_order()
    {
        Assert.Equal(Built.Select(row => row.Id).Order(ById), Built.Select(row => row.Id));
        Assert.Equal(NotBuilt.Order(ById), NotBuilt);
        Assert.DoesNotContain(Built.Select(row => row.Id).Concat(NotBuilt).CountBy(id => id), count => count.Value > 1);
    }

    [Fact]
    public void Every_built_rule_is_named_in_the_code_that_decides_it() =>
        Assert.DoesNotContain(Built, row => !row.Code.StartsWith("src/", StringComparison.Ordinal) || !IsNamedIn(row.Code, row.Id));

    [Fact]
    public void Every_built_rule_is_named_in_the_test_that_shows_it() =>
        Assert.DoesNotContain(Built, row => !row.Test.StartsWith("tests/", StringComparison.Ordinal) || !IsNamedIn(row.Test, row.Id));

    [Fact]
    public void Every_rule_that_code_or_tests_name_is_in_the_table()
    {
        var known = Built.Select(row => row.Id).Concat(NotBuilt).ToHashSet(StringComparer.Ordinal);
        var named = Repository.SourceFiles.SelectMany(NamesIn).Where(id => Sections.Contains(Section(id))).Distinct();

        Assert.Empty(named.Except(known));
    }

    private static bool IsNamedIn(string file, string id) => Repository.SourceFiles.Contains(file) && NamesIn(file).Contains(id);

    /// <summary>A comment writes <c>DP-1.2</c>, the name of a test <c>DP_1_2</c>.</summary>
    private static IEnumerable<string> NamesIn(string file) =>
        Repository.Lines(file).SelectMany(line => Name.Matches(line)).Select(match => $"DP-{match.Groups["section"].Value}.{match.Groups["rule"].Value}");

    private static int Section(string id) => int.Parse(id.AsSpan()[3..id.IndexOf('.', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (?<id>DP-\d+\.\d+) \| (?<says>[^|]+) \| `(?<code>[^`]+)` \| `(?<test>[^`]+)` \|$")]
    private static partial Regex BuiltRow { get; }

    [GeneratedRegex(@"^\| (?<id>DP-\d+\.\d+) \| (?<why>[^|`]+) \|$")]
    private static partial Regex NotBuiltRow { get; }

    [GeneratedRegex(@"DP[-_](?<section>\d+)[._](?<rule>\d+)")]
    private static partial Regex Name { get; }

    private sealed record Row(string Id, string Says, string Code, string Test);
}
