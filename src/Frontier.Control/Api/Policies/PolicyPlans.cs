// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Policies;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Policies;

/// <summary>Decides on changes to policies of one kind against one state of the catalogue. Each order of checks is that of <c>api.md</c> §2.</summary>
internal sealed class PolicyPlans<T>(PolicyKind<T> kind, ControlOptions options)
    where T : PolicySettings
{
    public Outcome<PlannedChange> PlanCreate(Catalogue catalogue, T settings)
    {
        if (Check(catalogue, null, settings) is { } fault)
        {
            return fault;
        }

        return kind.Of(catalogue).Custom.Count >= options.Quotas.PoliciesPerKind
            ? kind.TooMany
            : Plan(ChangeVerb.Create, ToRow(ResourceIds.NewPolicyId(), settings), null, null);
    }

    public Outcome<PlannedChange> PlanUpdate(Catalogue catalogue, string id, string? ifMatch, T settings)
    {
        if (CheckChangeable(kind.Of(catalogue).Find(id), ifMatch, ApiErrors.ManagedPolicyUpdate).Failed(out var fault, out var current))
        {
            return fault;
        }

        if (Check(catalogue, id, settings) is { } invalid)
        {
            return invalid;
        }

        var row = ToRow(id, settings);
        var after = current with { ETag = row.ETag, Settings = settings };
        return Plan(ChangeVerb.Update, row, current.ETag, kind.IsUsed(catalogue, id) ? kind.With(catalogue, kind.Of(catalogue).Replace(after)) : null);
    }

    public Outcome<PlannedChange> PlanDelete(Catalogue catalogue, string id, string? ifMatch)
    {
        if (CheckChangeable(kind.Of(catalogue).Find(id), ifMatch, ApiErrors.ManagedPolicyDelete).Failed(out var fault, out var current))
        {
            return fault;
        }

        return kind.IsUsed(catalogue, id) ? kind.InUse : Plan(ChangeVerb.Delete, ToRow(id, current.Settings), current.ETag, null);
    }

    /// <summary>The policy, provided that it is there, the account's own, and as the caller saw it (§5.1).</summary>
    /// <param name="managed">The error for a managed policy.</param>
    public Outcome<Policy<T>> CheckChangeable(Policy<T>? current, string? ifMatch, ApiError managed)
    {
        if (current is null)
        {
            return kind.NotFound;
        }

        if (current.IsManaged)
        {
            return managed;
        }

        return Preconditions.Check(ifMatch, current.ETag) is { } refused ? refused : current;
    }

    private ApiError? Check(Catalogue catalogue, string? ownId, T settings)
    {
        var faults = new FaultList();
        kind.Check(settings, options.Quotas, faults);
        if (kind.Of(catalogue).All.Any(other => other.Id != ownId && other.Settings.Name == settings.Name))
        {
            faults.Add(kind.AlreadyExists);
        }

        return faults.Any ? faults.ToError() : null;
    }

    /// <param name="after">The catalogue afterwards when a distribution uses the policy; edges know only of those.</param>
    private PlannedChange Plan(ChangeVerb verb, ResourceRow row, string? expectedETag, Catalogue? after) => new(verb, row, expectedETag, after)
    {
        NameTaken = kind.AlreadyExists,
        NotFound = kind.NotFound,
    };

    private ResourceRow ToRow(string id, T settings) => new()
    {
        Kind = kind.Resource,
        Id = id,
        Name = settings.Name,
        ETag = ResourceIds.NewETag(),
        Body = XmlText.Write(kind.Write(settings)),
        ModifiedAt = default,
    };
}
