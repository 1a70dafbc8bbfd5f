// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Zones;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Deployment;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.FieldEncryption;
using Frontier.Control.Domain.Fleet;
using Frontier.Control.Domain.Functions;
using Frontier.Control.Domain.Keys;
using Frontier.Control.Domain.KeyValues;
using Frontier.Control.Domain.Monitoring;
using Frontier.Control.Domain.OriginAccess;
using Frontier.Control.Domain.Policies;
using Frontier.Control.Domain.RealtimeLogs;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.Streaming;
using Frontier.Control.Domain.TrustStores;
using Frontier.Control.Domain.Zones;
using Frontier.Control.Store;

namespace Frontier.Control.Publishing;

/// <summary>
/// Reads stored rows into the domain. What was made of a row is kept for as long as its ETag stands, so that a change to one of
/// many resources reads and parses one. Thread-safe.
/// </summary>
internal sealed class CatalogueLoader(IControlStore store, TimeProvider time)
{
    // Whoever loads takes what the last one left, whole; of two at once either may be the last.
    private volatile Loaded _last = new([], []);

    public async Task<Catalogue> LoadAsync(CancellationToken cancellationToken)
    {
        var before = _last;
        var contents = await store.ReadContentsAsync(before.Marks, cancellationToken);
        var loaded = Merge(before, contents);
        _last = loaded;
        var parts = loaded.Parts.ToLookup(static part => part.Kind, static part => part.Value);
        return new Catalogue
        {
            Version = contents.SnapshotVersion,
            Revision = contents.Revision,
            ReadAt = time.GetUtcNow(),
            Distributions = Of<Distribution>(ResourceKind.Distribution),
            CutOffs = CutOffsOf(contents.OwnTags),
            ContinuousDeploymentPolicies = Of<ContinuousDeploymentPolicy>(ResourceKind.ContinuousDeploymentPolicy),
            CachePolicies = new(ManagedPolicies.CachePolicies, Of<Policy<CachePolicySettings>>(ResourceKind.CachePolicy)),
            OriginRequestPolicies = new(ManagedPolicies.OriginRequestPolicies, Of<Policy<OriginRequestPolicySettings>>(ResourceKind.OriginRequestPolicy)),
            ResponseHeadersPolicies = new(ManagedPolicies.ResponseHeadersPolicies, Of<Policy<ResponseHeadersPolicySettings>>(ResourceKind.ResponseHeadersPolicy)),
            Functions = Of<Function>(ResourceKind.Function),
            KeyValueStores = Of<KeyValueStore>(ResourceKind.KeyValueStore),
            OriginAccessControls = Of<Resource<OriginAccessControlSettings>>(ResourceKind.OriginAccessControl),
            OriginAccessIdentities = Of<Resource<OriginAccessIdentitySettings>>(ResourceKind.OriginAccessIdentity),
            PublicKeys = Of<Resource<PublicKeySettings>>(ResourceKind.PublicKey),
            KeyGroups = Of<Resource<KeyGroupSettings>>(ResourceKind.KeyGroup),
            FieldEncryptionConfigs = Of<Resource<FieldEncryptionSettings>>(ResourceKind.FieldLevelEncryptionConfig),
            FieldEncryptionProfiles = Of<Resource<FieldEncryptionProfileSettings>>(ResourceKind.FieldLevelEncryptionProfile),
            RealtimeLogs = Of<Resource<RealtimeLogSettings>>(ResourceKind.RealtimeLogConfig),
            Monitoring = Of<Resource<MonitoringSettings>>(ResourceKind.MonitoringSubscription),
            StreamingDistributions = Of<Resource<StreamingDistributionSettings>>(ResourceKind.StreamingDistribution),
            TrustStores = Of<Resource<TrustStoreSettings>>(ResourceKind.TrustStore),
            Certificates = Of<Resource<CertificateSettings>>(ResourceKind.Certificate),
            ServerCertificates = Of<Resource<CertificateSettings>>(ResourceKind.ServerCertificate),
            Pops = Of<Resource<PopSettings>>(ResourceKind.Pop),
            Nodes = Of<Resource<NodeSettings>>(ResourceKind.Node),
            JoinTokens = Of<Resource<JoinTokenSettings>>(ResourceKind.JoinToken),
            HostedZones = Of<Resource<HostedZoneSettings>>(ResourceKind.HostedZone),
            HealthChecks = Of<Resource<HealthCheckSettings>>(ResourceKind.HealthCheck),
        };

        List<T> Of<T>(ResourceKind kind) => [.. parts[kind].Cast<T>()];
    }

    /// <summary>One that cannot be read was refused when it was set, but for those from before there were any.</summary>
    private static ImmutableDictionary<string, CutOffChoice> CutOffsOf(IReadOnlyList<OwnTag> tags)
    {
        var choices = ImmutableDictionary.CreateBuilder<string, CutOffChoice>();
        foreach (var tag in tags)
        {
            if (tag is { Kind: ResourceKind.Distribution, Key: CutOffTag.Key } && CutOffTag.TryRead(tag.Value, out var choice))
            {
                choices[tag.Id] = choice;
            }
        }

        return choices.ToImmutable();
    }

    public static Distribution ToDistribution(ResourceRow row) =>
        new(row.Id, row.DomainName!, row.ETag, row.ModifiedAt, row.SnapshotVersion, row.Deployed, Read(row, DistributionReader.Read));

