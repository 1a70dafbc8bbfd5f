// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>How the parts of one kind differ between two snapshots.</summary>
public sealed record PartsDelta<T>
    where T : class, ISnapshotPart
{
    /// <summary>New parts, and those that say something else than before.</summary>
    public ImmutableArray<T> Set { get; init => field = value.OrNone; } = [];

    public ImmutableArray<string> Removed { get; init => field = value.OrNone; } = [];

    /// <summary>Those that stay keep their place, new ones follow.</summary>
    public ImmutableArray<T> ApplyTo(ImmutableArray<T> parts)
    {
        if (Set.IsEmpty && Removed.IsEmpty)
        {
            return parts;
        }

        var set = Set.ToDictionary(static part => part.Id, StringComparer.Ordinal);
        var removed = Removed.ToHashSet(StringComparer.Ordinal);
        var result = ImmutableArray.CreateBuilder<T>(parts.Length + Set.Length);
        foreach (var part in parts)
        {
            if (!removed.Contains(part.Id))
            {
                result.Add(set.Remove(part.Id, out var changed) ? changed : part);
            }
        }

        result.AddRange(Set.Where(part => set.ContainsKey(part.Id)));
        return result.ToImmutable();
    }
}
