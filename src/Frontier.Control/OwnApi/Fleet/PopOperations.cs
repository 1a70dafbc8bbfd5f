// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Control.Api;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Fleet;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Fleet;
using Frontier.Control.Publishing;

namespace Frontier.Control.OwnApi.Fleet;

/// <summary>The inventory of points of presence.</summary>
internal sealed class PopOperations(CatalogueLoader loader, Publisher publisher, FleetBoard board)
{
    private const int LongestRegion = 32;

    public IEnumerable<OwnRoute> Routes =>
    [
        new("ListPops", "GET", "pops", "The points of presence", Changes: false, ListAsync) { Answer = OwnJson.Default.PopListDocument },
        new("GetPop", "GET", "pops/{Name}", "A point of presence", Changes: false, GetAsync) { Answer = OwnJson.Default.PopDocument, Errors = [FleetErrors.NoSuchPop] },
        new("PutPop", "PUT", "pops/{Name}", "Makes a point of presence, or changes it", Changes: true, PutAsync)
        {
            Description = "Its name is the code of the nearest airport and a number, such as fra1. What the body leaves out is taken from a table of cities; whether it is drained stays as it is.",
            TakesIfMatch = true,
            Body = OwnJson.Default.PutPopDocument,
            BodyIsOptional = true,
            Answer = OwnJson.Default.PopDocument,
            Errors = [FleetErrors.NoSuchPop, FleetErrors.TooManyPops, ApiErrors.PreconditionFailed, ApiErrors.InvalidIfMatchVersion],
        },
        new("DeletePop", "DELETE", "pops/{Name}", "Removes a point of presence that has no machines", Changes: true, DeleteAsync)
        {
            SuccessStatus = 204,
            TakesIfMatch = true,
            Errors = [FleetErrors.NoSuchPop, FleetErrors.PopInUse, ApiErrors.PreconditionFailed, ApiErrors.InvalidIfMatchVersion],
        },
        new("DrainPop", "POST", "pops/{Name}/drain", "Sends viewers elsewhere than to a point of presence; its machines serve on whoever comes", Changes: true, (request, token) => DrainAsync(request, true, token))
        {
            Answer = OwnJson.Default.PopDocument,
            Errors = [FleetErrors.NoSuchPop],
        },
        new("UndrainPop", "POST", "pops/{Name}/undrain", "Lets viewers come to a point of presence again", Changes: true, (request, token) => DrainAsync(request, false, token))
        {
            Answer = OwnJson.Default.PopDocument,
            Errors = [FleetErrors.NoSuchPop],
        },
    ];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var catalogue = await loader.LoadAsync(cancellationToken);
        var pops = catalogue.Pops.OrderBy(static pop => pop.Id, StringComparer.Ordinal).Select(pop => ToDocument(pop, catalogue));
        return new ApiResponse { Content = ApiContent.OfJson(new PopListDocument([.. pops]), OwnJson.Default.PopListDocument) };
    }

    private async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var catalogue = await loader.LoadAsync(cancellationToken);
        return catalogue.FindPop(request.Name) is { } pop ? Respond(pop, catalogue) : FleetErrors.NoSuchPop;
    }

    private async Task<ApiResponse> PutAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (OwnBody.Read(request, OwnJson.Default.PutPopDocument, new PutPopDocument()).Failed(out var error, out var document)
            || ReadSettings(request.Name, document).Failed(out error, out var settings))
        {
            return error;
        }

        return await ChangeAsync(catalogue => PopPlans.PlanPut(catalogue, request.Name, request.IfMatch, settings), cancellationToken);
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var response = await ChangeAsync(catalogue => PopPlans.PlanDelete(catalogue, request.Name, request.IfMatch), cancellationToken);
        return response.Error is null ? ApiResponse.Empty : response;
    }

    private Task<ApiResponse> DrainAsync(ApiRequest request, bool isDrained, CancellationToken cancellationToken) =>
        ChangeAsync(catalogue => PopPlans.PlanDrain(catalogue, request.Name, isDrained), cancellationToken);

    private async Task<ApiResponse> ChangeAsync(Func<Catalogue, Outcome<PlannedChange>> plan, CancellationToken cancellationToken)
    {
        if ((await publisher.ChangeAsync(plan, cancellationToken)).Failed(out var error, out var row))
        {
            return error;
        }

        await board.RefreshAsync(CancellationToken.None);
        return Respond(PopPlans.ToPop(row), await loader.LoadAsync(CancellationToken.None));
    }

    private static Outcome<PopSettings> ReadSettings(string name, PutPopDocument document)
    {
        if (!PopSettings.IsName(name))
        {
            return Invalid($"\"{name}\" is no name of a point of presence: three lower-case letters, those of the nearest airport, and a number from 1 to 999, such as fra1.");
        }

        var city = City.OfPop(name);
        if ((document.Latitude ?? city?.Latitude) is not { } latitude || (document.Longitude ?? city?.Longitude) is not { } longitude
            || (document.Zone ?? city?.Zone.ToString()) is not { } zoneName || (document.Region ?? city?.Region) is not { } region)
        {
            return Invalid($"Where {name[..3]} is, is not known here: give latitude, longitude, zone and region.");
        }

        // By name alone: a number would be one to Enum, too.
        var isZone = Enum.TryParse<PriceClassZone>(zoneName, out var zone) && zone.ToString() == zoneName;
        return !double.IsFinite(latitude) || latitude is < -90 or > 90 ? Invalid("latitude must be from -90 to 90 degrees north.")
            : !double.IsFinite(longitude) || longitude is < -180 or > 180 ? Invalid("longitude must be from -180 to 180 degrees east.")
            : !isZone ? Invalid($"zone must be one of {string.Join(", ", Enum.GetNames<PriceClassZone>())}.")
            : region.Length is 0 or > LongestRegion || region.Any(static c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-') ? Invalid("region must be the name of an AWS region, such as eu-central-1.")
            : new PopSettings(latitude, longitude, zone, region, IsDrained: false);
    }

    private static ApiError Invalid(string message) => ApiErrors.InvalidArgument.Saying(message);

    private static ApiResponse Respond(Resource<PopSettings> pop, Catalogue catalogue) =>
        new() { Content = ApiContent.OfJson(ToDocument(pop, catalogue), OwnJson.Default.PopDocument), ETag = pop.ETag };

    private static PopDocument ToDocument(Resource<PopSettings> pop, Catalogue catalogue)
    {
        var machines = catalogue.Nodes.Where(node => node.Settings.Pop == pop.Id).ToList();
        var settings = pop.Settings;
        return new PopDocument(
            pop.Id, settings.Latitude, settings.Longitude, settings.Zone.ToString(), settings.Region, settings.IsDrained, machines.Count,
            machines.Where(static node => node.Settings.Facts.Role is NodeRole.Edge).Sum(static node => node.Settings.Facts.Weight), pop.ETag, City.OfPop(pop.Id)?.Name);
    }
}
