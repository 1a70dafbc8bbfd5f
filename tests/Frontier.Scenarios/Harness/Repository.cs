// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Scenarios.Harness;

/// <summary>The working tree these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The program as <c>./frontier</c> runs it.</summary>
    public static string Program { get; } = Path.Combine(Root, "artifacts", "bin", "Frontier", "release", "frontier.dll");

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Frontier.slnx")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException("These tests run the program of their working tree, and stand in none.");
    }
}
