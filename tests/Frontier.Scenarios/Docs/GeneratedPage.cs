// SPDX-License-Identifier: Apache-2.0

using Frontier.Scenarios.Harness;

namespace Frontier.Scenarios.Docs;

/// <summary>A page of the documentation, parts of which are made from the code they tell of.</summary>
internal static class GeneratedPage
{
    /// <summary>Fails where a part is not what it would be today. With FRONTIER_UPDATE_DOCS=1 in the environment it is written instead.</summary>
    /// <param name="name">Below <c>docs</c>.</param>
    /// <param name="parts">What stands between the markers of that name.</param>
    public static async Task CompareAsync(string name, params IReadOnlyList<(string Name, string Content)> parts)
    {
        var path = Path.Combine(Repository.Root, "docs", name);
        var before = await File.ReadAllTextAsync(path);
        var after = parts.Aggregate(before, static (page, part) => Replace(page, part.Name, part.Content));
        if (Environment.GetEnvironmentVariable("FRONTIER_UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, after);
            return;
        }

        Assert.Equal(after, before);
    }

    private static string Replace(string page, string name, string content)
    {
        var (open, close) = ($"<!-- generated: {name} -->\n", $"<!-- end of {name} -->");
        var start = page.IndexOf(open, StringComparison.Ordinal);
        var end = page.IndexOf(close, StringComparison.Ordinal);
        Assert.True(start >= 0 && end > start, $"The page has lost its markers of {name}.");
        return $"{page[..(start + open.Length)]}\n{content}\n{page[end..]}";
    }
}
