// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>What happens to a request by its protocol (§4).</summary>
public enum ViewerProtocol
{
    AllowAll,
    RedirectToHttps,
    HttpsOnly,
}

/// <summary>One cache behavior.</summary>
public sealed record BehaviorConfig
{
    /// <summary><c>*</c> for the default behavior.</summary>
    public required string PathPattern { get; init; }

    /// <summary>An origin, or an origin group (§12).</summary>
    public required string TargetOriginId { get; init; }

    public required ViewerProtocol ViewerProtocol { get; init; }

    /// <summary>Upper-case tokens.</summary>
    public ImmutableArray<string> AllowedMethods { get; init => field = value.IsDefault ? ["GET", "HEAD"] : value; } = ["GET", "HEAD"];

    /// <summary>GET and HEAD, and OPTIONS when it is cached (DP-4.6).</summary>
    public ImmutableArray<string> CachedMethods { get; init => field = value.IsDefault ? ["GET", "HEAD"] : value; } = ["GET", "HEAD"];

    public required string CachePolicyId { get; init; }

    public string? OriginRequestPolicyId { get; init; }

    public string? ResponseHeadersPolicyId { get; init; }

    public bool Compress { get; init; }

    /// <summary>Whether gRPC requests are carried (DP-30.2).</summary>
    public bool Grpc { get; init; }

    /// <summary>Null where everybody is served, signed or not (§24).</summary>
    public SignersConfig? Signers { get; init; }

    /// <summary>One of the snapshot's configurations of field-level encryption (§25); null for none.</summary>
    public string? FieldEncryptionId { get; init; }
}
