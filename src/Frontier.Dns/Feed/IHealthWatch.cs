// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Zones;

namespace Frontier.Dns.Feed;

/// <summary>Who asks what health checks name, and tells what it found.</summary>
public interface IHealthWatch
{
    /// <summary>These are all there are from now on.</summary>
    void Watch(ImmutableArray<HealthCheckConfig> checks);

    /// <summary>What has become of checks since the last call, for the control plane.</summary>
    ImmutableArray<HealthObservation> TakeObservations();
}
