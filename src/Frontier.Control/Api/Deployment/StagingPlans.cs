// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Distributions;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Publishing;

namespace Frontier.Control.Api.Deployment;

/// <summary>Decides on staging distributions: how one begins as a copy and how it is promoted (API-6.4, API-6.5).</summary>
internal sealed class StagingPlans(ControlOptions options, DistributionPlans distributions)
{
    /// <param name="ifMatch">The primary's ETag; not compulsory here (API-3.5).</param>
    public Outcome<PlannedChange> PlanCopy(Catalogue catalogue, string primaryId, string? ifMatch, CopyDistributionDocument copy)
    {
        if (catalogue.FindDistribution(primaryId) is not { } primary)
        {
            return ApiErrors.NoSuchDistribution;
        }

        if (ifMatch is not null && Preconditions.Check(ifMatch, primary.ETag) is { } refused)
        {
            return refused;
        }

        if (primary.Settings.Staging)
        {
            return ApiErrors.InvalidArgument.Saying("A staging distribution cannot be copied; copy its primary distribution.");
        }

        return distributions.PlanCreate(catalogue, primary.Settings with
        {
            CallerReference = copy.CallerReference,
            Enabled = copy.Enabled,
            Staging = true,
            Aliases = [],
            ContinuousDeploymentPolicyId = "",
        }, []);
    }

    /// <summary>The staging configuration becomes the primary's and the policy is disabled, both or neither. The row is the primary's.</summary>
    /// <param name="stagingId">Null for the one that the policy names.</param>
    /// <param name="ifMatch">Both ETags, the primary's first (API-3.8).</param>
    public Outcome<PlannedChange> PlanPromotion(Catalogue catalogue, string primaryId, string? stagingId, string? ifMatch)
    {
        var policy = catalogue.FindDistribution(primaryId) is { } named ? catalogue.FindContinuousDeploymentPolicy(named.Settings.ContinuousDeploymentPolicyId) : null;
        var staging = stagingId is not null ? catalogue.FindDistribution(stagingId) : policy is not null ? catalogue.FindStaging(policy.Settings) : null;
        if (catalogue.FindDistribution(primaryId) is not { } primary || (stagingId is not null && staging is null))
        {
            return ApiErrors.NoSuchDistribution;
        }

        if (staging is not null && CheckBoth(ifMatch, primary, staging) is { } refused)
        {
            return refused;
        }

        if (policy is null || staging is null || !policy.Settings.Names(staging))
        {
            return ApiErrors.InvalidArgument.Saying("The continuous deployment policy of the primary distribution does not name that staging distribution.");
        }

        var settings = Promote(primary.Settings, staging.Settings);
        if (DistributionValidator.Check(settings, new ValidationContext(catalogue, primaryId, options.Domain, options.Quotas, options.AccountId)) is { } fault)
        {
            return fault;
        }

        var disabled = ContinuousDeploymentPlans.PlanUpdate(catalogue, policy, policy.Settings with { Enabled = false });
        return DistributionPlans.ToUpdate(disabled.After!, primary, settings) with { Before = [disabled] };
    }

    /// <summary>
    /// All but the names, the policy, and whether it serves at all: a copy that was never switched on must not take the
    /// primary out of service.
    /// </summary>
    private static DistributionSettings Promote(DistributionSettings primary, DistributionSettings staging) => staging with
    {
        CallerReference = primary.CallerReference,
        Aliases = primary.Aliases,
        Staging = false,
        ContinuousDeploymentPolicyId = primary.ContinuousDeploymentPolicyId,
        Enabled = primary.Enabled,
    };

    private static ApiError? CheckBoth(string? ifMatch, Distribution primary, Distribution staging)
    {
        if (ifMatch?.Split(',') is not [var first, var second])
        {
            return ApiErrors.InvalidIfMatchVersion;
        }

        ApiError?[] found = [Preconditions.Check(first.Trim(' ', '"'), primary.ETag), Preconditions.Check(second.Trim(' ', '"'), staging.ETag)];
        return found.FirstOrDefault(static error => error == ApiErrors.InvalidIfMatchVersion) ?? found.FirstOrDefault(static error => error is not null);
    }
}
