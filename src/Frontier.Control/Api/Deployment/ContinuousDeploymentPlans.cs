// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Deployment;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Deployment;

/// <summary>Decides on changes to continuous deployment policies against one state of the catalogue. Each order of checks is that of <c>api.md</c> §2.</summary>
internal sealed class ContinuousDeploymentPlans(ControlOptions options)
{
    public Outcome<PlannedChange> PlanCreate(Catalogue catalogue, ContinuousDeploymentSettings settings)
    {
        if (ContinuousDeploymentPolicyValidation.Check(settings, catalogue, null) is { } fault)
        {
            return fault;
        }

        return catalogue.ContinuousDeploymentPolicies.Count >= options.Quotas.ContinuousDeploymentPolicies
            ? ApiErrors.TooManyContinuousDeploymentPolicies
            : Plan(ChangeVerb.Create, ToRow(ResourceIds.NewPolicyId(), ResourceIds.NewETag(), settings), null, null);
    }

    public static Outcome<PlannedChange> PlanUpdate(Catalogue catalogue, string id, string? ifMatch, ContinuousDeploymentSettings settings)
    {
        if (catalogue.FindContinuousDeploymentPolicy(id) is not { } current)
        {
            return ApiErrors.NoSuchContinuousDeploymentPolicy;
        }

        if ((Preconditions.Check(ifMatch, current.ETag) ?? ContinuousDeploymentPolicyValidation.Check(settings, catalogue, id)) is { } fault)
        {
            return fault;
        }

        if (IsUsed(catalogue, id) && catalogue.FindStaging(settings) is { } staging)
        {
            var faults = new FaultList();
            ContinuousDeploymentValidation.CheckSide(staging.Settings, faults);
            if (faults.Any)
            {
                return faults.ToError();
            }
        }

        return PlanUpdate(catalogue, current, settings);
    }

    /// <summary>The change by itself; what it says has been checked.</summary>
    public static PlannedChange PlanUpdate(Catalogue catalogue, ContinuousDeploymentPolicy current, ContinuousDeploymentSettings settings)
    {
        var goesOn = settings.Enabled == current.Settings.Enabled && settings.IsSticky == current.Settings.IsSticky;
        var epoch = goesOn ? current.SessionEpoch : ResourceIds.NewETag(); // DP-28.2
        var row = ToRow(current.Id, epoch, settings);
        var after = current with { ETag = row.ETag, SessionEpoch = epoch, Settings = settings };
        return Plan(ChangeVerb.Update, row, current.ETag, IsUsed(catalogue, current.Id) ? catalogue.With(after) : null);
    }

    public static Outcome<PlannedChange> PlanDelete(Catalogue catalogue, string id, string? ifMatch)
    {
        if (catalogue.FindContinuousDeploymentPolicy(id) is not { } current)
        {
            return ApiErrors.NoSuchContinuousDeploymentPolicy;
        }

        if (Preconditions.Check(ifMatch, current.ETag) is { } refused)
        {
            return refused;
        }

        return IsUsed(catalogue, id) ? ApiErrors.ContinuousDeploymentPolicyInUse : Plan(ChangeVerb.Delete, ToRow(id, current.SessionEpoch, current.Settings), current.ETag, null);
    }

    private static bool IsUsed(Catalogue catalogue, string id) => catalogue.Distributions.Any(distribution => distribution.Settings.ContinuousDeploymentPolicyId == id);

    /// <param name="after">The catalogue afterwards when a distribution uses the policy; edges know only of those.</param>
    private static PlannedChange Plan(ChangeVerb verb, ResourceRow row, string? expectedETag, Catalogue? after) => new(verb, row, expectedETag, after)
    {
        NotFound = ApiErrors.NoSuchContinuousDeploymentPolicy,
    };

    private static ResourceRow ToRow(string id, string sessionEpoch, ContinuousDeploymentSettings settings) => new()
    {
        Kind = ResourceKind.ContinuousDeploymentPolicy,
        Id = id,
        ETag = ResourceIds.NewETag(),
        Body = XmlText.Write(ContinuousDeploymentPolicyDocument.WriteStored(sessionEpoch, settings)),
        ModifiedAt = default,
    };
}
