// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Text;
using Frontier.Control;
using Frontier.Control.Api.Zones;
using Frontier.Control.OwnApi;
using Frontier.Control.OwnApi.Fleet;
using Frontier.Control.OwnApi.Rollouts;
using Frontier.Control.OwnApi.Versions;
using Frontier.Control.OwnApi.Zones;
using Frontier.Control.Planning;

namespace Frontier.Scenarios.Docs;

/// <summary>The table of docs/own-api.md is that of the routes.</summary>
public sealed class OwnApiPageTests
{
    [Fact]
    public Task The_table_has_every_route() => GeneratedPage.CompareAsync("own-api.md", ("routes", Table()));

    private static string Table() => Routes().Aggregate(
        new StringBuilder("| operation | method and path | what | reads or changes |\n|---|---|---|---|\n"),
        static (text, route) => text.Append($"| {route.Name} | `{route.Method} {OwnPaths.Prefix}{route.Template}` | {route.Summary} | {(route.Changes ? "changes" : "reads")} |\n")).ToString();

    /// <summary>The table alone is asked for; no operation is called, so none needs a store.</summary>
    private static ImmutableArray<OwnRoute> Routes()
    {
        var options = new ControlOptions { Endpoint = new IPEndPoint(IPAddress.Loopback, 0), AccessKeys = [], SecretsKey = [], OriginAccessSecret = [], EdgeToken = "" };
        return OwnRoutes.Build(new VersionOperations(null!, null!), new RollbackOperations(null!, null!, null!, null!, options), new AccessKeyOperations(null!, null!, TimeProvider.System), new AuditOperations(null!), new PlanRoutes(null!, options),
            new FleetRoutes(new PopOperations(null!, null!, null!), new NodeOperations(null!, null!), new TokenOperations(null!, null!, null, TimeProvider.System), new StatusOperations(null!, null!, options, TimeProvider.System)),
            new RolloutRoutes(null!, null!, null!, null!, null!, options.Rollout, TimeProvider.System),
            new ZoneFileRoutes(new ZoneParts(null!, null!, null!, options)));
    }
}
