// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>What lists are that a document of another version does not have (<see cref="ContractsJson"/>).</summary>
public static class MissingMembers
{
    extension<T>(ImmutableArray<T> list)
    {
        /// <summary>The list itself, or an empty one in the place of none at all.</summary>
        public ImmutableArray<T> OrNone => list.IsDefault ? [] : list;
    }
}
