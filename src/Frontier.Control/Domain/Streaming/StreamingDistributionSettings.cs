// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Streaming;

/// <summary>A legacy RTMP distribution (<c>api.md</c> §6.19, §9.1). Kept for tools that still have some; nobody serves RTMP.</summary>
internal sealed record StreamingDistributionSettings
{
    public required string CallerReference { get; init; }

    public required string DomainName { get; init; }

    /// <summary>The identity's reference, or empty.</summary>
    public required string OriginAccessIdentity { get; init; }

    public ImmutableArray<string> Aliases { get; init; } = [];

    public string Comment { get; init; } = "";

    public StreamingLogging Logging { get; init; } = new(false, "", "");

    public SignerList TrustedSigners { get; init; } = SignerList.Off;

    public required string PriceClass { get; init; }

    public required bool Enabled { get; init; }
}

/// <summary>When off, bucket and prefix are dropped, as with other distributions.</summary>
internal sealed record StreamingLogging(bool Enabled, string Bucket, string Prefix);
