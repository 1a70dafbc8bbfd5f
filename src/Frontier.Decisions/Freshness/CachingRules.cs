// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Freshness;

/// <summary>Whose rules the cache follows where CloudFront departs from the RFCs.</summary>
public enum CachingRules
{
    /// <summary>§14 to §19: the cache policy over the origin, the viewer's Cache-Control without effect.</summary>
    CloudFront,

    /// <summary>RFC 9111 with RFC 9213, bounded by the cache policy's DefaultTTL and MaxTTL.</summary>
    Strict,
}
