// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Policies;
using Frontier.Protocols.Names;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Publishing;

/// <summary>Turns the domain into what edges are told: every distribution, the policies they name, and a key each for their origins. Pure.</summary>
internal sealed class SnapshotCompiler(ControlOptions options)
{
    private readonly string[] _s3Suffixes = [S3HostName.AwsSuffix, options.Domain];

    public ConfigSnapshot Compile(Catalogue catalogue, long version, DateTimeOffset now)
    {
        var behaviors = catalogue.Distributions.SelectMany(distribution => distribution.Settings.AllBehaviors).ToList();
        return new ConfigSnapshot
        {
            Version = version,
            CreatedAt = now,
            Distributions = [.. catalogue.Distributions.Select(distribution => CompileDistribution(distribution, catalogue))],
            CachePolicies = [.. behaviors.Select(behavior => behavior.CachePolicyId).Distinct().Select(id => ManagedPolicies.FindCachePolicy(id ?? "")).OfType<CachePolicyConfig>()],
            OriginRequestPolicies =
            [
                .. behaviors.Select(behavior => behavior.OriginRequestPolicyId).Distinct()
                    .Select(id => ManagedPolicies.FindOriginRequestPolicy(id ?? "")).OfType<OriginRequestPolicyConfig>(),
            ],
        };
    }

    private DistributionConfig CompileDistribution(Distribution distribution, Catalogue catalogue)
    {
        var settings = distribution.Settings;
        return new DistributionConfig
        {
            Id = distribution.Id,
            Arn = Arn.OfDistribution(options.AccountId, distribution.Id),
            DomainName = distribution.DomainName,
            Aliases = settings.Aliases,
            Enabled = settings.Enabled,
            DefaultRootObject = settings.DefaultRootObject,
            Http2 = settings.HttpVersion is "http2" or "http2and3",
            Origins = [.. settings.Origins.Select(origin => CompileOrigin(origin, distribution.Id, catalogue))],
            DefaultBehavior = CompileBehavior(settings.DefaultCacheBehavior),
            Behaviors = [.. settings.CacheBehaviors.Select(CompileBehavior)],
            ErrorResponses = [.. settings.CustomErrorResponses.Select(response => new ErrorResponseConfig(response.ErrorCode, (int)response.MinTtlSeconds))],
            LogCookies = settings.Logging.IncludeCookies,
        };
    }

    private OriginConfig CompileOrigin(Origin origin, string distributionId, Catalogue catalogue)
    {
        var config = new OriginConfig
        {
            Id = origin.Id,
            DomainName = origin.DomainName,
            Path = origin.Path,
            CustomHeaders = origin.CustomHeaders,
            // DP-13.2: a bucket is asked by the viewer's protocol. That "always" means HTTPS is the edge's to decide, which
            // knows whether another store stands in for the bucket.
            Protocol = OriginProtocol.MatchViewer,
            ConnectionAttempts = origin.ConnectionAttempts,
            ConnectionTimeoutSeconds = origin.ConnectionTimeout,
            ReadTimeoutSeconds = origin.ReadTimeout,
            ResponseCompletionTimeoutSeconds = origin.ResponseCompletionTimeout,
        };
        return origin.Custom is { } custom ? WithCustom(config, custom) : config with { S3 = CompileS3(origin, distributionId, catalogue) };
    }

    private static OriginConfig WithCustom(OriginConfig config, CustomOriginSettings custom) => config with
    {
        Protocol = custom.ProtocolPolicy switch
        {
            "http-only" => OriginProtocol.HttpOnly,
            "https-only" => OriginProtocol.HttpsOnly,
            "match-viewer" => OriginProtocol.MatchViewer,
            _ => throw new InvalidOperationException($"'{custom.ProtocolPolicy}' is no origin protocol policy."),
        },
        HttpPort = custom.HttpPort,
        HttpsPort = custom.HttpsPort,
        TlsProtocols = custom.SslProtocols,
        KeepAliveTimeoutSeconds = custom.KeepaliveTimeout,
        AddressFamily = custom.IpAddressType switch
        {
            "ipv4" => OriginAddressFamily.Ipv4,
            "ipv6" => OriginAddressFamily.Ipv6,
            "dualstack" => OriginAddressFamily.DualStack,
            _ => throw new InvalidOperationException($"'{custom.IpAddressType}' is no address type."),
        },
    };

    private S3OriginConfig CompileS3(Origin origin, string distributionId, Catalogue catalogue)
    {
        if (!S3HostName.TryParse(origin.DomainName, _s3Suffixes, out var name))
        {
            throw new InvalidOperationException($"The origin '{origin.DomainName}' was accepted as a bucket and is none.");
        }

        var signing = catalogue.FindOriginAccessControl(origin.OriginAccessControlId)?.Settings.Signing ?? OriginSigningBehavior.Never;
        var key = signing is OriginSigningBehavior.Never ? null : OriginAccessKeys.Derive(options.OriginAccessSecret, distributionId);
        return new S3OriginConfig { Bucket = name.Bucket, Region = name.Region, Signing = signing, AccessKeyId = key?.Id, SecretAccessKey = key?.Secret };
    }

    private static BehaviorConfig CompileBehavior(CacheBehavior behavior) => new()
    {
        PathPattern = behavior.PathPattern ?? "*",
        TargetOriginId = behavior.TargetOriginId,
        ViewerProtocol = behavior.ViewerProtocolPolicy switch
        {
            "allow-all" => ViewerProtocol.AllowAll,
            "https-only" => ViewerProtocol.HttpsOnly,
            "redirect-to-https" => ViewerProtocol.RedirectToHttps,
            _ => throw new InvalidOperationException($"'{behavior.ViewerProtocolPolicy}' is no viewer protocol policy."),
        },
        AllowedMethods = behavior.AllowedMethods,
        CachedMethods = behavior.CachedMethods,
        CachePolicyId = behavior.CachePolicyId ?? throw new InvalidOperationException("A behavior without a cache policy was accepted."),
        OriginRequestPolicyId = behavior.OriginRequestPolicyId,
        Compress = behavior.Compress,
    };
}
