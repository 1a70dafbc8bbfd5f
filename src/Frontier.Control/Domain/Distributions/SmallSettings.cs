// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.Distributions;

/// <summary>Access logs of version 1; when off, bucket and prefix are dropped (<c>api.md</c> §9).</summary>
internal sealed record LoggingSettings(bool Enabled, bool IncludeCookies, string Bucket, string Prefix)
{
    public static LoggingSettings Off { get; } = new(false, false, "", "");
}

/// <summary>Which certificate viewers see; the default one forces the minimum protocol TLSv1.</summary>
internal sealed record ViewerCertificate(
    bool CloudFrontDefault, string? IamCertificateId, string? AcmCertificateArn, string? SslSupportMethod, string MinimumProtocolVersion)
{
    public const string DefaultMinimumProtocol = "TLSv1";

    public static ViewerCertificate Default { get; } = new(true, null, null, null, DefaultMinimumProtocol);
}

internal sealed record GeoRestriction(string Type, ImmutableArray<string> Locations)
{
    public static GeoRestriction None { get; } = new("none", []);
}

/// <summary>Either the page and the code are both given or neither is; <paramref name="MinTtlSeconds"/> stands alone as well.</summary>
internal sealed record CustomErrorResponse(int ErrorCode, string ResponsePagePath, string ResponseCode, long MinTtlSeconds)
{
    public const long DefaultMinTtlSeconds = 10;
}

internal sealed record OriginGroup(string Id, ImmutableArray<int> StatusCodes, ImmutableArray<string> Members, string SelectionCriteria);

internal sealed record TenantParameter(string Name, string Comment, string? DefaultValue, bool Required);

internal sealed record ViewerMtls(string Mode, string? TrustStoreId, bool AdvertiseTrustStoreCaNames, bool IgnoreCertificateExpiry);
