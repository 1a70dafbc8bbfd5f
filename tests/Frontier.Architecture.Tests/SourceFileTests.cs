// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Architecture.Tests;

/// <summary>What every source file has and none has.</summary>
public sealed class SourceFileTests
{
    /// <summary>A file that grows past this holds two ideas.</summary>
    private const int MaxLines = 450;

    [Fact]
    public void There_are_files_to_judge() => Assert.Contains(Path.Combine("tests", "Frontier.Architecture.Tests", "SourceFileTests.cs"), Repository.SourceFiles);

    [Fact]
    public void Every_file_begins_with_its_licence_and_an_empty_line() =>
        Assert.Empty(Offending("", lines => lines is not ["// SPDX-License-Identifier: Apache-2.0"] and not ["// SPDX-License-Identifier: Apache-2.0", "", ..]));

    [Fact]
    public void No_file_is_longer_than_one_idea() => Assert.Empty(Offending("", lines => lines.Length > MaxLines));

    [Fact]
    public void No_test_sleeps()
    {
        string[] sleeps = [$"{nameof(Thread)}.{nameof(Thread.Sleep)}(", $"{nameof(Task)}.{nameof(Task.Delay)}(", $"{nameof(SpinWait)}.{nameof(SpinWait.SpinUntil)}("];

        // Where nothing signals, one bounded poll serves everybody.
        Assert.Equal(
            ["tests/Frontier.Testing/Eventually.cs"],
            Offending("tests", lines => lines.Any(line => sleeps.Any(sleep => line.Contains(sleep, StringComparison.Ordinal)))));
    }

    [Fact]
    public void No_product_code_is_unsafe() => Assert.Empty(Offending("src", lines => lines.Any(line =>
        line.Contains("unsafe ", StringComparison.Ordinal) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal))));

    private static List<string> Offending(string folder, Func<string[], bool> rule) =>
        [.. Repository.SourceFiles.Where(file => file.StartsWith(folder, StringComparison.Ordinal) && rule(Repository.Lines(file)))];
}
