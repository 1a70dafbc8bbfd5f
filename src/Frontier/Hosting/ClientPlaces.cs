// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Dns;
using Frontier.Dns.Zones;
using Frontier.Edge;

namespace Frontier.Hosting;

/// <summary>Where clients of DNS are, by the databases that the edge of this process reads.</summary>
internal sealed class LocalClientPlaces(EdgeServer edge) : IClientPlaces
{
    public ClientPlace Find(in ClientNetwork client) => ClientPlace.Of(edge.PlaceOf(client.ToAddress()));
}
