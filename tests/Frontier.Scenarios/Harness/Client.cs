// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using System.Text;
using Frontier.Hosting;
using Frontier.Protocols.SigV4;
using Frontier.Samples;

namespace Frontier.Scenarios.Harness;

/// <summary>Everything a user does with a running Frontier: both APIs, signed, and a viewer at the edge's HTTP port.</summary>
internal sealed class Client : IDisposable
{
    private const string Api = "/2020-05-31";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _viewer;
    private readonly int _edgePort;

    private Client(AccessKey key, Uri api, Uri buckets, Uri edge, TimeProvider time)
    {
        CloudFront = new SignedApi(key, "cloudfront", api, time);
        Buckets = new SignedApi(key, "s3", buckets, time);
        _edgePort = edge.Port;
        _viewer = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(edge.Host, edge.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { Timeout = FrontierProcess.Patience };
    }

    public SignedApi CloudFront { get; }

    public SignedApi Buckets { get; }

    public static Client Of(FrontierProcess frontier)
    {
        var addresses = frontier.Addresses;
        var credentials = File.ReadAllLines(addresses.GetProperty("credentials").GetString()!)
            .Select(static line => line.Split(" = ")).Where(static parts => parts.Length == 2).ToDictionary(static parts => parts[0], static parts => parts[1]);
        Uri At(string role) => new(addresses.GetProperty(role).GetString()!);
        return new Client(new AccessKey(credentials["aws_access_key_id"], credentials["aws_secret_access_key"]), At("api"), At("buckets"), At("http"), TimeProvider.System);
    }

    public static Client Of(Node node, TimeProvider time) => new(
        node.AccessKeys[0], new Uri($"http://{node.Control.Endpoint}"), new Uri($"http://{node.Buckets.Endpoint}"), new Uri($"http://{node.Edge.Http}"), time);

    /// <param name="cookies">The value of a Cookie field; null for none.</param>
    public async Task<Answer> GetAsync(string domain, string path, string? cookies = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{domain}:{_edgePort}{path}"));
        if (cookies is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        using var response = await _viewer.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> PutAsync(string bucket, string key, ReadOnlyMemory<byte> body, string? contentType = null) =>
        Buckets.SendAsync(HttpMethod.Put, $"/{bucket}/{key}", body, contentType: contentType);

    public Task<Answer> ReadAsync(string bucket, string key) => Buckets.SendAsync(HttpMethod.Get, $"/{bucket}/{key}");

    /// <summary>A bucket, and a distribution that alone may read it.</summary>
    public async Task<Site> MakeBucketSiteAsync(string bucket)
    {
        (await Buckets.SendAsync(HttpMethod.Put, $"/{bucket}")).Expect(200);
        var control = (await PostAsync("/origin-access-control", SampleContent.OriginAccessControl(bucket))).Expect(201).Element("Id");
        var site = await MakeSiteAsync(Documents.OfBucket(bucket, bucket, control));
        (await Buckets.SendAsync(HttpMethod.Put, $"/{bucket}?policy", Encoding.UTF8.GetBytes(SampleContent.BucketPolicy(bucket, site.Arn)))).Expect(204);
        return site;
    }

    public async Task<Site> MakeSiteAsync(string document)
    {
        var made = (await CreateDistributionAsync(document)).Expect(201);
        var site = new Site(made.Element("Id"), made.Element("ARN"), made.Element("DomainName"));
        await WaitForStatusAsync($"/distribution/{site.Id}", "Deployed");
        return site;
    }

    public Task<Answer> CreateDistributionAsync(string document) => PostAsync("/distribution", document);

    public Task<Answer> GetDistributionAsync(string id) => CloudFront.SendAsync(HttpMethod.Get, $"{Api}/distribution/{id}");

    public Task<Answer> ListDistributionsAsync() => CloudFront.SendAsync(HttpMethod.Get, $"{Api}/distribution");

    public Task<Answer> InvalidateAsync(Site site, string reference, params IReadOnlyList<string> paths) =>
        PostAsync($"/distribution/{site.Id}/invalidation", Documents.Invalidation(reference, paths));

    public Task WaitForInvalidationAsync(Site site, string id) => WaitForStatusAsync($"/distribution/{site.Id}/invalidation/{id}", "Completed");

    public void Dispose()
    {
        CloudFront.Dispose();
        Buckets.Dispose();
        _viewer.Dispose();
    }

    private Task<Answer> PostAsync(string path, string document) => CloudFront.SendAsync(HttpMethod.Post, Api + path, Encoding.UTF8.GetBytes(document));

    private async Task WaitForStatusAsync(string path, string status)
    {
        using var deadline = new CancellationTokenSource(FrontierProcess.Patience);
        using var pause = new PeriodicTimer(PollInterval);
        while ((await CloudFront.SendAsync(HttpMethod.Get, Api + path)).Expect(200).Element("Status") != status)
        {
            await pause.WaitForNextTickAsync(deadline.Token);
        }
    }
}
