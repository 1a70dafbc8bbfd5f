// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Validation;

/// <summary>What binds a primary distribution and its staging distribution (API-6.15, API-6.16, API-10.21, DP-28.5).</summary>
internal static class ContinuousDeploymentValidation
{
    public static void Check(DistributionSettings settings, ValidationContext context, FaultList faults)
    {
        var policyId = settings.ContinuousDeploymentPolicyId;
        if (settings.Staging)
        {
            faults.Require(settings.Aliases.IsEmpty, ApiErrors.InvalidArgument, "A staging distribution has no CNAMEs: its primary distribution has them.");
            faults.Require(policyId.Length == 0, ApiErrors.InvalidArgument, "The parameter ContinuousDeploymentPolicyId belongs to a primary distribution, not to a staging one.");
        }
        else if (policyId.Length > 0)
        {
            CheckAttached(settings, policyId, context, faults);
        }
    }

    /// <summary>
    /// Checks a change made while a policy is attached: only behaviors, origins, origin groups, error pages, geo restrictions,
    /// default root object, logging and comment may differ (API-6.16).
    /// </summary>
    public static ApiError? CheckChange(DistributionSettings before, DistributionSettings after)
    {
        var likeAfter = before with
        {
            DefaultCacheBehavior = after.DefaultCacheBehavior,
            CacheBehaviors = after.CacheBehaviors,
            Origins = after.Origins,
            OriginGroups = after.OriginGroups,
            CustomErrorResponses = after.CustomErrorResponses,
            GeoRestriction = after.GeoRestriction,
            DefaultRootObject = after.DefaultRootObject,
            Logging = after.Logging,
            Comment = after.Comment,
        };

        // The stored form holds every setting, so a setting added later is compared without anybody thinking of it.
        if (!XNode.DeepEquals(DistributionWriter.Write(likeAfter), DistributionWriter.Write(after)))
        {
            return ApiErrors.ContinuousDeploymentUpdate;
        }

        var faults = new FaultList();
        CheckSide(after, faults);
        return faults.Any ? faults.ToError() : null;
    }

    /// <summary>What neither of the two may have (API-10.21, DP-28.5).</summary>
    public static void CheckSide(DistributionSettings settings, FaultList faults)
    {
        faults.Require(
            settings.HttpVersion is "http1.1" or "http2", ApiErrors.InvalidArgument, "A distribution that offers HTTP/3 cannot take part in continuous deployment.");
        faults.Require(
            settings.Origins.All(static origin => origin.ResponseCompletionTimeout is null), ApiErrors.InvalidArgument,
            "The parameter ResponseCompletionTimeout cannot be used in continuous deployment.");
    }

    private static void CheckAttached(DistributionSettings settings, string policyId, ValidationContext context, FaultList faults)
    {
        if (context.FindContinuousDeploymentPolicy(policyId) is not { } policy)
        {
            faults.Add(ApiErrors.NoSuchContinuousDeploymentPolicy);
            return;
        }

        if (context.CountOthers(other => other.Settings.ContinuousDeploymentPolicyId == policyId) > 0)
        {
            faults.Add(ApiErrors.ContinuousDeploymentPolicyInUse);
        }

        CheckSide(settings, faults);
        if (context.FindStaging(policy) is { } staging)
        {
            CheckSide(staging.Settings, faults);
        }
    }
}
