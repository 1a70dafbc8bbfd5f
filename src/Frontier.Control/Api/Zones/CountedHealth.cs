// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.Zones;
using Frontier.Control.Store;
using Frontier.Decisions.Dns;

namespace Frontier.Control.Api.Zones;

/// <summary>What the DNS nodes find of health checks, taken together (NB-5.6).</summary>
internal sealed class CountedHealth(ImmutableDictionary<string, HealthCount> counts, IReadOnlyList<Resource<HealthCheckSettings>> checks) : IHealthStates
{
    /// <summary>Percent of nodes above which a check is healthy.</summary>
    private const int Share = 18;

    public bool IsHealthy(string healthCheckId) =>
        checks.FirstOrDefault(check => check.Id == healthCheckId) is not { } found
        || (found.Settings.IsDisabled ? !found.Settings.IsInverted : counts.GetValueOrDefault(healthCheckId) is not { } count || count.Healthy * 100 > count.Nodes * Share);
}