    public static ContinuousDeploymentPolicy ToContinuousDeploymentPolicy(ResourceRow row)
    {
        var stored = Read(row, ContinuousDeploymentPolicyDocument.ReadStored);
        return new ContinuousDeploymentPolicy(row.Id, row.ETag, row.ModifiedAt, stored.SessionEpoch, stored.Settings);
    }

    public static Function ToFunction(ResourceRow row) => Read(row, root => FunctionDocument.ReadStored(row.Id, row.ETag, root));

    public static KeyValueStore ToKeyValueStore(ResourceRow row) => new(row.Id, row.Name!, row.ETag, row.ModifiedAt, Read(row, KeyValueStoreDocument.Read).Comment);

    /// <summary>One of the account's own policies.</summary>
    public static Policy<T> ToPolicy<T>(ResourceRow row, Func<ElementReader, T> read)
        where T : PolicySettings =>
        new(row.Id, row.ETag, row.ModifiedAt, false, Read(row, read));

    public static Resource<T> ToResource<T>(ResourceRow row, Func<ElementReader, T> read)
        where T : class =>
        new(row.Id, row.ETag, row.ModifiedAt, row.DomainName, Read(row, read));

    public static Resource<CertificateSettings> ToCertificate(ResourceRow row) => ToResource(row, CertificateDocument.Read);

    /// <summary>Rows that were read go where their marks stand; everything else is what it was, or deployed by now.</summary>
    private static Loaded Merge(Loaded before, StoreContents contents)
    {
        var parts = new List<Part>(contents.Marks.Count);
        var (known, read) = (0, 0);
        var unknown = ResourceMark.FindUnknown(contents.Marks, before.Marks);
        foreach (var mark in contents.Marks)
        {
            if (read < unknown.Count && unknown[read] == mark.Position)
            {
                var row = contents.Resources[read++];
                parts.Add(new Part(row.Kind, ToDomain(row)));
                continue;
            }

            while (before.Marks[known].Position < mark.Position)
            {
                known++;
            }

            var part = before.Parts[known];
            parts.Add(part.Value is Distribution distribution && distribution.Deployed != mark.Deployed ? part with { Value = distribution with { Deployed = mark.Deployed } } : part);
        }

        return new Loaded(contents.Marks, parts);
    }

    private static object ToDomain(ResourceRow row) => row.Kind switch
    {
        ResourceKind.Distribution => ToDistribution(row),
        ResourceKind.OriginAccessControl => ToResource(row, OriginAccessControlDocument.Read),
        ResourceKind.OriginAccessIdentity => ToResource(row, OriginAccessIdentityDocument.Read),
        ResourceKind.CachePolicy => ToPolicy(row, CachePolicyDocument.Read),
        ResourceKind.OriginRequestPolicy => ToPolicy(row, OriginRequestPolicyDocument.Read),
        ResourceKind.ResponseHeadersPolicy => ToPolicy(row, ResponseHeadersPolicyDocument.Read),
        ResourceKind.ContinuousDeploymentPolicy => ToContinuousDeploymentPolicy(row),
        ResourceKind.Function => ToFunction(row),
        ResourceKind.KeyValueStore => ToKeyValueStore(row),
        ResourceKind.PublicKey => ToResource(row, PublicKeyDocument.Read),
        ResourceKind.KeyGroup => ToResource(row, KeyGroupDocument.Read),
        ResourceKind.FieldLevelEncryptionConfig => ToResource(row, FieldEncryptionDocument.Read),
        ResourceKind.FieldLevelEncryptionProfile => ToResource(row, FieldEncryptionProfileDocument.Read),
        ResourceKind.RealtimeLogConfig => ToResource(row, RealtimeLogDocument.Read),
        ResourceKind.MonitoringSubscription => ToResource(row, MonitoringDocument.Read),
        ResourceKind.StreamingDistribution => ToResource(row, StreamingDistributionDocument.Read),
        ResourceKind.TrustStore => ToResource(row, TrustStoreDocument.ReadStored),
        ResourceKind.Certificate or ResourceKind.ServerCertificate => ToCertificate(row),
        ResourceKind.Pop => ToResource(row, FleetDocuments.ReadPop),
        ResourceKind.Node => ToResource(row, FleetDocuments.ReadNode),
        ResourceKind.JoinToken => ToResource(row, FleetDocuments.ReadJoinToken),
        ResourceKind.HostedZone => ToResource(row, HostedZoneDocument.ReadStored),
        ResourceKind.HealthCheck => ToResource(row, HealthCheckDocument.ReadStored),
    };

    private static T Read<T>(ResourceRow row, Func<ElementReader, T> read)
        where T : class =>
        ElementReader.ReadRoot(XmlText.Read(row.Body), read).Failed(out var error, out var value)
            ? throw new InvalidDataException($"The stored document of {row.Kind} {row.Id} cannot be read: {error.Message}")
            : value;

    /// <summary>What one row was made into.</summary>
    private readonly record struct Part(ResourceKind Kind, object Value);

    /// <summary>A catalogue as it was put together: each mark and, at the same index, what was made of its row.</summary>
    private sealed record Loaded(IReadOnlyList<ResourceMark> Marks, IReadOnlyList<Part> Parts);
}
