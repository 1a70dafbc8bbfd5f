// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Decisions.Linting;
using Frontier.Decisions.Planning;

namespace Frontier.Decisions.Tests.Linting;

/// <summary>A site that the linter has nothing to say of: a signed bucket behind HTTPS, with what CachingOptimized says. A test changes what it is about.</summary>
internal sealed record LintedSite
{
    public CachePolicyConfig Cache { get; init; } = Sample.CachePolicy with { MinTtl = 1, AcceptEncodingGzip = true, AcceptEncodingBrotli = true };

    public OriginRequestPolicyConfig? Beyond { get; init; }

    public ResponseHeadersPolicyConfig? Response { get; init; }

    public BehaviorConfig Behavior { get; init; } = Sample.BehaviorConfig with { TargetOriginId = "bucket", ViewerProtocol = ViewerProtocol.RedirectToHttps, Compress = true };

    public DistributionConfig Distribution { get; init; } = Sample.DistributionConfig with { DefaultRootObject = "index.html", Origins = [Bucket] };

    public static OriginConfig Bucket { get; } = Sample.S3Origin with
    {
        Id = "bucket",
        Protocol = OriginProtocol.HttpsOnly,
        S3 = new S3OriginConfig { Bucket = "bucket", Region = "us-east-1", Signing = OriginSigningBehavior.Always, AccessKeyId = "id", SecretAccessKey = "secret" },
    };

    public static OriginConfig Server { get; } = new() { Id = "server", DomainName = "app.example.com", Protocol = OriginProtocol.HttpsOnly };

    /// <summary>The same in front of a server of the owner's.</summary>
    public static LintedSite OfServer { get; } = new()
    {
        Behavior = new LintedSite().Behavior with { TargetOriginId = "server" },
        Distribution = new LintedSite().Distribution with { Origins = [Server] },
    };

    /// <summary>With further behaviors, each the default one under another pattern.</summary>
    public LintedSite With(params string[] patterns) => this with { Distribution = Distribution with { Behaviors = [.. patterns.Select(pattern => Behavior with { PathPattern = pattern })] } };

    public LintedSite WithErrors(params ErrorResponseConfig[] errors) => this with { Distribution = Distribution with { ErrorResponses = [.. errors] } };

    /// <summary>With a page for 503 at a path of errors.</summary>
    public LintedSite WithPage() => WithErrors(new ErrorResponseConfig(503, 10) { PagePath = "/errors/503.html", PageStatus = 503 });

    public SingleDistribution Compile()
    {
        var behavior = Behavior with { OriginRequestPolicyId = Beyond?.Id, ResponseHeadersPolicyId = Response?.Id };
        var snapshot = Sample.Snapshot(Distribution with
        {
            DefaultBehavior = behavior,
            Behaviors = [.. Distribution.Behaviors.Select(other => other with { OriginRequestPolicyId = behavior.OriginRequestPolicyId, ResponseHeadersPolicyId = behavior.ResponseHeadersPolicyId })],
        }) with
        {
            CachePolicies = [Cache, Sample.CachePolicy with { Id = "disabled", MinTtl = 0, DefaultTtl = 0, MaxTtl = 0 }],
            OriginRequestPolicies = Beyond is null ? [] : [Beyond],
            ResponseHeadersPolicies = Response is null ? [] : [Response],
        };
        var compiled = SingleDistribution.Compile(snapshot, Distribution.Id)!;
        Assert.Empty(compiled.Faults);
        return compiled;
    }

    public ImmutableArray<LintFinding> Lint()
    {
        var compiled = Compile();
        return DistributionLint.Check(compiled.Config, compiled.Model!);
    }
}
