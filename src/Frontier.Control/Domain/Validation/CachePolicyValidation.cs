// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Domain.Policies;

namespace Frontier.Control.Domain.Validation;

/// <summary>Cache policies (<c>api.md</c> §9.1).</summary>
internal static class CachePolicyValidation
{
    /// <summary>100 years, in seconds (<c>api.md</c> §9).</summary>
    public const long LongestTtl = 3_153_600_000;

    public static void Check(CachePolicySettings policy, Quotas quotas, FaultList faults)
    {
        PolicyValidation.CheckNames(policy, faults);
        faults.Require(
            policy.MinTtl >= 0 && policy.MinTtl <= policy.DefaultTtl && policy.DefaultTtl <= policy.MaxTtl && policy.MaxTtl <= LongestTtl, ApiErrors.InvalidArgument,
            $"The parameters MinTTL, DefaultTTL and MaxTTL must not decrease in this order, and lie between 0 and {LongestTtl} seconds.");
        faults.Require(
            policy.MaxTtl > 0 || TakesNothing(policy), ApiErrors.InvalidArgument,
            "With a MaxTTL of 0 nothing is cached: the behavior of headers, cookies and query strings must be none, and neither EnableAcceptEncodingGzip nor EnableAcceptEncodingBrotli true.");

        PolicyValidation.CheckHeaders(policy.Headers.Names, PolicyValidation.Lists(policy.Headers.Selection), ApiErrors.TooManyHeadersInCachePolicy, quotas, faults);
        PolicyValidation.CheckCookies(policy.Cookies, ApiErrors.TooManyCookiesInCachePolicy, quotas, faults);
        PolicyValidation.CheckQueryStrings(policy.QueryStrings, ApiErrors.TooManyQueryStringsInCachePolicy, quotas, faults);
        foreach (var name in policy.Headers.Names.Where(static name => !HeaderNames.MayBeInKey(name)))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter Headers contains '{name}' that is not allowed.");
        }

        faults.Require(
            !(policy.Gzip || policy.Brotli) || !policy.Headers.Names.Contains("Accept-Encoding", StringComparer.OrdinalIgnoreCase), ApiErrors.InvalidArgument,
            "The parameter Headers cannot contain Accept-Encoding when EnableAcceptEncodingGzip or EnableAcceptEncodingBrotli is true.");
    }

    private static bool TakesNothing(CachePolicySettings policy) =>
        policy is { Gzip: false, Brotli: false, Headers.Selection: Selection.None, Cookies.Selection: Selection.None, QueryStrings.Selection: Selection.None };
}
