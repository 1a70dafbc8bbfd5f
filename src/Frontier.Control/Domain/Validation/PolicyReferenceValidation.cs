// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Policies;

namespace Frontier.Control.Domain.Validation;

/// <summary>The policies that a cache behavior names: each exists, and not too many distributions use one of the account's own (<c>api.md</c> §7).</summary>
internal static class PolicyReferenceValidation
{
    public static void Check(CacheBehavior behavior, ValidationContext context, FaultList faults)
    {
        Check(
            context.CachePolicies, behavior.CachePolicyId, static other => other.CachePolicyId,
            ApiErrors.NoSuchCachePolicy, ApiErrors.TooManyDistributionsPerCachePolicy, context, faults);
        Check(
            context.OriginRequestPolicies, behavior.OriginRequestPolicyId, static other => other.OriginRequestPolicyId,
            ApiErrors.NoSuchOriginRequestPolicy, ApiErrors.TooManyDistributionsPerOriginRequestPolicy, context, faults);
        Check(
            context.ResponseHeadersPolicies, behavior.ResponseHeadersPolicyId, static other => other.ResponseHeadersPolicyId,
            ApiErrors.NoSuchResponseHeadersPolicy, ApiErrors.TooManyDistributionsPerResponseHeadersPolicy, context, faults);
    }

    private static void Check<T>(
        PolicySet<T> policies, string? id, Func<CacheBehavior, string?> reference, ApiError missing, ApiError tooMany, ValidationContext context, FaultList faults)
        where T : PolicySettings
    {
        if (id is null)
        {
            return;
        }

        if (policies.Find(id) is not { } policy)
        {
            faults.Add(missing);
        }
        else if (!policy.IsManaged && context.CountOthers(other => other.Settings.AllBehaviors.Any(used => reference(used) == id)) >= context.Quotas.DistributionsPerPolicy)
        {
            faults.Add(tooMany);
        }
    }
}
