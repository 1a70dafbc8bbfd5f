// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Api;
using Frontier.Control.Domain;
using Frontier.Control.OwnApi.Fleet;
using Frontier.Control.OwnApi.Rollouts;
using Frontier.Control.OwnApi.Versions;
using Frontier.Control.OwnApi.Zones;
using Frontier.Control.Planning;

namespace Frontier.Control.OwnApi;

/// <summary>Frontier's own API as one table: what stands beside CloudFront's, called with the same credentials.</summary>
internal static class OwnRoutes
{
    /// <summary>Parameters that a signature in the query brings with it.</summary>
    private const string SignatureParameters = "X-Amz-";

    /// <summary>Every route, the description of them all included.</summary>
    public static ImmutableArray<OwnRoute> Build(
        VersionOperations versions, RollbackOperations rollback, AccessKeyOperations keys, AuditOperations audit, PlanRoutes plans, FleetRoutes fleet, RolloutRoutes rollouts, ZoneFileRoutes zones)
    {
        ImmutableArray<OwnRoute> routes =
        [
            .. versions.Routes,
            .. rollback.Routes,
            .. keys.Routes,
            .. audit.Routes,
            .. plans.Build(),
            .. fleet.Routes,
            .. rollouts.Routes,
            .. zones.Build(),
        ];
        return [.. routes, OpenApiDocument.Describe(routes)];
    }

    /// <summary>The same as operations of the API's endpoint.</summary>
    public static IEnumerable<Operation> ToOperations(IEnumerable<OwnRoute> routes) => routes.Select(static route =>
        new Operation(route.Name, route.Method, route.Template, null, route.SuccessStatus, (request, cancellationToken) =>
            FindUnknown(route, request) is { } unknown
                ? Task.FromResult<ApiResponse>(ApiErrors.InvalidArgument.Saying($"There is no parameter {unknown} here. {Known(route)}"))
                : route.Handler(request, cancellationToken))
        { IsRead = !route.Changes });

    /// <summary>A misspelled parameter would otherwise be a question that was not asked.</summary>
    private static string? FindUnknown(OwnRoute route, ApiRequest request) =>
        request.Query.Keys.FirstOrDefault(name => !name.StartsWith(SignatureParameters, StringComparison.OrdinalIgnoreCase) && route.Query.All(known => known.Name != name));

    private static string Known(OwnRoute route) =>
        route.Query.IsEmpty ? "This operation takes none." : $"This operation takes {string.Join(", ", route.Query.Select(static known => known.Name))}.";
}
