// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Frontier.Decisions.Models;

/// <summary>The keys that a behavior trusts, compiled from its key groups (DP-24.3).</summary>
/// <param name="keys">Few: at most four groups of five keys each, or those of the account.</param>
public sealed class SignersModel(ImmutableArray<TrustedKey> keys)
{
    public ImmutableArray<TrustedKey> Keys { get; } = keys;

    /// <summary>Ids compare byte for byte.</summary>
    public bool TryFind(ReadOnlySpan<byte> id, [NotNullWhen(true)] out TrustedKey? key)
    {
        foreach (var candidate in Keys)
        {
            if (candidate.Id.AsSpan().SequenceEqual(id))
            {
                key = candidate;
                return true;
            }
        }

        key = null;
        return false;
    }
}
