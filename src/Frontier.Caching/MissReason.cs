// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

/// <summary>Why a lookup found nothing.</summary>
public enum MissReason
{
    None,

    /// <summary>Never seen, or so long ago that nothing remembers it.</summary>
    Cold,

    /// <summary>Stored once and dropped for want of room.</summary>
    Evicted,

    /// <summary>
    /// A purge of the log matched it; <see cref="CacheLookup.PurgedBy"/> names its sequence. That is 0 when so many have come since that
    /// nobody remembers, and when not the log but its key was forgotten.
    /// </summary>
    Invalidated,

    /// <summary>Its target was purged by <see cref="HttpCache.PurgeTarget"/>.</summary>
    Changed,
}
