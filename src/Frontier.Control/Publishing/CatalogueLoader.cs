// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Deployment;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Functions;
using Frontier.Control.Domain.KeyValues;
using Frontier.Control.Domain.Policies;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Store;

namespace Frontier.Control.Publishing;

/// <summary>
/// Reads stored rows into the domain. Large documents already read are remembered. Thread-safe.
/// </summary>
internal sealed class CatalogueLoader(IControlStore store)
{
    private readonly DocumentMemory<DistributionSettings> _distributions = new();
    private readonly DocumentMemory<Function> _functions = new();

    public async Task<Catalogue> LoadAsync(CancellationToken cancellationToken)
    {
        var contents = await store.ReadContentsAsync(cancellationToken);
        var rows = contents.Resources.ToLookup(row => row.Kind);
        _distributions.Keep([.. rows[ResourceKind.Distribution]]);
        _functions.Keep([.. rows[ResourceKind.Function]]);

        return new Catalogue
        {
            Version = contents.SnapshotVersion,
            Revision = contents.Revision,
            Distributions = [.. rows[ResourceKind.Distribution].Select(ToDistribution)],
            ContinuousDeploymentPolicies = [.. rows[ResourceKind.ContinuousDeploymentPolicy].Select(ToContinuousDeploymentPolicy)],
            CachePolicies = new(ManagedPolicies.CachePolicies, ReadPolicies(rows[ResourceKind.CachePolicy], CachePolicyDocument.Read)),
            OriginRequestPolicies = new(ManagedPolicies.OriginRequestPolicies, ReadPolicies(rows[ResourceKind.OriginRequestPolicy], OriginRequestPolicyDocument.Read)),
            ResponseHeadersPolicies = new(ManagedPolicies.ResponseHeadersPolicies, ReadPolicies(rows[ResourceKind.ResponseHeadersPolicy], ResponseHeadersPolicyDocument.Read)),
            Functions = [.. rows[ResourceKind.Function].Select(ToFunction)],
            KeyValueStores = [.. rows[ResourceKind.KeyValueStore].Select(ToKeyValueStore)],
            OriginAccessControls = ReadAll(rows[ResourceKind.OriginAccessControl], OriginAccessControlDocument.Read),
            OriginAccessIdentities = ReadAll(rows[ResourceKind.OriginAccessIdentity], OriginAccessIdentityDocument.Read),
            PublicKeys = ReadAll(rows[ResourceKind.PublicKey], PublicKeyDocument.Read),
            KeyGroups = ReadAll(rows[ResourceKind.KeyGroup], KeyGroupDocument.Read),
            FieldEncryptionConfigs = ReadAll(rows[ResourceKind.FieldLevelEncryptionConfig], FieldEncryptionDocument.Read),
            FieldEncryptionProfiles = ReadAll(rows[ResourceKind.FieldLevelEncryptionProfile], FieldEncryptionProfileDocument.Read),
            RealtimeLogs = ReadAll(rows[ResourceKind.RealtimeLogConfig], RealtimeLogDocument.Read),
            Monitoring = ReadAll(rows[ResourceKind.MonitoringSubscription], MonitoringDocument.Read),
            StreamingDistributions = ReadAll(rows[ResourceKind.StreamingDistribution], StreamingDistributionDocument.Read),
        };
    }

    public Distribution ToDistribution(ResourceRow row)
    {
        var settings = _distributions.Read(row, static row => Read(row, DistributionReader.Read));
        return new Distribution(row.Id, row.DomainName!, row.ETag, row.ModifiedAt, row.SnapshotVersion, row.Deployed, settings);
    }

    public static ContinuousDeploymentPolicy ToContinuousDeploymentPolicy(ResourceRow row)
    {
        var stored = Read(row, ContinuousDeploymentPolicyDocument.ReadStored);
        return new ContinuousDeploymentPolicy(row.Id, row.ETag, row.ModifiedAt, stored.SessionEpoch, stored.Settings);
    }

    public Function ToFunction(ResourceRow row) => _functions.Read(row, static row => Read(row, root => FunctionDocument.ReadStored(row.Id, row.ETag, root)));

    public static KeyValueStore ToKeyValueStore(ResourceRow row) => new(row.Id, row.Name!, row.ETag, row.ModifiedAt, Read(row, KeyValueStoreDocument.Read).Comment);

    /// <summary>One of the account's own policies.</summary>
    public static Policy<T> ToPolicy<T>(ResourceRow row, Func<ElementReader, T> read)
        where T : PolicySettings =>
        new(row.Id, row.ETag, row.ModifiedAt, false, Read(row, read));

    public static Resource<T> ToResource<T>(ResourceRow row, Func<ElementReader, T> read)
        where T : class =>
        new(row.Id, row.ETag, row.ModifiedAt, row.DomainName, Read(row, read));

    private static List<Resource<T>> ReadAll<T>(IEnumerable<ResourceRow> rows, Func<ElementReader, T> read)
        where T : class =>
        [.. rows.Select(row => ToResource(row, read))];

    private static List<Policy<T>> ReadPolicies<T>(IEnumerable<ResourceRow> rows, Func<ElementReader, T> read)
        where T : PolicySettings =>
        [.. rows.Select(row => ToPolicy(row, read))];

    private static T Read<T>(ResourceRow row, Func<ElementReader, T> read)
        where T : class =>
        ElementReader.ReadRoot(XmlText.Read(row.Body), read).Failed(out var error, out var value)
            ? throw new InvalidDataException($"The stored document of {row.Kind} {row.Id} cannot be read: {error.Message}")
            : value;
}
