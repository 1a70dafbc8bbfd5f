// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Dns;

namespace Frontier.Dns.Zones;

/// <summary>Knows where clients are, for routing by place and latency (NB-5.4). Asked by many threads at once.</summary>
public interface IClientPlaces
{
    /// <summary>Nothing but nulls for a network that nobody knows.</summary>
    ClientPlace Find(in ClientNetwork client);
}
