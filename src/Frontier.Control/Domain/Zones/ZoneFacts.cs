// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Domain.Resources;
using Frontier.Protocols.Dns;

namespace Frontier.Control.Domain.Zones;

/// <summary>What a change batch is checked against.</summary>
/// <param name="Version">Of the zone when <paramref name="Existing"/> was read.</param>
/// <param name="Count">Of all its record sets.</param>
/// <param name="Existing">The record sets of every name that the batch speaks of.</param>
internal sealed record ZoneFacts(Resource<HostedZoneSettings> Zone, long Version, long Count, ImmutableArray<RecordSet> Existing, Catalogue Catalogue, Quotas Quotas)
{
    public DnsName Apex { get; } = Zone.Settings.DnsName;

    public bool HasDistribution(string name) => Catalogue.Distributions.Any(distribution => distribution.DomainName + "." == name);

    public bool HasHealthCheck(string id) => Catalogue.FindHealthCheck(id) is not null;
}
