// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>The trust stores of one snapshot, and what distributions make of them (DP-31.4).</summary>
internal sealed class TrustStoreCompiler
{
    private readonly Dictionary<string, TrustStoreModel> _stores = new(StringComparer.Ordinal);

    public TrustStoreCompiler(ConfigSnapshot snapshot, CompiledParts parts, ImmutableArray<string>.Builder faults)
    {
        foreach (var config in snapshot.TrustStores)
        {
            var store = parts.Find<TrustStoreModel>(config);
            if (store is null && !TrustStoreModel.TryCreate(config, out store))
            {
                faults.Add($"Trust store {config.Id} has something that is no certificate, or no authority that is its own issuer.");
            }
            else if (!_stores.TryAdd(config.Id, parts.Keep(config, store)))
            {
                faults.Add($"There are two trust stores with the id {config.Id}.");
            }
        }
    }

    /// <summary>Null for a distribution that asks its viewers for nothing.</summary>
    /// <param name="behaviors">Of the distribution, as far as they could be compiled.</param>
    public ViewerCertificatesModel? Compile(DistributionConfig distribution, IEnumerable<BehaviorModel> behaviors, ImmutableArray<string>.Builder faults)
    {
        if (distribution.ViewerCertificates is not { } config)
        {
            return null;
        }

        if (config.Mode is ViewerCertificateMode.Passthrough)
        {
            // What the origin says to one viewer's certificate must not be served to another viewer.
            faults.AddRange(behaviors.Where(static behavior => !behavior.CachePolicy.CachingDisabled)
                .Select(behavior => $"Distribution {distribution.Id}, behavior {behavior.Pattern.Text}: it caches, and the distribution passes certificates on to the origin."));
        }
        else if (Find(config) is null)
        {
            faults.Add($"Distribution {distribution.Id}: there is no trust store {config.TrustStoreId}.");
        }

        return ModelOf(config);
    }

    /// <summary>Whether a model of before is still the right one.</summary>
    public bool IsRight(ViewerCertificatesModel? known, ViewerCertificatesConfig? config) => known == (config is null ? null : ModelOf(config));

    private ViewerCertificatesModel ModelOf(ViewerCertificatesConfig config) => new(config.Mode, Find(config), config.AdvertisesAuthorities, config.IgnoresExpiry);

    private TrustStoreModel? Find(ViewerCertificatesConfig config) =>
        config.Mode is not ViewerCertificateMode.Passthrough && config.TrustStoreId is { } id ? _stores.GetValueOrDefault(id) : null;
}
