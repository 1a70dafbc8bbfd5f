// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Frontier.Contracts;

/// <summary>
/// What makes one snapshot of another: a change to one of ten thousand distributions is sent, stored and compiled as that one.
/// Every list of <see cref="ConfigSnapshot"/> has its counterpart here.
/// </summary>
/// <param name="Format">As <see cref="ConfigSnapshot.Format"/>.</param>
public sealed record SnapshotDelta(int Format = 1)
{
    /// <summary>The version it is applied to. First in the JSON: by it a stored delta is told from a whole snapshot.</summary>
    [JsonPropertyOrder(-1)]
    public required long BaseVersion { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public PartsDelta<DistributionConfig> Distributions { get; init => field = value ?? new(); } = new();

    public PartsDelta<CachePolicyConfig> CachePolicies { get; init => field = value ?? new(); } = new();

    public PartsDelta<OriginRequestPolicyConfig> OriginRequestPolicies { get; init => field = value ?? new(); } = new();

    public PartsDelta<ResponseHeadersPolicyConfig> ResponseHeadersPolicies { get; init => field = value ?? new(); } = new();

    public PartsDelta<PublicKeyConfig> PublicKeys { get; init => field = value ?? new(); } = new();

    public PartsDelta<KeyGroupConfig> KeyGroups { get; init => field = value ?? new(); } = new();

    public PartsDelta<FieldEncryptionConfig> FieldEncryptions { get; init => field = value ?? new(); } = new();

    public PartsDelta<FieldEncryptionProfileConfig> FieldEncryptionProfiles { get; init => field = value ?? new(); } = new();

    public PartsDelta<TrustStoreConfig> TrustStores { get; init => field = value ?? new(); } = new();

    public PartsDelta<CertificateConfig> Certificates { get; init => field = value ?? new(); } = new();

    public static SnapshotDelta Between(ConfigSnapshot from, ConfigSnapshot to) => new()
    {
        BaseVersion = from.Version,
        Format = to.Format,
        Version = to.Version,
        CreatedAt = to.CreatedAt,
        Distributions = Between(from.Distributions, to.Distributions),
        CachePolicies = Between(from.CachePolicies, to.CachePolicies),
        OriginRequestPolicies = Between(from.OriginRequestPolicies, to.OriginRequestPolicies),
        ResponseHeadersPolicies = Between(from.ResponseHeadersPolicies, to.ResponseHeadersPolicies),
        PublicKeys = Between(from.PublicKeys, to.PublicKeys),
        KeyGroups = Between(from.KeyGroups, to.KeyGroups),
        FieldEncryptions = Between(from.FieldEncryptions, to.FieldEncryptions),
        FieldEncryptionProfiles = Between(from.FieldEncryptionProfiles, to.FieldEncryptionProfiles),
        TrustStores = Between(from.TrustStores, to.TrustStores),
        Certificates = Between(from.Certificates, to.Certificates),
    };

    /// <summary>The snapshot that follows. Parts that did not change are the same objects as before.</summary>
    /// <exception cref="ArgumentException">The snapshot has another version than <see cref="BaseVersion"/>.</exception>
    public ConfigSnapshot ApplyTo(ConfigSnapshot snapshot) => snapshot.Version != BaseVersion
        ? throw new ArgumentException($"The delta is to version {BaseVersion}, not to {snapshot.Version}.", nameof(snapshot))
        : snapshot with
        {
            Format = Format,
            Version = Version,
            CreatedAt = CreatedAt,
            Distributions = Distributions.ApplyTo(snapshot.Distributions),
            CachePolicies = CachePolicies.ApplyTo(snapshot.CachePolicies),
            OriginRequestPolicies = OriginRequestPolicies.ApplyTo(snapshot.OriginRequestPolicies),
            ResponseHeadersPolicies = ResponseHeadersPolicies.ApplyTo(snapshot.ResponseHeadersPolicies),
            PublicKeys = PublicKeys.ApplyTo(snapshot.PublicKeys),
            KeyGroups = KeyGroups.ApplyTo(snapshot.KeyGroups),
            FieldEncryptions = FieldEncryptions.ApplyTo(snapshot.FieldEncryptions),
            FieldEncryptionProfiles = FieldEncryptionProfiles.ApplyTo(snapshot.FieldEncryptionProfiles),
            TrustStores = TrustStores.ApplyTo(snapshot.TrustStores),
            Certificates = Certificates.ApplyTo(snapshot.Certificates),
        };

    /// <summary>Parts that are the same object on both sides are not looked into.</summary>
    private static PartsDelta<T> Between<T>(ImmutableArray<T> from, ImmutableArray<T> to)
        where T : class, ISnapshotPart
    {
        var before = new Dictionary<string, T>(from.Length, StringComparer.Ordinal);
        foreach (var part in from)
        {
            before[part.Id] = part;
        }

        var changed = ImmutableArray.CreateBuilder<T>();
        foreach (var part in to)
        {
            if (!before.Remove(part.Id, out var old) || !ReferenceEquals(old, part))
            {
                changed.Add(part);
            }
        }

        return new PartsDelta<T> { Set = changed.ToImmutable(), Removed = [.. before.Keys] };
    }
}
