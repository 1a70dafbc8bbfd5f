// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Postgres.Tests;
using Frontier.Hosting;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Durability;

/// <summary>Two control planes on one PostgreSQL database, each with an edge of its own, are one installation.</summary>
public sealed class SharedStoreTests
{
    private const string Bucket = "shared";

    [Fact]
    public async Task What_is_done_through_one_control_plane_is_live_on_the_edge_of_the_other()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var directory = new TemporaryDirectory();
        await using var first = await StartAsync(directory["first"], database.Url);
        await using var second = await StartAsync(directory["second"], database.Url, ("s3-endpoint", $"http://{first.Buckets.Endpoint}"));
        using var one = Client.Of(first, TimeProvider.System);
        using var two = Client.Of(second, TimeProvider.System);

        // Deployed means on both edges; and the second one's requests are signed with the secret that both agreed on.
        var site = await one.MakeBucketSiteAsync(Bucket);
        (await one.PutAsync(Bucket, "page", Storm.Body("page", 1))).Expect(200);
        foreach (var viewer in new[] { one, two })
        {
            Assert.Equal(Storm.Body("page", 1), (await viewer.GetAsync(site.Domain, "/page")).Expect(200).Body);
            Assert.Equal("Hit from cloudfront", (await viewer.GetAsync(site.Domain, "/page")).Expect(200).Cache);
        }

        // Completed, asked of one, means on both edges, though the other was told.
        (await one.PutAsync(Bucket, "page", Storm.Body("page", 2))).Expect(200);
        var invalidation = (await two.InvalidateAsync(site, "r", "/page")).Expect(201).Element("Id");
        await one.WaitForInvalidationAsync(site, invalidation);
        foreach (var viewer in new[] { one, two })
        {
            var answer = (await viewer.GetAsync(site.Domain, "/page")).Expect(200);
            Assert.Equal(("Miss from cloudfront", true), (answer.Cache, answer.Body.AsSpan().SequenceEqual(Storm.Body("page", 2))));
        }

        // And what the second one makes is known to the first.
        var made = (await two.CreateDistributionAsync(Documents.OfOrigin("by-two", 80))).Expect(201).Element("Id");
        (await one.GetDistributionAsync(made)).Expect(200);
    }

    [Fact]
    public async Task Of_distributions_made_through_both_with_one_caller_reference_there_is_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var directory = new TemporaryDirectory();
        await using var first = await StartAsync(directory["first"], database.Url);
        await using var second = await StartAsync(directory["second"], database.Url);
        using var one = Client.Of(first, TimeProvider.System);
        using var two = Client.Of(second, TimeProvider.System);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? one : two).CreateDistributionAsync(Documents.OfOrigin("same", 80))));
        var others = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? one : two).CreateDistributionAsync(Documents.OfOrigin($"other-{i}", 80))));

        Assert.Single(answers, static answer => answer.Status == 201);
        Assert.Equal(11, answers.Count(static answer => answer.Status == 409));
        Assert.All(others, static answer => answer.Expect(201));
        Assert.Equal("13", (await two.ListDistributionsAsync()).Expect(200).Element("Quantity"));
    }

    [Fact]
    public async Task Without_its_database_a_control_plane_says_503_and_the_edge_serves_on()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var directory = new TemporaryDirectory();
        var server = TestDatabase.Server;
        var relay = await Relay.StartAsync(0, server.Host, server.Port);
        var port = relay.Port;
        await using var node = await StartAsync(directory["node"], TestDatabase.With(database.Address, port: port));
        using var client = Client.Of(node, TimeProvider.System);
        var site = await client.MakeBucketSiteAsync(Bucket);
        (await client.PutAsync(Bucket, "page", Storm.Body("page", 1))).Expect(200);

        await relay.DisposeAsync();
        var refused = (await client.CreateDistributionAsync(Documents.OfOrigin("lost", 80))).Expect(503);
        (await client.GetAsync(site.Domain, "/page")).Expect(200);
        await using var again = await Relay.StartAsync(port, server.Host, server.Port);

        Assert.Equal("ServiceUnavailable", refused.Element("Code"));
        var made = (await client.CreateDistributionAsync(Documents.OfOrigin("found", 80))).Expect(201).Element("Id");
        await Eventually.IsTrueAsync(async () => (await client.GetDistributionAsync(made)).Expect(200).Element("Status") == "Deployed");
        Assert.Equal("2", (await client.ListDistributionsAsync()).Expect(200).Element("Quantity"));
    }

    [Theory]
    [InlineData("mysql://u:secret@127.0.0.1/f", "--store is neither \"sqlite\" nor a URL")]
    [InlineData("postgres://u:secret@127.0.0.1/f?pool=2", "--store cannot be used: the setting \"pool\" is not known")]
    public async Task A_store_that_makes_no_sense_is_named_without_its_password(string store, string sentence)
    {
        using var directory = new TemporaryDirectory();

        var refused = await FrontierProcess.RunUpAsync(directory["never"], "--store", store);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(sentence, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Everything, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory["never"]));
    }

    [Fact]
    public async Task A_database_that_lets_nobody_in_is_named_without_its_password()
    {
        using var directory = new TemporaryDirectory();

        var refused = await FrontierProcess.RunUpAsync(directory["data"], "--store", TestDatabase.With(TestDatabase.Server, password: "not-the-password"));

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("The store cannot start: PostgreSQL at", refused.Error, StringComparison.Ordinal);
        Assert.Contains("password authentication failed", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-password", refused.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Everything, StringComparison.Ordinal);
    }

    private static Task<Node> StartAsync(string data, string store, params IReadOnlyList<(string Flag, string Value)> more) =>
        InProcess.StartAsync(data, TimeProvider.System, [("store", store), .. more]);
}
