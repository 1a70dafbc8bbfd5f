// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>The keys and key groups of one snapshot, and what a behavior's signers come to.</summary>
internal sealed class SignersCompiler
{
    private readonly Dictionary<string, TrustedKey> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<TrustedKey>> _groups = new(StringComparer.Ordinal);

    /// <param name="parts">Keys that did not change are the same objects as before: what is remembered of their signatures stays good.</param>
    public SignersCompiler(ConfigSnapshot snapshot, CompiledParts parts, ImmutableArray<string>.Builder faults)
    {
        foreach (var config in snapshot.PublicKeys)
        {
            var key = parts.Find<TrustedKey>(config);
            if (key is null && !TrustedKey.TryCreate(config, out key))
            {
                faults.Add($"The public key {config.Id} is none of RSA or ECDSA.");
            }
            else if (!_keys.TryAdd(config.Id, parts.Keep(config, key)))
            {
                faults.Add($"There are two public keys with the id {config.Id}.");
            }
        }

        foreach (var group in snapshot.KeyGroups)
        {
            var found = group.PublicKeyIds.Where(_keys.ContainsKey).Select(id => _keys[id]).ToImmutableArray();
            if (found.Length < group.PublicKeyIds.Length)
            {
                faults.Add($"Key group {group.Id}: there are no public keys {string.Join(", ", group.PublicKeyIds.Where(id => !_keys.ContainsKey(id)))}.");
            }

            if (!_groups.TryAdd(group.Id, found))
            {
                faults.Add($"There are two key groups with the id {group.Id}.");
            }
        }
    }

    /// <summary>Null for an id that is no key's.</summary>
    public TrustedKey? FindKey(string id) => _keys.GetValueOrDefault(id);

    /// <summary>Null for a behavior that asks for no signature.</summary>
    /// <param name="where">Distribution and behavior, for faults.</param>
    public SignersModel? Compile(SignersConfig? config, string where, ImmutableArray<string>.Builder faults)
    {
        if (config is null)
        {
            return null;
        }

        faults.AddRange(config.KeyGroupIds.Where(id => !_groups.ContainsKey(id)).Select(id => $"{where}: there is no key group {id}."));
        return new SignersModel(KeysOf(config));
    }

    /// <summary>Whether a model of before still trusts the right keys, which are compared as objects.</summary>
    public bool IsRight(SignersModel? known, SignersConfig? config) =>
        known is null || config is null ? known is null && config is null : known.Keys.AsSpan().SequenceEqual(KeysOf(config).AsSpan());

    private ImmutableArray<TrustedKey> KeysOf(SignersConfig config) => [.. config.KeyGroupIds.Where(_groups.ContainsKey).SelectMany(id => _groups[id]).Distinct()];
}
