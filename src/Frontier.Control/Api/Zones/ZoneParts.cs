// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.Zones;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Zones;

/// <summary>What the operations of Route 53's API work with, and the look-ups they share.</summary>
internal sealed record ZoneParts(IControlStore Store, CatalogueLoader Loader, ZoneChanges Changes, ControlOptions Options)
{
    /// <summary>A DNS node that waits for its answer was last heard when it asked.</summary>
    public TimeSpan NodeSilence => Contracts.EdgeReport.LongestWait + Options.EdgeSilence;

    /// <summary>Without their final dots.</summary>
    public IReadOnlyList<string> NameServers => Options.NameServers is { Count: > 0 } given ? [.. given.Select(static name => name.TrimEnd('.'))] : ["ns1." + Options.Domain];

    public async Task<Outcome<Resource<HostedZoneSettings>>> FindZoneAsync(string id, CancellationToken cancellationToken) =>
        FindZone(await Loader.LoadAsync(cancellationToken), id);

    public static Outcome<Resource<HostedZoneSettings>> FindZone(Catalogue catalogue, string id)
    {
        var bare = Route53Xml.BareId(id);
        return catalogue.FindHostedZone(bare) is { } zone ? zone : Route53Errors.NoSuchHostedZone.Saying($"No hosted zone found with ID: {bare}");
    }

    public async Task<Outcome<Resource<HealthCheckSettings>>> FindHealthCheckAsync(string id, CancellationToken cancellationToken) =>
        FindHealthCheck(await Loader.LoadAsync(cancellationToken), id);

    public static Outcome<Resource<HealthCheckSettings>> FindHealthCheck(Catalogue catalogue, string id) =>
        catalogue.FindHealthCheck(id) is { } check ? check : Route53Errors.NoSuchHealthCheck.Saying($"No health check exists with the specified ID: {id}");
}
