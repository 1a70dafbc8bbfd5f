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

    /// <summary>A purge matched it; <see cref="CacheLookup.PurgedBy"/> names its sequence; 0 when its key was forgotten.</summary>
    Invalidated,
}
