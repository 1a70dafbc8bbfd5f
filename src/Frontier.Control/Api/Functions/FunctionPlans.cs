// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Functions;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Functions;

/// <summary>
/// Decides on changes to functions against one state of the catalogue. Each order of checks is that of <c>api.md</c> §2. No edge
/// runs functions, so no change of one makes a snapshot.
/// </summary>
internal sealed class FunctionPlans(ControlOptions options, TimeProvider time)
{
    public Outcome<PlannedChange> PlanCreate(Catalogue catalogue, CreateFunctionDocument document)
    {
        var faults = new FaultList();
        ResourceNames.Check("name", document.Name, faults);
        FunctionValidation.Check(document.Name, document.Draft, catalogue, options, faults);
        if (catalogue.FindFunction(document.Name) is not null)
        {
            faults.Add(FunctionErrors.FunctionAlreadyExists);
        }

        if (faults.Any)
        {
            return faults.ToError();
        }

        var now = time.GetUtcNow();
        var created = new Function(document.Name, ResourceIds.NewETag(), new FunctionStage(ResourceIds.NewETag(), now, now, document.Draft), null);
        return catalogue.Functions.Count >= options.Quotas.Functions
            ? FunctionErrors.TooManyFunctions
            : Plan(ChangeVerb.Create, created, null) with { Tags = document.Tags };
    }

    public Outcome<PlannedChange> PlanUpdate(Catalogue catalogue, string name, string? ifMatch, FunctionDraft draft)
    {
        if (Check(catalogue.FindFunction(name), ifMatch).Failed(out var error, out var current))
        {
            return error;
        }

        var faults = new FaultList();
        FunctionValidation.Check(name, draft, catalogue, options, faults);
        var development = new FunctionStage(ResourceIds.NewETag(), current.Development.CreatedAt, time.GetUtcNow(), draft);
        return faults.Any ? faults.ToError() : PlanChange(current, current with { Development = development });
    }

    /// <summary>API-3.9: LIVE becomes what DEVELOPMENT is, under an ETag of its own.</summary>
    public Outcome<PlannedChange> PlanPublish(Catalogue catalogue, string name, string? ifMatch)
    {
        if (Check(catalogue.FindFunction(name), ifMatch).Failed(out var error, out var current))
        {
            return error;
        }

        var now = time.GetUtcNow();
        var live = new FunctionStage(ResourceIds.NewETag(), current.Live?.CreatedAt ?? now, now, current.Development.Draft);
        return PlanChange(current, current with { Live = live });
    }

    public Outcome<PlannedChange> PlanDelete(Catalogue catalogue, string name, string? ifMatch)
    {
        if (Check(catalogue.FindFunction(name), ifMatch).Failed(out var error, out var current))
        {
            return error;
        }

        return IsUsed(catalogue, name) ? FunctionErrors.FunctionInUse : Plan(ChangeVerb.Delete, current, current.RowETag);
    }

    /// <summary>The function, provided that it is there and its DEVELOPMENT stage is as the caller saw it (API-3.9).</summary>
    public static Outcome<Function> Check(Function? current, string? ifMatch) =>
        current is null ? FunctionErrors.NoSuchFunction
        : Preconditions.Check(ifMatch, current.Development.ETag) is { } refused ? refused
        : current;

    /// <summary>API-5.11: in any behavior of any distribution, enabled or not.</summary>
    public bool IsUsed(Catalogue catalogue, string name)
    {
        var arn = Arn.OfFunction(options.AccountId, name);
        return catalogue.Distributions.Any(distribution => distribution.Settings.AllBehaviors.Any(behavior => behavior.Functions.Any(used => used.Arn == arn)));
    }

    private static PlannedChange PlanChange(Function before, Function after) =>
        Plan(ChangeVerb.Update, after with { RowETag = ResourceIds.NewETag() }, before.RowETag);

    private static PlannedChange Plan(ChangeVerb verb, Function function, string? expectedETag) => new(verb, ToRow(function), expectedETag, null)
    {
        NameTaken = FunctionErrors.FunctionAlreadyExists,
        NotFound = FunctionErrors.NoSuchFunction,
    };

    private static ResourceRow ToRow(Function function) => new()
    {
        Kind = ResourceKind.Function,
        Id = function.Name,
        Name = function.Name,
        ETag = function.RowETag,
        Body = XmlText.Write(FunctionDocument.WriteStored(function)),
        ModifiedAt = default,
    };
}
