// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;

namespace Frontier.Contracts;

/// <summary>
/// Everything an edge needs to serve, as of one version: compiled by the control plane, kept by the edge on disk, swapped in
/// whole. Immutable. New members get defaults, so that an old edge reads a new snapshot and the other way round.
/// </summary>
/// <param name="Format">The lowest format that says all that the snapshot says, so that old edges take what they understand.</param>
public sealed record ConfigSnapshot(int Format = 1)
{
    /// <summary>The newest format; an edge refuses a snapshot of a higher one than it knows.</summary>
    public const int CurrentFormat = FormatWithCutOffs;

    /// <summary>What an edge would serve wrongly that knows no later format: to everybody, where only signed requests are to be served (§24).</summary>
    public const int FormatWithSigners = 2;

    /// <summary>What an edge would serve wrongly that knows no later format: by a certificate of its own, and by older protocols than are wanted (§22).</summary>
    public const int FormatWithCertificates = 3;

    /// <summary>An edge that knows no later format would send origins fields as they are that are to be encrypted (§25).</summary>
    public const int FormatWithFieldEncryption = 4;

    /// <summary>An edge that knows no later format would serve viewers without the certificates that are asked of them (§31).</summary>
    public const int FormatWithViewerCertificates = 5;

    /// <summary>An edge that knows no later format would serve from its cache while it is cut off, also where that is not wanted (<see cref="CutOffChoice"/>).</summary>
    public const int FormatWithCutOffs = 6;

    /// <summary>What this program says of a snapshot that only a later one can read, to the operator of both.</summary>
    /// <param name="format">Higher than <see cref="CurrentFormat"/>.</param>
    public static string FaultOfLater(long format) => string.Create(
        CultureInfo.InvariantCulture, $"The snapshot has format {format}; this program reads up to {CurrentFormat}. Install the control plane's version here, or take back the setting that needs it.");

    /// <summary>Grows by one with every change; 0 is the empty snapshot of a new control plane.</summary>
    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public ImmutableArray<DistributionConfig> Distributions { get; init => field = value.OrNone; } = [];

    /// <summary>The cache policies that the distributions name, managed ones included.</summary>
    public ImmutableArray<CachePolicyConfig> CachePolicies { get; init => field = value.OrNone; } = [];

    public ImmutableArray<OriginRequestPolicyConfig> OriginRequestPolicies { get; init => field = value.OrNone; } = [];

    public ImmutableArray<ResponseHeadersPolicyConfig> ResponseHeadersPolicies { get; init => field = value.OrNone; } = [];

    /// <summary>The keys of <see cref="KeyGroups"/> and of <see cref="FieldEncryptionProfiles"/>.</summary>
    public ImmutableArray<PublicKeyConfig> PublicKeys { get; init => field = value.OrNone; } = [];

    /// <summary>The key groups that the distributions name.</summary>
    public ImmutableArray<KeyGroupConfig> KeyGroups { get; init => field = value.OrNone; } = [];

    /// <summary>The configurations of field-level encryption that behaviors name.</summary>
    public ImmutableArray<FieldEncryptionConfig> FieldEncryptions { get; init => field = value.OrNone; } = [];

    /// <summary>The profiles of <see cref="FieldEncryptions"/>.</summary>
    public ImmutableArray<FieldEncryptionProfileConfig> FieldEncryptionProfiles { get; init => field = value.OrNone; } = [];

    /// <summary>The trust stores that distributions name.</summary>
    public ImmutableArray<TrustStoreConfig> TrustStores { get; init => field = value.OrNone; } = [];

    /// <summary>The certificates that the distributions name.</summary>
    public ImmutableArray<CertificateConfig> Certificates { get; init => field = value.OrNone; } = [];
}
