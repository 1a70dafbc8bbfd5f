// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Net;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests;

/// <summary>The plainest valid value of everything a decision reads; a test changes what it is about with <c>with</c>.</summary>
internal static class Sample
{
    public static CachePolicyConfig CachePolicy { get; } = new() { Id = "cp", Name = "cp", MinTtl = 0, DefaultTtl = 86_400, MaxTtl = 31_536_000 };

    public static OriginRequestPolicyConfig OriginRequestPolicy { get; } = new() { Id = "orp", Name = "orp" };

    public static OriginConfig Origin { get; } = new() { Id = "o", DomainName = "origin.example", Protocol = OriginProtocol.HttpOnly };

    public static OriginConfig S3Origin { get; } = Origin with
    {
        DomainName = "bucket.s3.amazonaws.com",
        Protocol = OriginProtocol.MatchViewer,
        S3 = new S3OriginConfig { Bucket = "bucket", Region = "us-east-1" },
    };

    public static BehaviorConfig BehaviorConfig { get; } =
        new() { PathPattern = "*", TargetOriginId = "o", ViewerProtocol = ViewerProtocol.AllowAll, CachePolicyId = "cp" };

    public static DistributionConfig DistributionConfig { get; } = new()
    {
        Id = "E1A2B3C4D5E6F7",
        Arn = "arn:aws:cloudfront::123456789012:distribution/E1A2B3C4D5E6F7",
        DomainName = "d1.frontier.localhost",
        Enabled = true,
        Origins = [Origin],
        DefaultBehavior = BehaviorConfig,
    };

    public static ViewerFacts Viewer { get; } = new() { Address = IPAddress.Parse("198.51.100.7"), Port = 46532 };

    public static ConfigSnapshot Snapshot(params DistributionConfig[] distributions) => new()
    {
        Version = 7,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Distributions = [.. distributions],
        CachePolicies = [CachePolicy],
        OriginRequestPolicies = [OriginRequestPolicy],
    };

    public static BehaviorModel Behavior(
        CachePolicyConfig? cachePolicy = null, OriginRequestPolicyConfig? originRequestPolicy = null, OriginConfig? origin = null, BehaviorConfig? behavior = null,
        ResponseHeadersPolicyConfig? responseHeadersPolicy = null) => new(
            behavior ?? BehaviorConfig, new OriginModel(origin ?? Origin), failover: null, new CachePolicyModel(cachePolicy ?? CachePolicy),
            originRequestPolicy is null ? OriginRequestPolicyModel.None : new OriginRequestPolicyModel(originRequestPolicy),
            responseHeadersPolicy is null ? null : new ResponseHeadersPolicyModel(responseHeadersPolicy));

    public static DistributionModel Distribution(DistributionConfig? config = null, params BehaviorModel[] behaviors) =>
        new(config ?? DistributionConfig, [.. behaviors], Behavior());

    /// <summary>A request with its Host; <paramref name="headers"/> in the form <c>"name: value"</c>.</summary>
    public static RequestHead Request(string target = "/", params string[] headers)
    {
        var request = new RequestHead { Host = "www.example.com" };
        request.SetMethod("GET");
        request.SetTarget(Encoding.Latin1.GetBytes(target));
        request.Headers.Add("Host", "www.example.com");
        AddTo(request.Headers, headers);
        return request;
    }

    public static ResponseHead Answer(int status, params string[] headers)
    {
        var answer = new ResponseHead { Status = status };
        AddTo(answer.Headers, headers);
        return answer;
    }

    public static HeaderList Headers(params string[] headers)
    {
        var list = new HeaderList();
        AddTo(list, headers);
        return list;
    }

    public static SelectionConfig Listed(params string[] names) => new(Selection.Whitelist, [.. names]);

    public static SelectionConfig AllBut(params string[] names) => new(Selection.AllExcept, [.. names]);

    public static List<string> Lines(HeaderList headers) =>
        [.. Enumerable.Range(0, headers.Count).Select(i => $"{headers.NameText(i)}: {headers.ValueText(i)}")];

    public static string Key(RequestHead request, BehaviorModel behavior, DistributionModel? distribution = null, ViewerFacts? viewer = null)
    {
        var into = new ArrayBufferWriter<byte>();
        CacheKey.Write(request, distribution ?? Distribution(), behavior, viewer ?? Viewer, into);
        return Encoding.Latin1.GetString(into.WrittenSpan);
    }

    private static void AddTo(HeaderList list, string[] headers)
    {
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            list.Add(header[..colon], header[(colon + 1)..].TrimStart(' '));
        }
    }
}
