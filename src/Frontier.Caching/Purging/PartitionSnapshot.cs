// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Purging;

/// <summary>The purges of one partition as they stood at one moment.</summary>
internal sealed record PartitionSnapshot(string Partition, long AllBefore, long Latest, int[] PrefixLengths, (PatternKind Kind, ulong Key, long Stamp)[] Patterns);
