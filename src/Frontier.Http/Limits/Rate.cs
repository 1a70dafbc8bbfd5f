// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Limits;

/// <summary>So many a second, and what was not used of some seconds beside.</summary>
/// <param name="perSecond">0 for no limit.</param>
internal readonly struct Rate(int perSecond)
{
    /// <summary>For how long may be saved up: a page with all its files comes at once, and then a while nothing.</summary>
    public const int BurstSeconds = 5;

    public const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>What one costs of the time; 0 where there is no limit.</summary>
    public long Nanoseconds { get; } = perSecond == 0 ? 0 : NanosecondsPerSecond / perSecond;

    public bool IsLimited => Nanoseconds > 0;
}
