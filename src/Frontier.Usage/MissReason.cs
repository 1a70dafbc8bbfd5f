// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage;

/// <summary>Why a miss missed, so that nobody has to guess.</summary>
public enum MissReason
{
    /// <summary>It was no miss.</summary>
    None,

    /// <summary>Never seen here, or long forgotten.</summary>
    Cold,

    /// <summary>Stored, but its time to live was over and the origin had a newer one.</summary>
    Expired,

    /// <summary>Dropped to make room.</summary>
    Evicted,

    /// <summary>Dropped by an invalidation, which <see cref="RequestRecord.InvalidatedBy"/> names, or by a request that changed something.</summary>
    Invalidated,

    /// <summary>Answers under this key may not be shared; <see cref="RequestRecord.Uncacheable"/> says why where it is known.</summary>
    Uncacheable,
}
