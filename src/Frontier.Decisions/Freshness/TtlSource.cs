// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Freshness;

/// <summary>What an answer's time to live was taken from, before the policy's bounds.</summary>
public enum TtlSource
{
    SharedMaxAge,
    MaxAge,
    Expires,

    /// <summary>The origin said nothing: the cache policy's DefaultTTL.</summary>
    DefaultTtl,

    /// <summary>The origin said nothing: a tenth of the time since Last-Modified (RFC 9111, section 4.2.2).</summary>
    Heuristic,

    /// <summary>The origin forbids reuse: zero.</summary>
    Forbidden,

    /// <summary>ErrorCachingMinTTL (DP-19.1).</summary>
    ErrorCaching,
}
