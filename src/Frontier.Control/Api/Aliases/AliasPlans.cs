// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Distributions;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Publishing;

namespace Frontier.Control.Api.Aliases;

/// <summary>Decides how an alias comes to a distribution, from another one where that has it (API-6.6).</summary>
internal sealed class AliasPlans(ControlOptions options)
{
    /// <param name="alias">Lower case.</param>
    public Outcome<PlannedChange> PlanAssociation(Catalogue catalogue, string targetId, string alias)
    {
        if (catalogue.FindDistribution(targetId) is not { } target)
        {
            return ApiErrors.NoSuchDistribution;
        }

        var source = catalogue.Distributions.FirstOrDefault(other => other.Id != targetId && other.Settings.Aliases.Contains(alias));
        if (target.Settings.Staging || IsFrozen(target) || (source is not null && IsFrozen(source)))
        {
            return ApiErrors.ContinuousDeploymentUpdate; // API-6.16
        }

        var without = source is null ? null : DistributionPlans.ToUpdate(catalogue, source, source.Settings with { Aliases = source.Settings.Aliases.Remove(alias) });
        var between = without?.After ?? catalogue;
        var settings = target.Settings.Aliases.Contains(alias) ? target.Settings : target.Settings with { Aliases = target.Settings.Aliases.Add(alias) };
        if (DistributionValidator.Check(settings, new ValidationContext(between, targetId, options.Domain, options.Quotas, options.AccountId)) is { } fault)
        {
            return fault;
        }

        return DistributionPlans.ToUpdate(between, target, settings) with { Before = without is null ? [] : [without] };
    }

    private static bool IsFrozen(Distribution distribution) => distribution.Settings.ContinuousDeploymentPolicyId.Length > 0;
}
