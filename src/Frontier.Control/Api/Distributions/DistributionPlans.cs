// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Monitoring;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Distributions;

/// <summary>Decides on changes to distributions against one state of the catalogue. Each order of checks is that of <c>api.md</c> §2.</summary>
internal sealed class DistributionPlans(ControlOptions options)
{
    public Outcome<PlannedChange> PlanCreate(Catalogue catalogue, DistributionSettings settings, IReadOnlyList<TagRow> tags)
    {
        if (catalogue.Distributions.Any(other => other.Settings.CallerReference == settings.CallerReference))
        {
            return ApiErrors.DistributionAlreadyExists;
        }

        if (DistributionValidator.Check(settings, Context(catalogue, null)) is { } fault)
        {
            return fault;
        }

        if (catalogue.Distributions.Count >= options.Quotas.Distributions
            || (settings.Staging && catalogue.Distributions.Count(static other => other.Settings.Staging) >= options.Quotas.StagingDistributions))
        {
            return ApiErrors.TooManyDistributions;
        }

        var id = ResourceIds.NewId();
        var row = ToRow(id, $"{ResourceIds.NewDomainLabel()}.{options.Domain}", settings);
        var after = catalogue with { Distributions = [.. catalogue.Distributions, ToDistribution(row, settings)], CutOffs = CutOffsWith(catalogue, id, tags) };
        return new PlannedChange(ChangeVerb.Create, row, null, after)
        {
            Aliases = settings.Aliases,
            Tags = [.. tags],
            CallerReferenceTaken = ApiErrors.DistributionAlreadyExists,
            NotFound = ApiErrors.NoSuchDistribution,
        };
    }

    public Outcome<PlannedChange> PlanUpdate(Catalogue catalogue, string id, string? ifMatch, DistributionSettings settings)
    {
        if (catalogue.FindDistribution(id) is not { } current)
        {
            return ApiErrors.NoSuchDistribution;
        }

        if (Preconditions.Check(ifMatch, current.ETag) is { } refused)
        {
            return refused;
        }

        if (settings.CallerReference != current.Settings.CallerReference)
        {
            return ApiErrors.IllegalUpdate.Saying("The parameter CallerReference of a distribution cannot be changed.");
        }

        if (settings.Staging != current.Settings.Staging)
        {
            return ApiErrors.IllegalUpdate.Saying("A distribution cannot become a staging distribution or cease to be one.");
        }

        if (DistributionValidator.Check(settings, Context(catalogue, id)) is { } fault)
        {
            return fault;
        }

        if (IsFrozen(catalogue, current, settings) && ContinuousDeploymentValidation.CheckChange(current.Settings, settings) is { } frozen)
        {
            return frozen;
        }

        return ToUpdate(catalogue, current, settings);
    }

    /// <summary>The change by itself; what it says has been checked.</summary>
    public static PlannedChange ToUpdate(Catalogue catalogue, Distribution current, DistributionSettings settings)
    {
        var row = ToRow(current.Id, current.DomainName, settings);
        var after = ToDistribution(row, settings);
        return new PlannedChange(
            ChangeVerb.Update, row, current.ETag, catalogue with { Distributions = [.. catalogue.Distributions.Select(other => other.Id == current.Id ? after : other)] })
        {
            Aliases = settings.Aliases,
            NotFound = ApiErrors.NoSuchDistribution,
        };
    }

    /// <summary>The distribution says what it said; a tag of it sets something else.</summary>
    public static Outcome<PlannedChange> PlanRepetition(Catalogue catalogue, string id) =>
        catalogue.FindDistribution(id) is { } current ? ToUpdate(catalogue, current, current.Settings) : ApiErrors.NoSuchDistribution;

    private static ImmutableDictionary<string, CutOffChoice> CutOffsWith(Catalogue catalogue, string id, IReadOnlyList<TagRow> tags) =>
        tags.FirstOrDefault(static tag => tag.Key == CutOffTag.Key) is { } tag && CutOffTag.TryRead(tag.Value, out var choice) ? catalogue.CutOffs.SetItem(id, choice) : catalogue.CutOffs;

    /// <summary>API-5.10: only a disabled distribution that every edge knows to be disabled may go.</summary>
    public static Outcome<PlannedChange> PlanDelete(Catalogue catalogue, string id, string? ifMatch)
    {
        if (catalogue.FindDistribution(id) is not { } current)
        {
            return ApiErrors.NoSuchDistribution;
        }

        if (Preconditions.Check(ifMatch, current.ETag) is { } refused)
        {
            return refused;
        }

        if (current.Settings.ContinuousDeploymentPolicyId.Length > 0)
        {
            return ApiErrors.PrimaryInUse;
        }

        if (current.Settings.Staging && catalogue.ContinuousDeploymentPolicies.Any(policy => policy.Settings.Names(current)))
        {
            return ApiErrors.StagingDistributionInUse;
        }

        if (current.Settings.Enabled)
        {
            return ApiErrors.DistributionNotDisabled;
        }

        if (!current.Deployed)
        {
            return ApiErrors.PreconditionFailed.Saying("The distribution is still being deployed; wait until its status is Deployed.");
        }

        var row = new ResourceRow { Kind = ResourceKind.Distribution, Id = id, ETag = current.ETag, Body = "", ModifiedAt = current.ModifiedAt };
        return new PlannedChange(ChangeVerb.Delete, row, current.ETag, catalogue with { Distributions = [.. catalogue.Distributions.Where(other => other.Id != id)] })
        {
            Before = catalogue.FindMonitoring(id) is { } subscription ? [MonitoringPlans.ToDeletion(subscription)] : [], // it goes with its distribution
            NotFound = ApiErrors.NoSuchDistribution,
        };
    }

    /// <summary>Whether a policy is attached before and after, to the primary or by way of its primary to the staging distribution (API-6.16).</summary>
    private static bool IsFrozen(Catalogue catalogue, Distribution current, DistributionSettings settings) => current.Settings.Staging
        ? catalogue.ContinuousDeploymentPolicies.Any(policy => policy.Settings.Names(current) && catalogue.Distributions.Any(primary => primary.Settings.ContinuousDeploymentPolicyId == policy.Id))
        : current.Settings.ContinuousDeploymentPolicyId.Length > 0 && settings.ContinuousDeploymentPolicyId == current.Settings.ContinuousDeploymentPolicyId;

    private ValidationContext Context(Catalogue catalogue, string? ownId) => new(catalogue, ownId, options);

    private static ResourceRow ToRow(string id, string domainName, DistributionSettings settings) => new()
    {
        Kind = ResourceKind.Distribution,
        Id = id,
        CallerReference = settings.CallerReference,
        DomainName = domainName,
        ETag = ResourceIds.NewETag(),
        Body = XmlText.Write(DistributionWriter.Write(settings)),
        ModifiedAt = default,
    };

    private static Distribution ToDistribution(ResourceRow row, DistributionSettings settings) => new(row.Id, row.DomainName!, row.ETag, row.ModifiedAt, 0, false, settings);
}
