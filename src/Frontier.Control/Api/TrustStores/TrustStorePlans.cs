// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.TrustStores;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.TrustStores;

/// <summary>Decides on changes to trust stores against one state of the catalogue. Each order of checks is that of <c>api.md</c> §2.</summary>
internal sealed class TrustStorePlans(ControlOptions options)
{
    /// <summary>What can be told before the bundle is read.</summary>
    public ApiError? CheckNew(Catalogue catalogue, string name)
    {
        var faults = new FaultList();
        NameValidation.CheckName(name, faults);
        if (catalogue.TrustStores.Any(store => store.Settings.Name == name))
        {
            faults.Add(FunctionErrors.EntityAlreadyExists);
        }

        return faults.Any ? faults.ToError() : catalogue.TrustStores.Count >= options.Quotas.TrustStores ? FunctionErrors.TooManyEntities : null;
    }

    public Outcome<PlannedChange> PlanCreate(Catalogue catalogue, TrustStoreSettings settings, ImmutableArray<TagRow> tags) =>
        CheckNew(catalogue, settings.Name) is { } fault ? fault : Plan(ChangeVerb.Create, ResourceIds.NewTrustStoreId(), settings, null, null) with { Tags = tags };

    /// <summary>The name stays.</summary>
    public static Outcome<PlannedChange> PlanUpdate(Catalogue catalogue, string id, string? ifMatch, ImmutableArray<string> certificates)
    {
        if (Find(catalogue, id, ifMatch).Failed(out var error, out var current))
        {
            return error;
        }

        var settings = current.Settings with { Certificates = certificates };
        var changed = current with { Settings = settings };
        var plan = Plan(ChangeVerb.Update, id, settings, current.ETag, null);
        changed = changed with { ETag = plan.Row.ETag };
        return plan with { After = catalogue with { TrustStores = [.. catalogue.TrustStores.Select(store => store.Id == id ? changed : store)] } };
    }

    public static Outcome<PlannedChange> PlanDelete(Catalogue catalogue, string id, string? ifMatch)
    {
        if (Find(catalogue, id, ifMatch).Failed(out var error, out var current))
        {
            return error;
        }

        return catalogue.Distributions.Any(distribution => distribution.Settings.ViewerMtls?.TrustStoreId == id)
            ? FunctionErrors.EntityInUse
            : Plan(ChangeVerb.Delete, id, current.Settings, current.ETag, null);
    }

    public static Outcome<Resource<TrustStoreSettings>> Find(Catalogue catalogue, string id, string? ifMatch)
    {
        if (catalogue.FindTrustStore(id) is not { } current)
        {
            return FunctionErrors.NoSuchEntity;
        }

        return Preconditions.Check(ifMatch, current.ETag) is { } refused ? refused : current;
    }

    private static PlannedChange Plan(ChangeVerb verb, string id, TrustStoreSettings settings, string? expectedETag, Catalogue? after)
    {
        var row = new ResourceRow
        {
            Kind = ResourceKind.TrustStore,
            Id = id,
            Name = settings.Name,
            ETag = ResourceIds.NewETag(),
            Body = XmlText.Write(TrustStoreDocument.WriteStored(settings)),
            ModifiedAt = default,
        };
        return new PlannedChange(verb, row, expectedETag, after) { NameTaken = FunctionErrors.EntityAlreadyExists, NotFound = FunctionErrors.NoSuchEntity };
    }
}
