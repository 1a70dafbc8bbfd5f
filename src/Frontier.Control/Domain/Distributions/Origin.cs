// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Control.Domain.Distributions;

/// <summary>Where a distribution fetches from. Exactly one of <see cref="S3"/>, <see cref="Custom"/> and <see cref="Vpc"/> is set.</summary>
internal sealed record Origin
{
    public required string Id { get; init; }

    public required string DomainName { get; init; }

    public string Path { get; init; } = "";

    public ImmutableArray<HeaderConfig> CustomHeaders { get; init; } = [];

    public S3OriginSettings? S3 { get; init; }

    public CustomOriginSettings? Custom { get; init; }

    public VpcOriginSettings? Vpc { get; init; }

    /// <summary>1 to 3.</summary>
    public int ConnectionAttempts { get; init; } = 3;

    /// <summary>Seconds, 1 to 10.</summary>
    public int ConnectionTimeout { get; init; } = 10;

    /// <summary>Seconds, at least the read timeout; null for no bound.</summary>
    public int? ResponseCompletionTimeout { get; init; }

    public bool ShieldEnabled { get; init; }

    public string? ShieldRegion { get; init; }

    public string OriginAccessControlId { get; init; } = "";

    public int ReadTimeout => S3?.ReadTimeout ?? Custom?.ReadTimeout ?? Vpc?.ReadTimeout ?? CustomOriginSettings.DefaultReadTimeout;
}

/// <param name="ReadTimeout">Seconds, 1 to 120.</param>
internal sealed record S3OriginSettings(string OriginAccessIdentity, int ReadTimeout);

/// <summary>Times are seconds, 1 to 120.</summary>
internal sealed record CustomOriginSettings(
    int HttpPort, int HttpsPort, string ProtocolPolicy, ImmutableArray<string> SslProtocols, int ReadTimeout, int KeepaliveTimeout, string IpAddressType, string? MtlsCertificateArn)
{
    public const int DefaultReadTimeout = 30;
    public const int DefaultKeepaliveTimeout = 5;

    /// <summary>What an origin gets that names no protocols (<c>api.md</c> §9: the three of TLS today).</summary>
    public static ImmutableArray<string> DefaultSslProtocols { get; } = ["TLSv1", "TLSv1.1", "TLSv1.2"];
}

internal sealed record VpcOriginSettings(string VpcOriginId, string? OwnerAccountId, int ReadTimeout, int KeepaliveTimeout);
