// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Explaining;

/// <summary>What the cache has for a request.</summary>
public enum CacheState
{
    /// <summary>It answers.</summary>
    Fresh,

    /// <summary>It is served while it is refreshed, validated, or a reserve for when the origin fails (§15, §18).</summary>
    Stale,

    /// <summary>The origin is asked.</summary>
    Absent,

    /// <summary>The cache is not asked at all.</summary>
    Bypassed,
}
