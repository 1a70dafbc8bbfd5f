// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Frontier.Hosting;

namespace Frontier.Samples;

/// <summary>A bucket with two pages and a distribution in front of it, made once, so that a newcomer sees a miss and a hit.</summary>
internal static class SampleSite
{
    private const string Bucket = "sample-site";
    private const string CallerReference = "frontier-sample";
    private static readonly TimeSpan DeployTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly XNamespace Cf = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    public static async Task ShowAsync(Node node, TextWriter output, CancellationToken cancellationToken)
    {
        using var cloudFront = new SignedClient(node.AccessKeys[0], "cloudfront", node.Control.Endpoint);
        var domain = await FindAsync(cloudFront, cancellationToken) ?? await MakeAsync(node, cloudFront, output, cancellationToken);
        using var viewer = Viewer(node);
        var url = new Uri($"https://{domain}:{node.Edge.Https.Port}/");
        await output.WriteLineAsync($"\nFetching {url} twice:");
        for (var i = 0; i < 2; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var response = await viewer.GetAsync(url, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\nHTTP/{response.Version} {(int)response.StatusCode}   {body.Length} bytes in {milliseconds:F1} ms"));
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
            {
                await output.WriteLineAsync($"  {name.ToLowerInvariant()}: {string.Join(", ", values)}");
            }
        }

        await output.WriteLineAsync($"\nIn a browser: {url}  (trust {node.Edge.AuthorityPath} first, or accept its warning)\n");
    }

    private static async Task<string?> FindAsync(SignedClient cloudFront, CancellationToken cancellationToken)
    {
        var list = XDocument.Parse(await cloudFront.SendAsync(HttpMethod.Get, "/2020-05-31/distribution", "", "", cancellationToken));
        return list.Descendants(Cf + "DistributionSummary")
            .FirstOrDefault(static summary => summary.Element(Cf + "Comment")?.Value == CallerReference)
            ?.Element(Cf + "DomainName")?.Value;
    }

    private static async Task<string> MakeAsync(Node node, SignedClient cloudFront, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"\nMaking the sample: bucket {Bucket}, an origin access control and a distribution …");
        using var s3 = new SignedClient(node.AccessKeys[0], "s3", node.Buckets.Endpoint);
        await s3.SendAsync(HttpMethod.Put, $"/{Bucket}", "", "", cancellationToken, HttpStatusCode.Conflict);
        await s3.SendAsync(HttpMethod.Put, $"/{Bucket}/index.html", SampleContent.Index, "text/html", cancellationToken);
        await s3.SendAsync(HttpMethod.Put, $"/{Bucket}/style.css", SampleContent.Style, "text/css", cancellationToken);

        var control = XDocument.Parse(await cloudFront.SendAsync(
            HttpMethod.Post, "/2020-05-31/origin-access-control", SampleContent.OriginAccessControl(CallerReference), "text/xml", cancellationToken));
        var controlId = control.Descendants(Cf + "Id").First().Value;
        var made = XDocument.Parse(await cloudFront.SendAsync(
            HttpMethod.Post, "/2020-05-31/distribution", SampleContent.Distribution(CallerReference, Bucket, controlId), "text/xml", cancellationToken));
        var (id, arn, domain) = (made.Descendants(Cf + "Id").First().Value, made.Descendants(Cf + "ARN").First().Value, made.Descendants(Cf + "DomainName").First().Value);
        await s3.SendAsync(HttpMethod.Put, $"/{Bucket}?policy", SampleContent.BucketPolicy(Bucket, arn), "application/json", cancellationToken);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(DeployTimeout);
        while (!(await cloudFront.SendAsync(HttpMethod.Get, $"/2020-05-31/distribution/{id}", "", "", deadline.Token)).Contains("<Status>Deployed</Status>", StringComparison.Ordinal))
        {
            await Task.Delay(PollInterval, deadline.Token);
        }

        await output.WriteLineAsync($"Distribution {id} is deployed.");
        return domain;
    }

    /// <summary>A client that trusts the local authority and finds every name at this edge, whatever resolver the machine has.</summary>
    private static HttpClient Viewer(Node node)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(node.Edge.AuthorityPath);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var address = node.Edge.Https.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : node.Edge.Https.Address;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(new IPEndPoint(address, node.Edge.Https.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
        return new HttpClient(handler) { DefaultRequestVersion = System.Net.HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
    }
}
