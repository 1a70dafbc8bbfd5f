// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Purging;

/// <summary>A purge that is in effect, as the journal keeps it.</summary>
/// <param name="LogSequence">Its place in the log; 0 for one of the cache's own.</param>
internal readonly record struct StampedPurge(long Stamp, long LogSequence, string Partition, PurgePattern[] Patterns);
