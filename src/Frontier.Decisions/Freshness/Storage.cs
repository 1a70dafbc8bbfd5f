// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Freshness;

/// <summary>Decides whether an origin's answer is stored and how long it is fresh, by the rules the edge follows.</summary>
public static class Storage
{
    public static StorageVerdict Decide(
        CachingRules rules, in AskedFor asked, ResponseHead answer, DistributionModel distribution, BehaviorModel behavior, DateTimeOffset now) => rules switch
        {
            CachingRules.CloudFront => TimeToLive.Decide(asked.Method, answer, distribution, behavior, now),
            CachingRules.Strict => StrictTimeToLive.Decide(asked, answer, distribution, behavior, now),
        };

    /// <summary>Whether the origin can be asked if what it sent still holds (DP-15.1).</summary>
    public static bool HasValidator(HeaderList headers) => headers.Contains("etag"u8) || headers.Contains("last-modified"u8);

    internal static bool VariesByAll(HeaderList headers) => headers.Joined("vary"u8) is { } vary && vary.Contains('*', StringComparison.Ordinal);
}
