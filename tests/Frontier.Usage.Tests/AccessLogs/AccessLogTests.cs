// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;
using Frontier.Usage.AccessLogs;

namespace Frontier.Usage.Tests.AccessLogs;

/// <summary>The files of the access log: where lines go, what is lost, and how much space they take.</summary>
public sealed class AccessLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task There_is_one_file_for_each_distribution_and_hour_and_each_begins_with_its_header()
    {
        await WriteAsync(Records.Of("E1"), Records.Of("E2"), Records.Of("E1", "/late", Records.Noon.AddMinutes(59)), Records.Of("E1", "/next", Records.Noon.AddHours(1)));
        Assert.Equal(["E1.2026-08-07-12.log", "E1.2026-08-07-13.log", "E2.2026-08-07-12.log"], Names());
        var lines = await File.ReadAllLinesAsync(_directory["E1.2026-08-07-12.log"]);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("#Version: 1.0", lines[0], StringComparison.Ordinal);
        Assert.Contains("\t/late\t", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_appends_and_does_not_repeat_the_header()
    {
        await WriteAsync(Records.Of("E1", "/one"));
        await WriteAsync(Records.Of("E1", "/two"));
        Assert.Equal(4, (await File.ReadAllLinesAsync(_directory["E1.2026-08-07-12.log"])).Length);
    }

    [Fact]
    public async Task A_request_for_no_distribution_is_not_logged()
    {
        Assert.Equal(0, await WriteAsync(Records.Of("")));
        Assert.Empty(Names());
    }

    [Fact]
    public async Task More_distributions_than_file_handles_lose_nothing()
    {
        var records = Enumerable.Range(0, 600).Select(static i => Records.Of($"E{i % 300}", $"/{i}")).ToArray();
        Assert.Equal(0, await WriteAsync(records));
        Assert.Equal(300, Names().Length);
        Assert.All(Names(), name => Assert.Equal(4, File.ReadAllLines(_directory[name]).Length));
    }

    [Fact]
    public async Task The_oldest_files_go_when_the_bound_is_reached_and_nothing_else_does()
    {
        await File.WriteAllTextAsync(_directory["notes.log"], new string('n', 50_000));
        var options = Options with { TotalBytes = 20_000 };
        var records = Enumerable.Range(0, 48).SelectMany(static hour => Enumerable.Range(0, 20).Select(i => Records.Of("E1", $"/{i}", Records.Noon.AddHours(hour))));
        Assert.Equal(0, await WriteAsync(options, [.. records]));
        Assert.Contains("E1.2026-08-09-11.log", Names());
        Assert.DoesNotContain("E1.2026-08-07-12.log", Names());
        Assert.Contains("notes.log", Names());
        Assert.InRange(OurBytes(), 5_000, 25_000);
    }

    [Fact]
    public async Task One_busy_hour_alone_keeps_the_bound_and_counts_what_it_loses()
    {
        var options = Options with { TotalBytes = 1 << 20 };
        var records = Enumerable.Range(0, 20_000).Select(static i => Records.Of("E1", $"/{i}")).ToArray();
        var dropped = await WriteAsync(options, records);
        Assert.InRange(OurBytes(), 500_000, (1 << 20) * 5 / 4);
        var written = (await File.ReadAllLinesAsync(_directory["E1.2026-08-07-12.log"])).Length - 2;
        Assert.Equal(20_000, written + dropped);

        // The next hour has room again: the full one goes.
        Assert.Equal(0, await WriteAsync(options, Records.Of("E1", "/next", Records.Noon.AddHours(1))));
        Assert.Equal(["E1.2026-08-07-13.log"], Names());
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_costs_the_lines_and_nothing_else()
    {
        await File.WriteAllTextAsync(_directory["logs"], "a file");
        Assert.Equal(2, await WriteAsync(Options with { Directory = _directory["logs"] }, Records.Of("E1"), Records.Of("E2")));
    }

    [Fact]
    public async Task A_full_disk_costs_the_lines_of_its_file_and_each_is_counted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /dev/full.");
        File.CreateSymbolicLink(_directory["E1.2026-08-07-12.log"], "/dev/full");
        var records = Enumerable.Range(0, 5_000).Select(static i => Records.Of("E1", $"/{i}")).Append(Records.Of("E2")).ToArray();
        Assert.Equal(5_000, await WriteAsync(records));
        Assert.Equal(3, (await File.ReadAllLinesAsync(_directory["E2.2026-08-07-12.log"])).Length);
    }

    /// <summary>Room for all that a test records at once.</summary>
    private AccessLogOptions Options => new() { Directory = _directory.Path, ThreadBufferBytes = 1 << 24 };

    private Task<long> WriteAsync(params RequestRecord[] records) => WriteAsync(Options, records);

    /// <summary>Returns how many lines were lost.</summary>
    private static async Task<long> WriteAsync(AccessLogOptions options, params RequestRecord[] records)
    {
        var log = new AccessLog(options);
        await using (log)
        {
            foreach (var record in records)
            {
                log.Record(record);
            }
        }

        return log.Dropped;
    }

    private string[] Names() => [.. new DirectoryInfo(_directory.Path).GetFiles().Select(static file => file.Name).Order(StringComparer.Ordinal)];

    private long OurBytes() => new DirectoryInfo(_directory.Path).GetFiles("E*.log").Sum(static file => file.Length);
}
