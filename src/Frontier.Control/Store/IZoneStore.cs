// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

/// <summary>
/// Hosted zones, their record sets and the log of their changes. A zone is a resource (<see cref="ResourceKind.HostedZone"/>); its record
/// sets have rows of their own, so that a change costs what it changes, however large the zone is.
/// </summary>
public interface IZoneStore
{
    /// <summary>
    /// Applies what one call makes of a zone, or of health checks, and appends the entry that tells DNS nodes of it: all of it or
    /// nothing. Its sequence is one more than the last, in the order of commit, and the zone's version from then on.
    /// </summary>
    Task<ZoneEdited> EditZoneAsync(ZoneEdit edit, CancellationToken cancellationToken);

    /// <summary>The record sets of some names, in order, read as of one moment; null when there is no such zone.</summary>
    /// <param name="names">As <see cref="RecordSetRow.SortName"/>.</param>
    Task<ZoneRecords?> ReadRecordSetsAsync(string zoneId, IReadOnlyCollection<string> names, CancellationToken cancellationToken);

    /// <summary>Record sets in order, at most <paramref name="limit"/>, of which the first is <paramref name="from"/> or what follows it; null when there is no such zone.</summary>
    Task<ZoneRecords?> ListRecordSetsAsync(string zoneId, RecordSetPlace from, int limit, CancellationToken cancellationToken);

    /// <summary>How many record sets zones have; zones that there are not are left out.</summary>
    Task<ImmutableDictionary<string, long>> CountRecordSetsAsync(IReadOnlyCollection<string> zoneIds, CancellationToken cancellationToken);

    /// <summary>An entry of the log; null when there is none of that id, or none any more.</summary>
    Task<ZoneEntryRow?> FindZoneEntryAsync(string changeId, CancellationToken cancellationToken);

    /// <summary>
    /// Entries after a sequence, in order: at most <paramref name="limit"/>, and none after the one whose text brings the page to
    /// <paramref name="characters"/>; null when entries after that sequence have been dropped.
    /// </summary>
    Task<ZoneLogPage?> ReadZoneLogAsync(long after, int limit, int characters, CancellationToken cancellationToken);

    /// <summary>
    /// Whole zones in order of creation, of which the first comes after <paramref name="after"/>, none after the one that brings the
    /// page to <paramref name="recordSets"/>; and where the log stands, read as of one moment.
    /// </summary>
    Task<ZonePage> ReadZonesAsync(long after, int recordSets, CancellationToken cancellationToken);

    /// <summary>Remembers a DNS node, what it acknowledged and what it observed; it counts as heard now. False when it is a new one and there are <paramref name="most"/>.</summary>
    Task<bool> SaveDnsNodeAsync(DnsNodeRow node, ImmutableArray<HealthObservationRow> observations, int most, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets DNS nodes not heard of for longer than <paramref name="silence"/>, by the store's clock. Then entries no newer than what all that
    /// remain acknowledged are in sync; without any node none is. They never go back.
    /// </summary>
    Task SettleZonesAsync(TimeSpan silence, CancellationToken cancellationToken);

    /// <summary>What each DNS node in service last said of a health check, in order of the nodes' ids.</summary>
    Task<ImmutableArray<HealthObservationRow>> ReadObservationsAsync(string healthCheckId, CancellationToken cancellationToken);

    /// <summary>For every health check that is known, how many nodes speak of it, and how many of them find it healthy.</summary>
    Task<ImmutableDictionary<string, HealthCount>> CountObservationsAsync(CancellationToken cancellationToken);
}
