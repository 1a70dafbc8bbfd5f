// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Durability;

/// <summary>kill -9 of the whole program at random moments: what was acknowledged survives, and nothing half done shows.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 4;
    private const string Bucket = "storm";

    /// <summary>An object goes to the disk tier behind its first hit; a hit this old is there.</summary>
    private static readonly TimeSpan WriteBehind = TimeSpan.FromMilliseconds(400);

    [Theory]
    [InlineData(20261121)]
    public async Task Whatever_was_acknowledged_survives_kill_9(int seed)
    {
        var random = new Random(seed);
        using var data = new TemporaryDirectory();
        Site? site = null;
        var distributions = new HashSet<string>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var frontier = await FrontierProcess.UpAsync(data.Path);
            using var client = Client.Of(frontier);
            site ??= await client.MakeBucketSiteAsync(Bucket);
            var names = Enumerable.Range(0, 8).Select(number => string.Create(CultureInfo.InvariantCulture, $"round-{round}-{number}")).ToList();
            foreach (var name in names)
            {
                (await client.PutAsync(Bucket, name, Storm.Body(name, 1))).Expect(200);
                (await client.GetAsync(site.Domain, "/" + name)).Expect(200);
                Assert.Equal("Hit from cloudfront", (await client.GetAsync(site.Domain, "/" + name)).Cache);
            }

            await PauseAsync(WriteBehind);
            var storm = new Storm(client, site, Bucket, seed + round);
            var (hot, victims) = (names[..4], names[4..]);
            var raging = storm.RunAsync([.. hot.Select(static name => "/" + name)], [.. victims.Select(static name => "/" + name)]);
            var moment = TimeSpan.FromMilliseconds(random.Next(100, 1_500));
            await Task.WhenAny(raging, PauseAsync(moment));
            Assert.False(raging.IsCompleted, $"The storm ended before the kill: {raging.Exception}");
            await frontier.KillAsync();
            await raging;

            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"seed {seed}, round {round}: killed after {moment.TotalMilliseconds} ms with {storm.Acknowledged.Count} objects, {storm.Hits} hits, {storm.Distributions.Count} distributions and {storm.Invalidations.Count} invalidations acknowledged"));
            distributions.UnionWith(storm.Distributions);
            await CheckAsync(data.Path, site, storm, hot, victims, distributions);
        }
    }

    private static async Task CheckAsync(string data, Site site, Storm storm, IReadOnlyList<string> hot, IReadOnlyList<string> victims, HashSet<string> distributions)
    {
        await using var frontier = await FrontierProcess.UpAsync(data);
        using var client = Client.Of(frontier);
        foreach (var name in hot)
        {
            var answer = (await client.GetAsync(site.Domain, "/" + name)).Expect(200);
            Assert.Equal("Hit from cloudfront", answer.Cache);
            Assert.Equal(Storm.Body(name, 1), answer.Body);
        }

        foreach (var name in victims)
        {
            if (storm.Invalidations.TryGetValue("/" + name, out var invalidation))
            {
                await client.WaitForInvalidationAsync(site, invalidation);
                var answer = (await client.GetAsync(site.Domain, "/" + name)).Expect(200);
                Assert.Equal("Miss from cloudfront", answer.Cache);
                Assert.Equal(Storm.Body(name, 1), answer.Body);
            }
        }

        foreach (var (key, acknowledged) in storm.Acknowledged)
        {
            var stored = (await client.ReadAsync(Bucket, key)).Expect(200).Body;
            Assert.True(
                Enumerable.Range(acknowledged, storm.Sent[key] - acknowledged + 1).Any(version => stored.AsSpan().SequenceEqual(Storm.Body(key, version))),
                $"{key} is {stored.Length} bytes of no version from {acknowledged} on.");
        }

        // What was sent and never acknowledged is there whole or not at all.
        foreach (var (key, sent) in storm.Sent.Where(pair => !storm.Acknowledged.ContainsKey(pair.Key)))
        {
            var answer = await client.ReadAsync(Bucket, key);
            Assert.True(answer.Status == 404 || answer.Body.AsSpan().SequenceEqual(Storm.Body(key, sent)), $"{key} is half there: {answer.Status}, {answer.Body.Length} bytes.");
        }

        foreach (var id in distributions)
        {
            (await client.GetDistributionAsync(id)).Expect(200);
        }

        Assert.Equal(0, await frontier.InterruptAsync());
        Assert.DoesNotContain("   at ", frontier.Errors, StringComparison.Ordinal);
        await using var unlocked = new FileStream(Path.Combine(data, "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    private static async Task PauseAsync(TimeSpan pause)
    {
        using var timer = new PeriodicTimer(pause);
        await timer.WaitForNextTickAsync();
    }
}
