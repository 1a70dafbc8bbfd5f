// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Scenarios.Harness;

namespace Frontier.Scenarios.Durability;

/// <summary>A full disk stops what needs disk, says so, and harms nothing else.</summary>
public sealed class FullDiskTests
{
    private const int DiskMegabytes = 48;
    private const string Bucket = "crowded";

    [Fact]
    public async Task A_full_disk_refuses_changes_serves_viewers_and_recovers()
    {
        await using var disk = await SmallDisk.TryMountAsync(DiskMegabytes);
        Assert.SkipWhen(disk is null, "Mounting a small file system needs root.");
        await using var frontier = await FrontierProcess.UpAsync(Path.Combine(disk!.Path, "data"));
        using var client = Client.Of(frontier);
        var site = await client.MakeBucketSiteAsync(Bucket);
        (await client.PutAsync(Bucket, "cached", Storm.Body("cached", 1))).Expect(200);
        (await client.PutAsync(Bucket, "new", Storm.Body("new", 1))).Expect(200);
        (await client.GetAsync(site.Domain, "/cached")).Expect(200);

        var stored = await UploadUntilRefusedAsync(client);
        disk.Fill();

        await AssertRefusesChangesAsync(client, "while-full");
        // The edge needs no disk to serve, neither what it has nor what it fetches now.
        Assert.Equal(Storm.Body("cached", 1), (await client.GetAsync(site.Domain, "/cached")).Expect(200).Body);
        Assert.Equal("Miss from cloudfront", (await client.GetAsync(site.Domain, "/new")).Expect(200).Cache);
        var hit = (await client.GetAsync(site.Domain, "/new")).Expect(200);
        Assert.Equal("Hit from cloudfront", hit.Cache);
        Assert.Equal(Storm.Body("new", 1), hit.Body);

        disk.Free();

        await AssertWorksAsync(client, stored);
        Assert.Equal(0, await frontier.InterruptAsync());
        Assert.DoesNotContain("   at ", frontier.Errors, StringComparison.Ordinal);
        await using var again = await FrontierProcess.UpAsync(Path.Combine(disk.Path, "data"));
        using var second = Client.Of(again);
        Assert.Equal(Storm.Body("new", 1), (await second.GetAsync(site.Domain, "/new")).Expect(200).Body);
        (await second.ReadAsync(Bucket, "after")).Expect(200);
        (await second.ReadAsync(Bucket, "while-full")).Expect(404);
    }

    private static async Task<List<string>> UploadUntilRefusedAsync(Client client)
    {
        var body = new byte[4 << 20];
        var stored = new List<string>();
        while (true)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"large-{stored.Count}");
            var answer = await client.PutAsync(Bucket, key, body);
            if (answer.Status == 200)
            {
                stored.Add(key);
                Assert.True(stored.Count < DiskMegabytes / 4, "More was taken than the disk holds.");
                continue;
            }

            AssertInsufficientStorage(answer);
            (await client.ReadAsync(Bucket, key)).Expect(404);
            Assert.NotEmpty(stored);
            return stored;
        }
    }

    private static async Task AssertRefusesChangesAsync(Client client, string key)
    {
        AssertInsufficientStorage(await client.PutAsync(Bucket, key, "small"u8.ToArray()));
        (await client.ReadAsync(Bucket, key)).Expect(404);
        var refused = await client.CreateDistributionAsync(Documents.OfOrigin(key, 80));
        AssertInsufficientStorage(refused);
        Assert.Equal("1", (await client.ListDistributionsAsync()).Expect(200).Element("Quantity"));
    }

    private static async Task AssertWorksAsync(Client client, List<string> stored)
    {
        (await client.PutAsync(Bucket, "after", Encoding.UTF8.GetBytes("after"))).Expect(200);
        foreach (var key in stored)
        {
            Assert.Equal(4 << 20, (await client.ReadAsync(Bucket, key)).Expect(200).Body.Length);
        }

        var site = await client.MakeSiteAsync(Documents.OfBucket("after", Bucket, ""));
        (await client.GetDistributionAsync(site.Id)).Expect(200);
        Assert.Equal("2", (await client.ListDistributionsAsync()).Expect(200).Element("Quantity"));
    }

    private static void AssertInsufficientStorage(Answer answer)
    {
        Assert.True(answer.Status == 507, $"{answer.Status}: {answer.Text}");
        Assert.Contains("<Code>InsufficientStorage</Code>", answer.Text, StringComparison.Ordinal);
    }
}
