// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage;

/// <summary>How a request ended, as the access log names it (§29.1, fields 14 and 23).</summary>
public enum ResultType
{
    Hit,
    RefreshHit,
    Miss,
    LimitExceeded,
    CapacityExceeded,
    Error,
    Redirect,
}

public static class ResultTypes
{
    extension(ResultType type)
    {
        /// <summary>The word in the log.</summary>
        public string LogName => type switch
        {
            ResultType.Hit => "Hit",
            ResultType.RefreshHit => "RefreshHit",
            ResultType.Miss => "Miss",
            ResultType.LimitExceeded => "LimitExceeded",
            ResultType.CapacityExceeded => "CapacityExceeded",
            ResultType.Error => "Error",
            ResultType.Redirect => "Redirect",
        };

        /// <summary>The value of X-Cache (§21.1).</summary>
        public string CacheHeader => type switch
        {
            ResultType.Hit => "Hit from cloudfront",
            ResultType.RefreshHit => "RefreshHit from cloudfront",
            ResultType.Miss => "Miss from cloudfront",
            ResultType.LimitExceeded or ResultType.CapacityExceeded or ResultType.Error => "Error from cloudfront",
            ResultType.Redirect => "Redirect from cloudfront",
        };
    }
}
