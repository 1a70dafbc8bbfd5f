// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Fleet;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Fleet;

/// <summary>Decides on changes to points of presence against one state of the catalogue. No edge needs a snapshot for them: what they change goes out with the directory.</summary>
internal static class PopPlans
{
    /// <summary>CloudFront has some seven hundred.</summary>
    public const int MostPops = 1_000;

    /// <summary>Makes it, or changes it. Whether it is drained stays as it is.</summary>
    /// <param name="ifMatch">The ETag that it must have; null for any, or none.</param>
    public static Outcome<PlannedChange> PlanPut(Catalogue catalogue, string name, string? ifMatch, PopSettings settings)
    {
        if (catalogue.FindPop(name) is { } current)
        {
            return ifMatch is not null && Preconditions.Check(ifMatch, current.ETag) is { } refused
                ? refused
                : Plan(ChangeVerb.Update, name, settings with { IsDrained = current.Settings.IsDrained }, current.ETag);
        }

        return ifMatch is not null ? FleetErrors.NoSuchPop
            : catalogue.Pops.Count >= MostPops ? FleetErrors.TooManyPops
            : Plan(ChangeVerb.Create, name, settings, null);
    }

    public static Outcome<PlannedChange> PlanDrain(Catalogue catalogue, string name, bool isDrained) => catalogue.FindPop(name) is { } current
        ? Plan(ChangeVerb.Update, name, current.Settings with { IsDrained = isDrained }, current.ETag)
        : FleetErrors.NoSuchPop;

    public static Outcome<PlannedChange> PlanDelete(Catalogue catalogue, string name, string? ifMatch)
    {
        if (catalogue.FindPop(name) is not { } current)
        {
            return FleetErrors.NoSuchPop;
        }

        if (ifMatch is not null && Preconditions.Check(ifMatch, current.ETag) is { } refused)
        {
            return refused;
        }

        var machines = catalogue.Nodes.Where(node => node.Settings.Pop == name).Select(static node => node.Id).Take(3).ToList();
        return machines.Count > 0
            ? FleetErrors.PopInUse.Saying($"The point of presence {name} has machines ({string.Join(", ", machines)}{(machines.Count == 3 ? ", …" : "")}). Remove them first: frontier fleet remove ID")
            : Plan(ChangeVerb.Delete, name, current.Settings, current.ETag);
    }

    public static Resource<PopSettings> ToPop(ResourceRow row) => CatalogueLoader.ToResource(row, FleetDocuments.ReadPop);

    private static PlannedChange Plan(ChangeVerb verb, string name, PopSettings settings, string? etag) => new(
        verb,
        new ResourceRow { Kind = ResourceKind.Pop, Id = name, ETag = ResourceIds.NewETag(), Body = XmlText.Write(FleetDocuments.Write(settings)), ModifiedAt = default, Deployed = true },
        etag,
        After: null)
    {
        NotFound = FleetErrors.NoSuchPop,
    };
}
