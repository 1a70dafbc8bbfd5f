// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Frontier.Contracts;
using Frontier.Decisions.Models;
using Frontier.Http.Http1;
using Frontier.Protocols.Http;

namespace Frontier.Benchmarks;

/// <summary>What the benchmarks have in common: heads as they come, and a table of a hundred distributions.</summary>
internal static class Samples
{
    public const string Host = "www.site42.example.com";

    private const string CachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";

    /// <summary>As load generators ask.</summary>
    public static byte[] Bare { get; } = "GET /images/hero.webp HTTP/1.1\r\nHost: www.site42.example.com\r\n\r\n"u8.ToArray();

    public static byte[] Browser { get; } =
        """
        GET /images/2026/08/hero.webp?width=1280&dpr=2 HTTP/1.1
        Host: www.site42.example.com
        Connection: keep-alive
        sec-ch-ua-platform: "Linux"
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36
        sec-ch-ua: "Chromium";v="140", "Not=A?Brand";v="24"
        sec-ch-ua-mobile: ?0
        Accept: image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8
        Sec-Fetch-Site: same-origin
        Sec-Fetch-Mode: no-cors
        Sec-Fetch-Dest: image
        Referer: https://www.site42.example.com/
        Accept-Encoding: gzip, deflate, br, zstd
        Accept-Language: en-GB,en;q=0.9,de;q=0.8
        Cookie: session=0123456789abcdef0123456789abcdef; theme=dark; consent=1


        """u8.ToArray().SelectMany(static value => value == (byte)'\n' ? "\r\n"u8.ToArray() : [value]).ToArray();

    public static RequestHead Head(byte[] bytes)
    {
        var head = new RequestHead();
        return new RequestHeadParser().Parse(bytes, head) is HeadParseStatus.Complete ? head : throw new InvalidOperationException("A sample is no request.");
    }

    public static RoutingTable Table()
    {
        var result = SnapshotCompiler.Compile(new ConfigSnapshot
        {
            Version = 1,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Distributions = [.. Enumerable.Range(0, 100).Select(Distribution)],
            CachePolicies =
            [
                new CachePolicyConfig { Id = CachingOptimized, Name = "CachingOptimized", MinTtl = 1, DefaultTtl = 86_400, MaxTtl = 31_536_000, AcceptEncodingGzip = true, AcceptEncodingBrotli = true },
            ],
            OriginRequestPolicies = [],
            ResponseHeadersPolicies = [],
        });
        return result.Succeeded ? result.Table : throw new InvalidOperationException(string.Join(' ', result.Faults));
    }

    /// <summary>Ten behaviors, the last of which the samples match.</summary>
    private static DistributionConfig Distribution(int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"E{number:D13}");
        return new DistributionConfig
        {
            Id = id,
            Arn = $"arn:aws:cloudfront::000000000000:distribution/{id}",
            DomainName = string.Create(CultureInfo.InvariantCulture, $"d{number:D13}.frontier.localhost"),
            Aliases = [string.Create(CultureInfo.InvariantCulture, $"www.site{number}.example.com"), string.Create(CultureInfo.InvariantCulture, $"*.site{number}.example.org")],
            Enabled = true,
            Origins = [new OriginConfig { Id = "origin", DomainName = "origin.example.com", Protocol = OriginProtocol.HttpOnly }],
            DefaultBehavior = Behavior("*"),
            Behaviors = [.. Patterns.Select(Behavior)],
        };
    }

    private static readonly ImmutableArray<string> Patterns = ["/api/*", "*.php", "/login", "/static/js/*", "/static/css/*", "/fonts/*", "*.pdf", "/video/*.m3u8", "/feed?", "/images/*"];

    private static BehaviorConfig Behavior(string pattern) => new()
    {
        PathPattern = pattern,
        TargetOriginId = "origin",
        ViewerProtocol = ViewerProtocol.AllowAll,
        CachePolicyId = CachingOptimized,
    };
}
