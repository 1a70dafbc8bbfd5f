// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Monitoring;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Monitoring;

/// <summary>Decides on changes to monitoring subscriptions, each of which has its distribution's id.</summary>
internal static class MonitoringPlans
{
    public static Outcome<PlannedChange> PlanCreate(Catalogue catalogue, string distributionId, MonitoringSettings subscription)
    {
        if (catalogue.FindDistribution(distributionId) is null)
        {
            return ApiErrors.NoSuchDistribution;
        }

        return catalogue.FindMonitoring(distributionId) is null
            ? Plan(ChangeVerb.Create, distributionId, subscription, null)
            : ApiErrors.MonitoringSubscriptionAlreadyExists;
    }

    public static Outcome<PlannedChange> PlanDelete(Catalogue catalogue, string distributionId) =>
        catalogue.FindMonitoring(distributionId) is { } current
            ? ToDeletion(current)
            : ApiErrors.NoSuchMonitoringSubscription;

    public static PlannedChange ToDeletion(Resource<MonitoringSettings> current) => Plan(ChangeVerb.Delete, current.Id, current.Settings, current.ETag);

    private static PlannedChange Plan(ChangeVerb verb, string distributionId, MonitoringSettings subscription, string? expectedETag)
    {
        var row = new ResourceRow
        {
            Kind = ResourceKind.MonitoringSubscription,
            Id = distributionId,
            ETag = ResourceIds.NewETag(),
            Body = XmlText.Write(MonitoringDocument.Write(subscription)),
            ModifiedAt = default,
        };
        return new PlannedChange(verb, row, expectedETag, null) { NotFound = ApiErrors.NoSuchMonitoringSubscription };
    }
}
