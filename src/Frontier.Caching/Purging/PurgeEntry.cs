// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Caching;

/// <summary>
/// One entry of the purge log. A pattern is an exact target, all of whose variants go (DP-27.3, DP-27.4), or, when its last
/// character is <c>*</c>, a prefix (DP-27.1); <c>/*</c> is the whole partition.
/// </summary>
public sealed record PurgeEntry(long Sequence, string Partition, ImmutableArray<string> Patterns)
{
    /// <summary>Every object of the partition that carries one of them goes (DP-27.12), compared byte by byte with <see cref="StoredHead.Tags"/>.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];
}
