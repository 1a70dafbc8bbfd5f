// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control;

/// <summary>Every quota by its name, for operators who set them and for the page that lists them (<c>api.md</c> §7).</summary>
public static class QuotaTable
{
    /// <summary>As many as were ever tried of distributions; of most things it is no bound at all.</summary>
    private const int MostThings = 100_000;

    /// <summary>Half of what the head of a message may have.</summary>
    private const int MostCharacters = 16_384;

    /// <summary>A call's body has at most 1 MiB, in which a function is written in base64.</summary>
    private const int MostBytes = 768 * 1_024;

    /// <summary>A call's body has at most 1 MiB.</summary>
    private const int MostBatchCharacters = 1_000_000;

    /// <summary>An import is read whole.</summary>
    private const int MostStoreBytes = 64 * 1_024 * 1_024;

    public static ImmutableArray<Quota> All { get; } =
    [
        New(nameof(Quotas.Distributions), "distributions", MostThings, static quotas => quotas.Distributions, static (quotas, number) => quotas with { Distributions = number }),
        New(nameof(Quotas.AliasesPerDistribution), "aliases of one distribution", MostThings, static quotas => quotas.AliasesPerDistribution, static (quotas, number) => quotas with { AliasesPerDistribution = number }),
        New(nameof(Quotas.OriginsPerDistribution), "origins of one distribution", MostThings, static quotas => quotas.OriginsPerDistribution, static (quotas, number) => quotas with { OriginsPerDistribution = number }),
        New(nameof(Quotas.OriginGroupsPerDistribution), "origin groups of one distribution", MostThings, static quotas => quotas.OriginGroupsPerDistribution, static (quotas, number) => quotas with { OriginGroupsPerDistribution = number }),
        New(nameof(Quotas.CacheBehaviorsPerDistribution), "cache behaviors of one distribution, beside the default one", MostThings, static quotas => quotas.CacheBehaviorsPerDistribution, static (quotas, number) => quotas with { CacheBehaviorsPerDistribution = number }),
        New(nameof(Quotas.CustomHeadersPerOrigin), "headers that one origin is sent", MostThings, static quotas => quotas.CustomHeadersPerOrigin, static (quotas, number) => quotas with { CustomHeadersPerOrigin = number }),
        New(nameof(Quotas.CustomHeaderName), "characters of the name of such a header", MostCharacters, static quotas => quotas.CustomHeaderName, static (quotas, number) => quotas with { CustomHeaderName = number }),
        New(nameof(Quotas.CustomHeaderValue), "characters of its value", MostCharacters, static quotas => quotas.CustomHeaderValue, static (quotas, number) => quotas with { CustomHeaderValue = number }),
        New(nameof(Quotas.CustomHeaderTotal), "characters of all names and values of one origin", MostCharacters, static quotas => quotas.CustomHeaderTotal, static (quotas, number) => quotas with { CustomHeaderTotal = number }),
        New(nameof(Quotas.OriginAccessControls), "origin access controls", MostThings, static quotas => quotas.OriginAccessControls, static (quotas, number) => quotas with { OriginAccessControls = number }),
        New(nameof(Quotas.DistributionsPerOriginAccessControl), "distributions that use one", MostThings, static quotas => quotas.DistributionsPerOriginAccessControl, static (quotas, number) => quotas with { DistributionsPerOriginAccessControl = number }),
        New(nameof(Quotas.OriginAccessIdentities), "origin access identities", MostThings, static quotas => quotas.OriginAccessIdentities, static (quotas, number) => quotas with { OriginAccessIdentities = number }),
        New(nameof(Quotas.DistributionsPerOriginAccessIdentity), "distributions that use one", MostThings, static quotas => quotas.DistributionsPerOriginAccessIdentity, static (quotas, number) => quotas with { DistributionsPerOriginAccessIdentity = number }),
        New(nameof(Quotas.PoliciesPerKind), "custom policies, of each of the three kinds", MostThings, static quotas => quotas.PoliciesPerKind, static (quotas, number) => quotas with { PoliciesPerKind = number }),
        New(nameof(Quotas.DistributionsPerPolicy), "distributions that use one custom policy", MostThings, static quotas => quotas.DistributionsPerPolicy, static (quotas, number) => quotas with { DistributionsPerPolicy = number }),
        New(nameof(Quotas.NamesPerPolicy), "headers, cookies or query strings that a cache policy or an origin request policy lists", MostThings, static quotas => quotas.NamesPerPolicy, static (quotas, number) => quotas with { NamesPerPolicy = number }),
        New(nameof(Quotas.NameCharactersPerPolicy), "characters of all names in one such list", MostCharacters, static quotas => quotas.NameCharactersPerPolicy, static (quotas, number) => quotas with { NameCharactersPerPolicy = number }),
        New(nameof(Quotas.CustomHeadersPerPolicy), "headers that a response headers policy adds", MostThings, static quotas => quotas.CustomHeadersPerPolicy, static (quotas, number) => quotas with { CustomHeadersPerPolicy = number }),
        New(nameof(Quotas.RemovedHeadersPerPolicy), "headers that it removes", MostThings, static quotas => quotas.RemovedHeadersPerPolicy, static (quotas, number) => quotas with { RemovedHeadersPerPolicy = number }),
        New(nameof(Quotas.ContentSecurityPolicy), "characters of its Content-Security-Policy", MostCharacters, static quotas => quotas.ContentSecurityPolicy, static (quotas, number) => quotas with { ContentSecurityPolicy = number }),
        New(nameof(Quotas.AllowedOrigins), "characters of all origins that it allows", MostCharacters, static quotas => quotas.AllowedOrigins, static (quotas, number) => quotas with { AllowedOrigins = number }),
        New(nameof(Quotas.InvalidationPaths), "paths of one invalidation, and of all that are in progress in one distribution", MostThings, static quotas => quotas.InvalidationPaths, static (quotas, number) => quotas with { InvalidationPaths = number }),
        New(nameof(Quotas.InvalidationWildcards), "paths ending in `*` in progress in one distribution", MostThings, static quotas => quotas.InvalidationWildcards, static (quotas, number) => quotas with { InvalidationWildcards = number }),
        New(nameof(Quotas.ContinuousDeploymentPolicies), "continuous deployment policies", MostThings, static quotas => quotas.ContinuousDeploymentPolicies, static (quotas, number) => quotas with { ContinuousDeploymentPolicies = number }),
        New(nameof(Quotas.StagingDistributions), "staging distributions", MostThings, static quotas => quotas.StagingDistributions, static (quotas, number) => quotas with { StagingDistributions = number }),
        New(nameof(Quotas.Functions), "functions", MostThings, static quotas => quotas.Functions, static (quotas, number) => quotas with { Functions = number }),
        New(nameof(Quotas.FunctionBytes), "bytes of the source of one", MostBytes, static quotas => quotas.FunctionBytes, static (quotas, number) => quotas with { FunctionBytes = number }),
        New(nameof(Quotas.KeyValueStores), "key value stores", MostThings, static quotas => quotas.KeyValueStores, static (quotas, number) => quotas with { KeyValueStores = number }),
        New(nameof(Quotas.FunctionsPerKeyValueStore), "functions that read one", MostThings, static quotas => quotas.FunctionsPerKeyValueStore, static (quotas, number) => quotas with { FunctionsPerKeyValueStore = number }),
        New(nameof(Quotas.KeyValueStoreBytes), "bytes of all keys and values of one, in UTF-8", MostStoreBytes, static quotas => quotas.KeyValueStoreBytes, static (quotas, number) => quotas with { KeyValueStoreBytes = number }),
        New(nameof(Quotas.TagsPerResource), "tags of one resource", MostThings, static quotas => quotas.TagsPerResource, static (quotas, number) => quotas with { TagsPerResource = number }),
        New(nameof(Quotas.PublicKeys), "public keys", MostThings, static quotas => quotas.PublicKeys, static (quotas, number) => quotas with { PublicKeys = number }),
        New(nameof(Quotas.KeyGroups), "key groups", MostThings, static quotas => quotas.KeyGroups, static (quotas, number) => quotas with { KeyGroups = number }),
        New(nameof(Quotas.PublicKeysPerKeyGroup), "public keys of one key group", MostThings, static quotas => quotas.PublicKeysPerKeyGroup, static (quotas, number) => quotas with { PublicKeysPerKeyGroup = number }),
        New(nameof(Quotas.DistributionsPerKeyGroup), "distributions that trust one key group", MostThings, static quotas => quotas.DistributionsPerKeyGroup, static (quotas, number) => quotas with { DistributionsPerKeyGroup = number }),
        New(nameof(Quotas.KeyGroupsPerBehavior), "key groups that one cache behavior trusts", MostThings, static quotas => quotas.KeyGroupsPerBehavior, static (quotas, number) => quotas with { KeyGroupsPerBehavior = number }),
        New(nameof(Quotas.TrustedSigners), "accounts that a cache behavior or a streaming distribution trusts", MostThings, static quotas => quotas.TrustedSigners, static (quotas, number) => quotas with { TrustedSigners = number }),
        New(nameof(Quotas.ForwardedHeaders), "headers that legacy `ForwardedValues` put into the key", MostThings, static quotas => quotas.ForwardedHeaders, static (quotas, number) => quotas with { ForwardedHeaders = number }),
        New(nameof(Quotas.ForwardedCookies), "cookies that they list", MostThings, static quotas => quotas.ForwardedCookies, static (quotas, number) => quotas with { ForwardedCookies = number }),
        New(nameof(Quotas.ForwardedCookieCharacters), "characters of the names of those, and one more for each", MostCharacters, static quotas => quotas.ForwardedCookieCharacters, static (quotas, number) => quotas with { ForwardedCookieCharacters = number }),
        New(nameof(Quotas.ForwardedParameters), "query parameters that they put into the key", MostThings, static quotas => quotas.ForwardedParameters, static (quotas, number) => quotas with { ForwardedParameters = number }),
        New(nameof(Quotas.ForwardedParameter), "characters of the name of one", MostCharacters, static quotas => quotas.ForwardedParameter, static (quotas, number) => quotas with { ForwardedParameter = number }),
        New(nameof(Quotas.ForwardedParameterCharacters), "characters of the names of all", MostCharacters, static quotas => quotas.ForwardedParameterCharacters, static (quotas, number) => quotas with { ForwardedParameterCharacters = number }),
        New(nameof(Quotas.FieldEncryptionConfigs), "configurations of field-level encryption", MostThings, static quotas => quotas.FieldEncryptionConfigs, static (quotas, number) => quotas with { FieldEncryptionConfigs = number }),
        New(nameof(Quotas.FieldEncryptionProfiles), "profiles of field-level encryption", MostThings, static quotas => quotas.FieldEncryptionProfiles, static (quotas, number) => quotas with { FieldEncryptionProfiles = number }),
        New(nameof(Quotas.DistributionsPerFieldEncryption), "distributions that use one configuration", MostThings, static quotas => quotas.DistributionsPerFieldEncryption, static (quotas, number) => quotas with { DistributionsPerFieldEncryption = number }),
        New(nameof(Quotas.QueryArgProfiles), "query arguments that one configuration maps to profiles", MostThings, static quotas => quotas.QueryArgProfiles, static (quotas, number) => quotas with { QueryArgProfiles = number }),
        New(nameof(Quotas.FieldPatternsPerProfile), "patterns of fields in one profile", MostThings, static quotas => quotas.FieldPatternsPerProfile, static (quotas, number) => quotas with { FieldPatternsPerProfile = number }),
        New(nameof(Quotas.RealtimeLogConfigs), "real-time log configurations", MostThings, static quotas => quotas.RealtimeLogConfigs, static (quotas, number) => quotas with { RealtimeLogConfigs = number }),
        New(nameof(Quotas.StreamingDistributions), "legacy streaming distributions", MostThings, static quotas => quotas.StreamingDistributions, static (quotas, number) => quotas with { StreamingDistributions = number }),
        New(nameof(Quotas.TrustStores), "trust stores", MostThings, static quotas => quotas.TrustStores, static (quotas, number) => quotas with { TrustStores = number }),
        New(nameof(Quotas.DistributionsPerTrustStore), "distributions that use one", MostThings, static quotas => quotas.DistributionsPerTrustStore, static (quotas, number) => quotas with { DistributionsPerTrustStore = number }),
        New(nameof(Quotas.TrustStoreBytes), "bytes of the file of one", MostBytes, static quotas => quotas.TrustStoreBytes, static (quotas, number) => quotas with { TrustStoreBytes = number }),
        New(nameof(Quotas.CertificatesPerTrustStore), "certificates in that file", MostThings, static quotas => quotas.CertificatesPerTrustStore, static (quotas, number) => quotas with { CertificatesPerTrustStore = number }),
        New(nameof(Quotas.Certificates), "certificates imported or requested by ACM's API; raised to the number of distributions where that is larger", MostThings, static quotas => quotas.Certificates, static (quotas, number) => quotas with { Certificates = number }),
        New(nameof(Quotas.ServerCertificates), "certificates uploaded by IAM's API", MostThings, static quotas => quotas.ServerCertificates, static (quotas, number) => quotas with { ServerCertificates = number }),
        New(nameof(Quotas.HostedZones), "hosted zones", MostThings, static quotas => quotas.HostedZones, static (quotas, number) => quotas with { HostedZones = number }),
        New(nameof(Quotas.RecordSetsPerZone), "record sets of one hosted zone", MostThings, static quotas => quotas.RecordSetsPerZone, static (quotas, number) => quotas with { RecordSetsPerZone = number }),
        New(nameof(Quotas.RecordSetsPerName), "record sets of one name and type, told apart by their identifiers", MostThings, static quotas => quotas.RecordSetsPerName, static (quotas, number) => quotas with { RecordSetsPerName = number }),
        New(nameof(Quotas.RecordsPerChangeBatch), "records of one change batch; those of an UPSERT count twice", MostThings, static quotas => quotas.RecordsPerChangeBatch, static (quotas, number) => quotas with { RecordsPerChangeBatch = number }),
        New(nameof(Quotas.CharactersPerChangeBatch), "characters of all values of one change batch; those of an UPSERT count twice", MostBatchCharacters, static quotas => quotas.CharactersPerChangeBatch, static (quotas, number) => quotas with { CharactersPerChangeBatch = number }),
        New(nameof(Quotas.HealthChecks), "health checks", MostThings, static quotas => quotas.HealthChecks, static (quotas, number) => quotas with { HealthChecks = number }),
        New(nameof(Quotas.TagsPerZone), "tags of a hosted zone or health check", MostThings, static quotas => quotas.TagsPerZone, static (quotas, number) => quotas with { TagsPerZone = number }),
    ];

    /// <summary>Null for no quota's name.</summary>
    public static Quota? Find(string name) => All.FirstOrDefault(quota => quota.Name == name);

    /// <summary>The names that somebody may have meant who wrote another one, nearest first.</summary>
    public static IEnumerable<string> Nearest(string name, int count) => All.Select(static quota => quota.Name).OrderBy(other => Distance(name, other)).Take(count);

    private static Quota New(string property, string meaning, int most, Func<Quotas, int> read, Func<Quotas, int, Quotas> write) =>
        new(string.Concat(property.Select(static (letter, at) => char.IsUpper(letter) ? $"{(at > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : letter.ToString())), meaning, most, read, write);

    /// <summary>How many letters are to be added, left out or exchanged to make one of the other (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
