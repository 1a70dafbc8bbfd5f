// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts;

/// <summary>How requests to an origin that is no bucket are signed (DP-13.8, DP-13.9).</summary>
public sealed record OriginSigningConfig
{
    public required OriginSigningBehavior Behavior { get; init; }

    /// <summary>As in the credential's scope: <c>lambda</c>, <c>mediastore</c> or <c>mediapackagev2</c>.</summary>
    public required string Service { get; init; }

    public required string Region { get; init; }

    /// <summary>The distribution's own (DP-13.13). Secret.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>Secret.</summary>
    public required string SecretAccessKey { get; init; }
}
