// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.Distributions;

/// <summary>One cache behavior, or the default one, whose <see cref="PathPattern"/> is null.</summary>
internal sealed record CacheBehavior
{
    public string? PathPattern { get; init; }

    public required string TargetOriginId { get; init; }

    public SignerList TrustedSigners { get; init; } = SignerList.Off;

    public SignerList TrustedKeyGroups { get; init; } = SignerList.Off;

    public required string ViewerProtocolPolicy { get; init; }

    public ImmutableArray<string> AllowedMethods { get; init; } = DefaultMethods;

    public ImmutableArray<string> CachedMethods { get; init; } = DefaultMethods;

    public bool SmoothStreaming { get; init; }

    public bool Compress { get; init; }

    public ImmutableArray<LambdaAssociation> LambdaFunctions { get; init; } = [];

    public ImmutableArray<FunctionAssociation> Functions { get; init; } = [];

    public string FieldLevelEncryptionId { get; init; } = "";

    public string? RealtimeLogConfigArn { get; init; }

    public string? CachePolicyId { get; init; }

    public string? OriginRequestPolicyId { get; init; }

    public string? ResponseHeadersPolicyId { get; init; }

    public bool GrpcEnabled { get; init; }

    public ForwardedValues? ForwardedValues { get; init; }

    /// <summary>Legacy; null unless sent or <see cref="ForwardedValues"/> is used. Seconds.</summary>
    public long? MinTtl { get; init; }

    public long? DefaultTtl { get; init; }

    public long? MaxTtl { get; init; }

    public static ImmutableArray<string> DefaultMethods { get; } = ["HEAD", "GET"];
}

/// <summary>Trusted signers or trusted key groups: a switch, and account numbers or key group ids.</summary>
internal sealed record SignerList(bool Enabled, ImmutableArray<string> Items)
{
    public static SignerList Off { get; } = new(false, []);
}

internal sealed record LambdaAssociation(string Arn, string EventType, bool IncludeBody);

internal sealed record FunctionAssociation(string Arn, string EventType);

internal sealed record ForwardedValues(
    bool QueryString, string CookieForward, ImmutableArray<string>? CookieNames, ImmutableArray<string> Headers, ImmutableArray<string> QueryStringCacheKeys);
