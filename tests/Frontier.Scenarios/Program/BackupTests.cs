// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Postgres.Tests;
using Frontier.Scenarios.Durability;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary><c>frontier backup</c> and <c>frontier restore</c> as an operator runs them.</summary>
public sealed class BackupTests
{
    private const string Bucket = "kept";

    [Fact]
    public async Task A_running_node_is_backed_up_and_another_one_made_from_it()
    {
        using var directory = new TemporaryDirectory();
        var (data, backup) = (directory["data"], directory["backup"]);
        string id;
        await using (var frontier = await FrontierProcess.UpAsync(data))
        {
            using var client = Client.Of(frontier);
            id = (await client.CreateDistributionAsync(Documents.OfOrigin("kept", 80))).Expect(201).Element("Id");

            AssertDone(await FrontierProcess.RunAsync("backup", "--data", data, "--to", backup, "--with-credentials"), $"to {backup}, with credentials");
            AssertRefused(await FrontierProcess.RunAsync("backup", "--data", data, "--to", backup), "a backup replaces none");
            AssertRefused(await FrontierProcess.RunAsync("restore", "--data", data, "--from", backup, "--replace"), "in use by another frontier process");
            (await client.CreateDistributionAsync(Documents.OfOrigin("lost", 80))).Expect(201);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        AssertRefused(await FrontierProcess.RunAsync("restore", "--data", data, "--from", backup), "there are credentials in|holds something already");
        AssertDone(await FrontierProcess.RunAsync("restore", "--data", directory["other"], "--from", backup), "Restored");
        await using var other = await FrontierProcess.UpAsync(directory["other"]);
        using var second = Client.Of(other);
        (await second.GetDistributionAsync(id)).Expect(200);
        Assert.Equal("1", (await second.ListDistributionsAsync()).Expect(200).Element("Quantity"));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(data, "credentials")), await File.ReadAllTextAsync(Path.Combine(directory["other"], "credentials")));
    }

    /// <summary>The same data directory, and so the same edge with what it cached, on a restored store.</summary>
    [Theory]
    [InlineData(true, "Hit from cloudfront")]
    [InlineData(false, "Miss from cloudfront")]
    public async Task A_node_moves_to_PostgreSQL_and_its_edge_keeps_its_cache_only_where_nothing_was_lost(bool exact, string expected)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var directory = new TemporaryDirectory();
        var (data, backup) = (directory["data"], directory["backup"]);
        Site site;
        await using (var before = await FrontierProcess.UpAsync(data))
        {
            using var client = Client.Of(before);
            site = await client.MakeBucketSiteAsync(Bucket);
            (await client.PutAsync(Bucket, "page", Storm.Body("page", 1))).Expect(200);
            var invalidation = (await client.InvalidateAsync(site, "r", "/other")).Expect(201).Element("Id");
            await client.WaitForInvalidationAsync(site, invalidation);
            (await client.GetAsync(site.Domain, "/page")).Expect(200);
            Assert.Equal(0, await before.InterruptAsync());
        }

        AssertDone(await FrontierProcess.RunAsync("backup", "--data", data, "--to", backup), $"to {backup}.");
        AssertDone(await FrontierProcess.RunAsync(["restore", "--data", data, "--from", backup, "--store", database.Url, .. exact ? ["--exact"] : Array.Empty<string>()]), "Restored");
        AssertRefused(await FrontierProcess.RunAsync("restore", "--data", data, "--from", backup, "--store", database.Url), "holds something already; --replace lets it go");

        await using var after = await FrontierProcess.UpAsync(data, "--store", database.Url);
        using var again = Client.Of(after);
        await Eventually.IsTrueAsync(async () => (await again.GetDistributionAsync(site.Id)).Expect(200).Element("Status") == "Deployed");
        var answer = (await again.GetAsync(site.Domain, "/page")).Expect(200);
        Assert.Equal(expected, answer.Cache);
        Assert.Equal(Storm.Body("page", 1), answer.Body);
        var next = (await again.InvalidateAsync(site, "next", "/page")).Expect(201).Element("Id");
        await again.WaitForInvalidationAsync(site, next);
        Assert.Equal("Miss from cloudfront", (await again.GetAsync(site.Domain, "/page")).Expect(200).Cache);
    }

    [Fact]
    public async Task A_damaged_backup_and_a_missing_one_change_nothing()
    {
        using var directory = new TemporaryDirectory();
        var (data, backup) = (directory["data"], directory["backup"]);
        await using (await FrontierProcess.UpAsync(data))
        {
        }

        AssertDone(await FrontierProcess.RunAsync("backup", "--data", data, "--to", backup), "Wrote");
        var content = await File.ReadAllBytesAsync(backup);
        await File.WriteAllBytesAsync(directory["cut"], content[..(content.Length / 2)]);

        AssertRefused(await FrontierProcess.RunAsync("restore", "--data", directory["other"], "--from", directory["cut"]), "damaged");
        AssertRefused(await FrontierProcess.RunAsync("restore", "--data", directory["other"], "--from", directory["nothing"]), "Could not find file");
        AssertRefused(await FrontierProcess.RunAsync("backup", "--data", directory["other"], "--to", directory["b"]), "There is no control store");
        Assert.False(Directory.Exists(directory["other"]));
        Assert.False(File.Exists(directory["b"]));
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task Help_shows_examples(string command)
    {
        var help = await FrontierProcess.RunAsync(command, "--help");

        Assert.Equal(0, help.ExitCode);
        Assert.Contains($"frontier {command} --", help.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", help.Output, StringComparison.Ordinal);
    }

    private static void AssertDone(CommandResult result, string sentence)
    {
        Assert.True(result.ExitCode == 0, result.Everything);
        Assert.Contains(sentence, result.Output, StringComparison.Ordinal);
    }

    private static void AssertRefused(CommandResult result, string sentence)
    {
        Assert.True(result.ExitCode == 1, result.Everything);
        Assert.Contains(sentence.Split('|'), part => result.Error.Contains(part, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
