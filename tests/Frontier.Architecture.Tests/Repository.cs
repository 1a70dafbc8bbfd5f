// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Architecture.Tests;

/// <summary>The working tree these tests were built from, read as files.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The projects under <c>src</c>, by name.</summary>
    public static IReadOnlyDictionary<string, Project> Projects { get; } = Files("src", "*.csproj").Select(Project.Load).ToDictionary(project => project.Name);

    /// <summary>Every C# file under <c>src</c> and <c>tests</c>, by its path from the root.</summary>
    public static IReadOnlyList<string> SourceFiles { get; } =
        [.. Files("src", "*.cs").Concat(Files("tests", "*.cs")).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    public static string[] Lines(string relativePath) => File.ReadAllLines(Path.Combine(Root, relativePath));

    /// <summary>Everything a project reaches through references, itself left out.</summary>
    public static SortedSet<string> Reached(string name)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(Projects[name].References);
        while (waiting.TryPop(out var next))
        {
            if (reached.Add(next))
            {
                foreach (var reference in Projects[next].References)
                {
                    waiting.Push(reference);
                }
            }
        }

        return reached;
    }

    // A build that puts its output beside the sources must not add what it generates to what is judged.
    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Frontier.slnx")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException("These tests read the working tree, and stand in none.");
    }
}
