// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Durability;

public sealed class RestartTests
{
    [Fact]
    public async Task Everything_is_there_after_a_stop_and_the_cache_is_warm()
    {
        using var data = new TemporaryDirectory();
        var page = Encoding.UTF8.GetBytes("a page");
        Site site;
        await using (var frontier = await FrontierProcess.UpAsync(data.Path))
        {
            using var client = Client.Of(frontier);
            site = await client.MakeBucketSiteAsync("stories");
            (await client.PutAsync("stories", "page", page)).Expect(200);
            Assert.Equal("Miss from cloudfront", (await client.GetAsync(site.Domain, "/page")).Expect(200).Cache);
            Assert.Equal(0, await frontier.InterruptAsync());
            Assert.DoesNotContain("   at ", frontier.Errors, StringComparison.Ordinal);
        }

        await using (var frontier = await FrontierProcess.UpAsync(data.Path))
        {
            using var client = Client.Of(frontier);
            var cached = (await client.GetAsync(site.Domain, "/page")).Expect(200);
            Assert.Equal("Hit from cloudfront", cached.Cache);
            Assert.Equal(page, cached.Body);
            Assert.Equal("Deployed", (await client.GetDistributionAsync(site.Id)).Expect(200).Element("Status"));
            Assert.Equal(page, (await client.ReadAsync("stories", "page")).Expect(200).Body);
            Assert.Equal(0, await frontier.InterruptAsync());
        }
    }

    /// <summary>§29.1: one line for each request, each with all 33 fields.</summary>
    [Fact]
    public async Task The_access_log_has_a_line_of_33_fields_for_each_request()
    {
        using var data = new TemporaryDirectory();
        await using var frontier = await FrontierProcess.UpAsync(data.Path);
        using var client = Client.Of(frontier);
        var site = await client.MakeBucketSiteAsync("logged");
        (await client.PutAsync("logged", "page", "text"u8.ToArray())).Expect(200);
        string[] targets = ["/page", "/page", "/none", "/page?with=a%20query", "/a%20b%09c"];
        foreach (var target in targets)
        {
            await client.GetAsync(site.Domain, target);
        }

        Assert.Equal(0, await frontier.InterruptAsync());

        var file = Assert.Single(Directory.GetFiles(data["edge/logs"], "*.log"), path => Path.GetFileName(path).StartsWith(site.Id, StringComparison.Ordinal));
        var lines = await File.ReadAllLinesAsync(file);
        var names = Assert.Single(lines, static line => line.StartsWith("#Fields: ", StringComparison.Ordinal)).Split(' ')[1..];
        var requests = lines.Where(static line => !line.StartsWith('#')).Select(static line => line.Split('\t')).ToList();
        Assert.Equal(33, names.Length);
        Assert.All(requests, static fields => Assert.Equal(33, fields.Length));
        // The lines are in no order, and the percent sign is encoded, too (§29.1).
        Assert.Equal(
            ["/a%2520b%2509c Error 403", "/none Error 403", "/page Hit 200", "/page Hit 200", "/page Miss 200"],
            requests
                .Select(fields => $"{fields[Array.IndexOf(names, "cs-uri-stem")]} {fields[Array.IndexOf(names, "x-edge-result-type")]} {fields[Array.IndexOf(names, "sc-status")]}")
                .Order(StringComparer.Ordinal));
    }
}
