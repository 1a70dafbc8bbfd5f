// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>How the edge picks the protocol towards an origin (DP-11.6, DP-13.2).</summary>
public enum OriginProtocol
{
    HttpOnly,
    HttpsOnly,
    MatchViewer,
}

/// <summary>Which addresses of an origin may be used (DP-11.12).</summary>
public enum OriginAddressFamily
{
    Ipv4,
    Ipv6,
    DualStack,
}

/// <summary>When the edge signs for origin access control (DP-13.8).</summary>
public enum OriginSigningBehavior
{
    Never,
    NoOverride,
    Always,
}

/// <param name="HttpPort">Where it speaks HTTP.</param>
/// <param name="HttpsPort">Where it speaks HTTPS.</param>
/// <param name="ConnectionAttempts">1 to 3 (§11).</param>
/// <param name="ConnectionTimeoutSeconds">1 to 10, per attempt.</param>
/// <param name="ReadTimeoutSeconds">1 to 120: until the first byte, and between two reads.</param>
/// <param name="KeepAliveTimeoutSeconds">1 to 120: how long an idle connection is kept.</param>
public sealed record OriginConfig(
    int HttpPort = 80, int HttpsPort = 443, int ConnectionAttempts = 3, int ConnectionTimeoutSeconds = 10, int ReadTimeoutSeconds = 30, int KeepAliveTimeoutSeconds = 5)
{
    public required string Id { get; init; }

    /// <summary>Lower case, without port.</summary>
    public required string DomainName { get; init; }

    /// <summary>Empty, or begins with a slash and does not end with one (DP-3.13).</summary>
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>Added last, over a viewer's header of the same name (§10.1).</summary>
    public ImmutableArray<HeaderConfig> CustomHeaders { get; init => field = value.OrNone; } = [];

    public required OriginProtocol Protocol { get; init; }

    /// <summary>Any of <c>SSLv3</c>, <c>TLSv1</c>, <c>TLSv1.1</c>, <c>TLSv1.2</c>; a set, not a minimum (DP-11.7).</summary>
    public ImmutableArray<string> TlsProtocols { get; init => field = value.IsDefault ? ["TLSv1.2"] : value; } = ["TLSv1.2"];

    public OriginAddressFamily AddressFamily { get; init; }

    /// <summary>The whole exchange with its retries; null for no bound.</summary>
    public int? ResponseCompletionTimeoutSeconds { get; init; }

    /// <summary>Where a regional edge cache stands before it for all others (DP-26.3), e.g. <c>eu-central-1</c>; null for nowhere.</summary>
    public string? ShieldRegion { get; init; }

    /// <summary>Set for a bucket's REST endpoint, by whatever name it is called; null for custom origins, websites included.</summary>
    public S3OriginConfig? S3 { get; init; }

    /// <summary>Set for an origin with an origin access control of another type than s3; null where nothing is signed.</summary>
    public OriginSigningConfig? Signing { get; init; }

    /// <summary>The certificate that the origin is shown over HTTPS (DP-11.8), among those of the snapshot; null for none.</summary>
    public string? ClientCertificateId { get; init; }
}

/// <summary>A header name and its value.</summary>
public sealed record HeaderConfig(string Name, string Value);

/// <summary>What is particular to an origin that speaks S3.</summary>
public sealed record S3OriginConfig
{
    public required string Bucket { get; init; }

    public required string Region { get; init; }

    public OriginSigningBehavior Signing { get; init; }

    /// <summary>The distribution's own key, or its origin access identity's (DP-13.7, DP-13.13); set whenever <see cref="Signing"/> is not <see cref="OriginSigningBehavior.Never"/>. Secret.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>Secret.</summary>
    public string? SecretAccessKey { get; init; }
}
