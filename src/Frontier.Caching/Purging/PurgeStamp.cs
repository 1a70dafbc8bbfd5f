// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Purging;

/// <summary>
/// The order in which purges took effect in this cache, whoever asked for them: a number that only grows. It is no part of the log:
/// an entry that comes a second time, after a crash, takes a later one. Even ones stand for entries of the log, odd ones for
/// purges of the cache's own.
/// </summary>
internal static class PurgeStamp
{
    /// <summary>
    /// How far behind the last stamp on disk a start counts on. Records may have been checked up to purges that a crash lost, so no
    /// stamp that was ever given out may come again: it would be a later purge that such a record seems to know. More than a
    /// disk that takes no writes can leave out (10,000 purges a second for a month), and few enough for 134 million starts.
    /// </summary>
    public const long Leap = 1L << 36;

    public static long NextOfLog(long last) => (last + 2) & ~1L;

    public static long NextOwn(long last) => (last + 1) | 1L;

    public static bool IsOfLog(long stamp) => (stamp & 1) == 0;
}
