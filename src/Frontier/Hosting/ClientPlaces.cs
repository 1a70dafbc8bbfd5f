// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Decisions.Dns;
using Frontier.Decisions.Models;
using Frontier.Dns.Zones;

namespace Frontier.Hosting;

/// <summary>Where clients of DNS are, by the databases of places that edges know as well.</summary>
internal sealed class ClientPlaces(Func<IPAddress, ViewerPlace?> findPlace) : IClientPlaces
{
    public ClientPlace Find(in ClientNetwork client) => ClientPlace.Of(findPlace(client.ToAddress()));
}
