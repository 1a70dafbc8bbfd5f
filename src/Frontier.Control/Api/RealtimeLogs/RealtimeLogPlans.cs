// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.RealtimeLogs;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.RealtimeLogs;

/// <summary>
/// Decides on changes to real-time log configurations against one state of the catalogue. They have no ETag: a change is made to
/// whatever stands there (API-3.2).
/// </summary>
internal sealed class RealtimeLogPlans(ControlOptions options)
{
    public Outcome<PlannedChange> PlanCreate(Catalogue catalogue, RealtimeLogSettings settings)
    {
        if (Check(settings) is { } fault)
        {
            return fault;
        }

        if (catalogue.FindRealtimeLog(settings.Name) is not null)
        {
            return ApiErrors.RealtimeLogConfigAlreadyExists;
        }

        return catalogue.RealtimeLogs.Count >= options.Quotas.RealtimeLogConfigs ? ApiErrors.TooManyRealtimeLogConfigs : Plan(ChangeVerb.Create, settings, null);
    }

    public static Outcome<PlannedChange> PlanUpdate(Catalogue catalogue, RealtimeLogSettings settings)
    {
        if (catalogue.FindRealtimeLog(settings.Name) is not { } current)
        {
            return ApiErrors.NoSuchRealtimeLogConfig;
        }

        return Check(settings) is { } fault ? fault : Plan(ChangeVerb.Update, settings, current.ETag);
    }

    public Outcome<PlannedChange> PlanDelete(Catalogue catalogue, string name)
    {
        if (catalogue.FindRealtimeLog(name) is not { } current)
        {
            return ApiErrors.NoSuchRealtimeLogConfig;
        }

        var arn = Arn.OfRealtimeLog(options.AccountId, name);
        return catalogue.AnyBehavior(behavior => behavior.RealtimeLogConfigArn == arn) ? ApiErrors.RealtimeLogConfigInUse : Plan(ChangeVerb.Delete, current.Settings, current.ETag);
    }

    private static ApiError? Check(RealtimeLogSettings settings)
    {
        var faults = new FaultList();
        RealtimeLogValidation.Check(settings, faults);
        return faults.Any ? faults.ToError() : null;
    }

    private static PlannedChange Plan(ChangeVerb verb, RealtimeLogSettings settings, string? expectedETag)
    {
        var row = new ResourceRow
        {
            Kind = ResourceKind.RealtimeLogConfig,
            Id = settings.Name,
            Name = settings.Name,
            ETag = ResourceIds.NewETag(),
            Body = XmlText.Write(RealtimeLogDocument.WriteConfig(settings)),
            ModifiedAt = default,
        };
        return new PlannedChange(verb, row, expectedETag, null) { NameTaken = ApiErrors.RealtimeLogConfigAlreadyExists, NotFound = ApiErrors.NoSuchRealtimeLogConfig };
    }
}
