// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Policies;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Store;

namespace Frontier.Control.Publishing;

/// <summary>
/// Reads stored rows into the domain. Documents already read are remembered by resource and ETag, so that a change to one of
/// many distributions parses one document. Thread-safe.
/// </summary>
internal sealed class CatalogueLoader(IControlStore store)
{
    // Bounded by the quotas: one entry a resource, replaced when its ETag changes, dropped with it.
    private readonly ConcurrentDictionary<string, (string ETag, DistributionSettings Settings)> _read = [];

    public async Task<Catalogue> LoadAsync(CancellationToken cancellationToken)
    {
        var contents = await store.ReadContentsAsync(cancellationToken);
        var rows = contents.Resources.ToLookup(row => row.Kind);
        var distributions = rows[ResourceKind.Distribution].Select(ToDistribution).ToList();
        if (_read.Count > distributions.Count)
        {
            var alive = distributions.Select(distribution => distribution.Id).ToHashSet();
            foreach (var gone in _read.Keys.Where(id => !alive.Contains(id)))
            {
                _read.TryRemove(gone, out _);
            }
        }

        return new Catalogue
        {
            Version = contents.SnapshotVersion,
            Distributions = distributions,
            OriginAccessControls = ReadAll(rows[ResourceKind.OriginAccessControl], OriginAccessControlDocument.Read),
            OriginAccessIdentities = ReadAll(rows[ResourceKind.OriginAccessIdentity], OriginAccessIdentityDocument.Read),
            CachePolicies = new(ManagedPolicies.CachePolicies, ReadPolicies(rows[ResourceKind.CachePolicy], CachePolicyDocument.Read)),
            OriginRequestPolicies = new(ManagedPolicies.OriginRequestPolicies, ReadPolicies(rows[ResourceKind.OriginRequestPolicy], OriginRequestPolicyDocument.Read)),
            ResponseHeadersPolicies = new(ManagedPolicies.ResponseHeadersPolicies, ReadPolicies(rows[ResourceKind.ResponseHeadersPolicy], ResponseHeadersPolicyDocument.Read)),

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
        var known = _read.TryGetValue(row.Id, out var read) && read.ETag == row.ETag;
        var settings = known ? read.Settings : Read(row, DistributionReader.Read);
        if (!known)
        {
            _read[row.Id] = (row.ETag, settings);
        }

        return new Distribution(row.Id, row.DomainName!, row.ETag, row.ModifiedAt, row.SnapshotVersion, row.Deployed, settings);
    }

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
