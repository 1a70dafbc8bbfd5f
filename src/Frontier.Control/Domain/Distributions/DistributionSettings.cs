// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.Distributions;

/// <summary>
/// A distribution's whole configuration with every default filled in (<c>api.md</c> §9), as Get returns it. Words of closed
/// vocabularies stay as CloudFront spells them; <see cref="Vocabulary"/> lists them and the reader admits no others.
/// </summary>
internal sealed record DistributionSettings
{
    public required string CallerReference { get; init; }

    /// <summary>Lower case; a leading <c>*.</c> makes a wildcard.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    public string DefaultRootObject { get; init; } = "";

    public required ImmutableArray<Origin> Origins { get; init; }

    public ImmutableArray<OriginGroup> OriginGroups { get; init; } = [];

    public required CacheBehavior DefaultCacheBehavior { get; init; }

    /// <summary>In the order they are tried.</summary>
    public ImmutableArray<CacheBehavior> CacheBehaviors { get; init; } = [];

    public ImmutableArray<CustomErrorResponse> CustomErrorResponses { get; init; } = [];

    public required string Comment { get; init; }

    public LoggingSettings Logging { get; init; } = LoggingSettings.Off;

    public string PriceClass { get; init; } = "PriceClass_All";

    public required bool Enabled { get; init; }

    public ViewerCertificate ViewerCertificate { get; init; } = ViewerCertificate.Default;

    public GeoRestriction GeoRestriction { get; init; } = GeoRestriction.None;

    public string WebAclId { get; init; } = "";

    public string HttpVersion { get; init; } = "http2";

    public bool IsIpv6Enabled { get; init; }

    public string ContinuousDeploymentPolicyId { get; init; } = "";

    public bool Staging { get; init; }

    public string AnycastIpListId { get; init; } = "";

    /// <summary>Null when the element is absent.</summary>
    public ImmutableArray<TenantParameter>? TenantParameters { get; init; }

    public string ConnectionMode { get; init; } = "direct";

    public ViewerMtls? ViewerMtls { get; init; }

    public string? ConnectionFunctionId { get; init; }

    public string? CacheTagHeaderName { get; init; }

    /// <summary>The default behavior, then the others as they are tried.</summary>
    public IEnumerable<CacheBehavior> AllBehaviors => CacheBehaviors.Prepend(DefaultCacheBehavior);
}
