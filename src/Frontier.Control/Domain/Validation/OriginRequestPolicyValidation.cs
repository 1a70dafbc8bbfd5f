// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Domain.Policies;

namespace Frontier.Control.Domain.Validation;

/// <summary>Origin request policies (<c>api.md</c> §9.1, DP-9.3).</summary>
internal static class OriginRequestPolicyValidation
{
    public static void Check(OriginRequestPolicySettings policy, Quotas quotas, FaultList faults)
    {
        PolicyValidation.CheckNames(policy, faults);
        var listed = policy.Headers is OriginRequestHeaders.Whitelist or OriginRequestHeaders.AllViewerAndWhitelistCloudFront or OriginRequestHeaders.AllExcept;
        PolicyValidation.CheckHeaders(policy.HeaderNames, listed, ApiErrors.TooManyHeadersInOriginRequestPolicy, quotas, faults);
        PolicyValidation.CheckCookies(policy.Cookies, ApiErrors.TooManyCookiesInOriginRequestPolicy, quotas, faults);
        PolicyValidation.CheckQueryStrings(policy.QueryStrings, ApiErrors.TooManyQueryStringsInOriginRequestPolicy, quotas, faults);

        // What is left out may be anything; what is asked for must be something that is sent.
        foreach (var name in policy.HeaderNames.Where(name => policy.Headers is not OriginRequestHeaders.AllExcept && !HeaderNames.MayBeForwarded(name)))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter Headers contains '{name}' that is not allowed.");
        }

        faults.Require(
            policy.Headers is not OriginRequestHeaders.AllViewerAndWhitelistCloudFront || policy.HeaderNames.All(HeaderNames.IsCloudFront), ApiErrors.InvalidArgument,
            "The parameter Headers can contain only names that begin with CloudFront- when HeaderBehavior is allViewerAndWhitelistCloudFront.");
    }
}
