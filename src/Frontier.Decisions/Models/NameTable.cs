// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Frontier.Decisions.Models;

/// <summary>
/// Who has which name. The names are frozen apart from their owners: freezing ten thousand costs more than everything else that a
/// change makes anew, and most changes leave the names as they are. Immutable; look-ups allocate nothing.
/// </summary>
internal sealed class NameTable
{
    private readonly FrozenDictionary<string, int> _places;
    private readonly ImmutableArray<string> _names;
    private readonly ImmutableArray<DistributionModel> _owners;

    /// <param name="names">Each once.</param>
    /// <param name="owners">One for each name, at its index.</param>
    /// <param name="previous">The table before; its frozen names are taken over where they are the same in the same order.</param>
    public NameTable(List<string> names, List<DistributionModel> owners, NameTable? previous)
    {
        _owners = [.. owners];
        (_names, _places) = previous is not null && previous._names.AsSpan().SequenceEqual(CollectionsMarshal.AsSpan(names))
            ? (previous._names, previous._places)
            : ([.. names], names.Index().ToFrozenDictionary(static name => name.Item, static name => name.Index, StringComparer.Ordinal));
    }

    public IEnumerable<DistributionModel> Owners => _owners;

    public bool TryFind(ReadOnlySpan<char> name, [NotNullWhen(true)] out DistributionModel? owner)
    {
        var found = _places.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var place);
        owner = found ? _owners[place] : null;
        return found;
    }

    /// <summary>Whether the names were taken over.</summary>
    internal bool SharesNamesWith(NameTable other) => ReferenceEquals(_places, other._places);
}
