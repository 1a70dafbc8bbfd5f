// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>The configurations and profiles of field-level encryption of one snapshot (§25).</summary>
internal sealed class FieldEncryptionCompiler
{
    private readonly Dictionary<string, FieldEncryptionModel> _models = new(StringComparer.Ordinal);

    public FieldEncryptionCompiler(ConfigSnapshot snapshot, SignersCompiler keys, CompiledParts parts, ImmutableArray<string>.Builder faults)
    {
        var profiles = new Dictionary<string, FieldEncryptionProfileModel>(StringComparer.Ordinal);
        foreach (var config in snapshot.FieldEncryptionProfiles)
        {
            var key = keys.FindKey(config.PublicKeyId);
            if (key is not { RsaBytes: > 0 })
            {
                faults.Add($"Field-level encryption profile {config.Id}: there is no public key {config.PublicKeyId} of RSA.");
                continue;
            }

            var known = parts.Find<FieldEncryptionProfileModel>(config);
            var model = known is not null && ReferenceEquals(known.Key, key) ? known : new FieldEncryptionProfileModel(config, key);
            if (!profiles.TryAdd(config.Id, parts.Keep(config, model)))
            {
                faults.Add($"There are two field-level encryption profiles with the id {config.Id}.");
            }
        }

        foreach (var config in snapshot.FieldEncryptions)
        {
            string[] named = [.. (config.QueryArgs?.Profiles ?? []).Select(static profile => profile.ProfileId).Append(config.FormProfileId).OfType<string>().Distinct()];
            var missing = named.Where(id => !profiles.ContainsKey(id)).ToList();
            if (missing.Count > 0)
            {
                faults.Add($"Field-level encryption {config.Id}: there are no profiles {string.Join(", ", missing)}.");
                continue;
            }

            ImmutableArray<FieldEncryptionProfileModel> found = [.. named.Select(id => profiles[id])];
            var known = parts.Find<FieldEncryptionModel>(config);
            var model = known is not null && known.Profiles.AsSpan().SequenceEqual(found.AsSpan()) ? known : new FieldEncryptionModel(config, found);
            if (!_models.TryAdd(config.Id, parts.Keep(config, model)))
            {
                faults.Add($"There are two configurations of field-level encryption with the id {config.Id}.");
            }
        }
    }

    /// <summary>Null for a behavior that encrypts nothing.</summary>
    /// <param name="where">Distribution and behavior, for faults.</param>
    public FieldEncryptionModel? Compile(string? id, string where, ImmutableArray<string>.Builder faults)
    {
        if (id is null)
        {
            return null;
        }

        if (!_models.TryGetValue(id, out var model))
        {
            faults.Add($"{where}: there is no field-level encryption {id}.");
        }

        return model;
    }

    /// <summary>Whether a model of before is still the right one, which is compared as an object.</summary>
    public bool IsRight(FieldEncryptionModel? known, string? id) => ReferenceEquals(known, id is null ? null : _models.GetValueOrDefault(id));
}
