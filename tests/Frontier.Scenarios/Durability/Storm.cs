// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Frontier.Scenarios.Harness;

namespace Frontier.Scenarios.Durability;

/// <summary>
/// Uploads, hits, new distributions and invalidations side by side, until the server is gone. Remembers what was acknowledged:
/// exactly that must have survived.
/// </summary>
internal sealed class Storm(Client client, Site site, string bucket, int seed)
{
    private const int Uploaders = 3;
    private const int LongestBody = 1 << 20;

    /// <summary>The last acknowledged version of each object; an unacknowledged later one may have been stored instead.</summary>
    public ConcurrentDictionary<string, int> Acknowledged { get; } = new();

    /// <summary>The last version that was sent, acknowledged or not.</summary>
    public ConcurrentDictionary<string, int> Sent { get; } = new();

    public ConcurrentBag<string> Distributions { get; } = [];

    /// <summary>Acknowledged invalidations: their id by the path they are for.</summary>
    public ConcurrentDictionary<string, string> Invalidations { get; } = new();

    public int Hits;

    /// <summary>A version of an object, the same whenever it is asked for: so a reader knows it whole.</summary>
    public static byte[] Body(string key, int version)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key}#{version}")));
        var random = new Random(BitConverter.ToInt32(hash));
        var body = new byte[random.Next(1, random.Next(4) == 0 ? LongestBody : 20_000)];
        random.NextBytes(body);
        return body;
    }

    /// <summary>Runs until the server is killed under it.</summary>
    /// <param name="hot">Paths in the cache, asked for all the time.</param>
    /// <param name="victims">Paths in the cache, invalidated one after the other.</param>
    public Task RunAsync(IReadOnlyList<string> hot, IReadOnlyList<string> victims) => Task.WhenAll(
    [
        .. Enumerable.Range(0, Uploaders).Select(number => UntilGoneAsync(index => UploadAsync(number, index))),
        UntilGoneAsync(async index =>
        {
            var answer = (await client.GetAsync(site.Domain, hot[index % hot.Count])).Expect(200);
            Assert.Equal("Hit from cloudfront", answer.Cache);
            Hits++;
        }),
        UntilGoneAsync(async index =>
        {
            var made = (await client.CreateDistributionAsync(Documents.OfOrigin(string.Create(CultureInfo.InvariantCulture, $"storm-{seed}-{index}"), 80))).Expect(201);
            Distributions.Add(made.Element("Id"));
        }),
        UntilGoneAsync(async index =>
        {
            if (index < victims.Count)
            {
                Invalidations[victims[index]] = (await client.InvalidateAsync(site, string.Create(CultureInfo.InvariantCulture, $"storm-{seed}-{index}"), victims[index])).Expect(201).Element("Id");
            }
            else
            {
                (await client.ListDistributionsAsync()).Expect(200);
            }
        }),
    ]);

    private async Task UploadAsync(int uploader, int index)
    {
        // Every third upload replaces an object.
        var key = string.Create(CultureInfo.InvariantCulture, $"storm-{seed}-{uploader}-{(index % 3 == 2 ? index - 1 : index)}");
        var version = Sent.AddOrUpdate(key, 1, static (_, before) => before + 1);
        (await client.PutAsync(bucket, key, Body(key, version))).Expect(200);
        Acknowledged[key] = version;
    }

    private static async Task UntilGoneAsync(Func<int, Task> act)
    {
        try
        {
            for (var index = 0; ; index++)
            {
                await act(index);
            }
        }
        catch (HttpRequestException)
        {
            // The server is dead: what this call would have done was never acknowledged.
        }
        catch (IOException)
        {
            // The same, while the answer was being read.
        }
    }
}
