// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>The certificates of one snapshot by id.</summary>
internal sealed class CertificatesCompiler
{
    private readonly Dictionary<string, CertificateModel> _certificates = new(StringComparer.Ordinal);

    public CertificatesCompiler(ConfigSnapshot snapshot, CompiledParts parts, ImmutableArray<string>.Builder faults)
    {
        foreach (var config in snapshot.Certificates)
        {
            if (!CertificateFingerprint.IsOne(config.Fingerprint))
            {
                faults.Add($"Certificate {config.Id}: '{config.Fingerprint}' is no fingerprint.");
            }

            if (!_certificates.TryAdd(config.Id, parts.Keep(config, parts.Find<CertificateModel>(config) ?? new CertificateModel(config))))
            {
                faults.Add($"There are two certificates with the id {config.Id}.");
            }
        }
    }

    /// <summary>Null where none is named.</summary>
    /// <param name="where">Who names it, for faults.</param>
    public CertificateModel? Find(string? id, string where, ImmutableArray<string>.Builder faults)
    {
        if (id is null || _certificates.TryGetValue(id, out var certificate))
        {
            return Find(id);
        }

        faults.Add($"{where}: there is no certificate {id}.");
        return null;
    }

    public CertificateModel? Find(string? id) => id is null ? null : _certificates.GetValueOrDefault(id);
}
