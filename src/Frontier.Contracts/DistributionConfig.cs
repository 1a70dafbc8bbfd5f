// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>One distribution as the edge sees it (<c>api.md</c> §9, as far as the edge honours it).</summary>
/// <param name="Http2">Whether viewers are offered HTTP/2.</param>
/// <param name="IsIpv6Enabled">Whether DNS tells addresses of IPv6 for its name (DP-2.10).</param>
public sealed record DistributionConfig(bool Http2 = true, bool IsIpv6Enabled = true) : ISnapshotPart
{
    public required string Id { get; init; }

    public required string Arn { get; init; }

    /// <summary>Lower case, e.g. <c>d111111abcdef8.frontier.localhost</c>.</summary>
    public required string DomainName { get; init; }

    /// <summary>Lower case; a leading <c>*.</c> makes a wildcard (DP-2.2).</summary>
    public ImmutableArray<string> Aliases { get; init => field = value.OrNone; } = [];

    /// <summary>A disabled distribution still captures its names (DP-2.4).</summary>
    public required bool Enabled { get; init; }

    /// <summary>Empty for none; never begins with a slash.</summary>
    public string DefaultRootObject { get; init => field = value ?? ""; } = "";

    /// <summary>From which parts of the world DNS answers (DP-26.6), e.g. <c>PriceClass_100</c>.</summary>
    public string PriceClass { get; init => field = value ?? "PriceClass_All"; } = "PriceClass_All";

    public required ImmutableArray<OriginConfig> Origins { get; init; }

    public required BehaviorConfig DefaultBehavior { get; init; }

    /// <summary>In the order they are tried (DP-3.1).</summary>
    public ImmutableArray<BehaviorConfig> Behaviors { get; init => field = value.OrNone; } = [];

    public ImmutableArray<OriginGroupConfig> OriginGroups { get; init => field = value.OrNone; } = [];

    /// <summary>What becomes of errors, by status (§19); a status not named here is kept for the default of 10 seconds and has no page.</summary>
    public ImmutableArray<ErrorResponseConfig> ErrorResponses { get; init => field = value.OrNone; } = [];

    /// <summary>From which countries it is served (§23); null for all.</summary>
    public CountriesConfig? Countries { get; init; }

    /// <summary>What viewers are asked for while they connect (DP-31.4); null for nothing.</summary>
    public ViewerCertificatesConfig? ViewerCertificates { get; init; }

    /// <summary>The origin's header that lists an object's cache tags (DP-27.12); null for none.</summary>
    public string? CacheTagHeader { get; init; }

    /// <summary>Whether the access log shows the Cookie header (§29.1, field 13).</summary>
    public bool LogCookies { get; init; }

    /// <summary>A staging distribution serves requests for its primary distribution only, never for its own name (DP-2.8).</summary>
    public bool Staging { get; init; }

    /// <summary>The certificate that viewers see who ask for one of its aliases, among those of the snapshot; null for one of the edge's own.</summary>
    public string? CertificateId { get; init; }

    /// <summary>The security policy of those viewers' connections (§22), e.g. <c>TLSv1.2_2021</c>; all others have that of the default certificate (DP-22.3).</summary>
    public string SecurityPolicy { get; init => field = value ?? "TLSv1"; } = "TLSv1";

    /// <summary>Which requests its staging distribution serves; null while none are (DP-28.1).</summary>
    public ContinuousDeploymentConfig? ContinuousDeployment { get; init; }

    /// <summary>How it is served by an edge that does not hear of invalidations any more.</summary>
    public CutOffChoice WhenCutOff { get; init; }
}

/// <summary>Countries that a distribution is served to alone, or not at all (DP-23.1).</summary>
/// <param name="AreAllowed">True where only these are served, false where these are not.</param>
/// <param name="Codes">ISO 3166-1 alpha-2, upper case.</param>
public sealed record CountriesConfig(bool AreAllowed, ImmutableArray<string> Codes);

/// <summary>What becomes of an error of one status (§19).</summary>
/// <param name="MinTtlSeconds">How long it is kept at least (DP-19.1).</param>
public sealed record ErrorResponseConfig(int Status, int MinTtlSeconds)
{
    /// <summary>Begins with a slash; null when the error has no page of its own (DP-19.5).</summary>
    public string? PagePath { get; init; }

    /// <summary>The status sent with the page; null for the error's own (DP-19.6).</summary>
    public int? PageStatus { get; init; }
}

/// <summary>Two origins, the second of which answers where the first fails (§12).</summary>
public sealed record OriginGroupConfig
{
    public required string Id { get; init; }

    public required string PrimaryOriginId { get; init; }

    public required string SecondaryOriginId { get; init; }

    /// <summary>Statuses of the primary's that count as failure (DP-12.2, DP-12.9).</summary>
    public required ImmutableArray<int> FailoverStatuses { get; init; }
}
