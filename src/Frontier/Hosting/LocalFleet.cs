// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using Frontier.Contracts.Fleet;
using Frontier.Edge;
using Frontier.Fleet;

namespace Frontier.Hosting;

/// <summary>The one edge of this process as a fleet of its own, which DNS answers every client with.</summary>
internal static class LocalFleet
{
    /// <summary>Belongs to no place in the world: there is no other to compare it with.</summary>
    private static readonly PopConfig Here = new() { Name = "local", Latitude = 0, Longitude = 0, Zone = PriceClassZone.NorthAmerica, Region = "us-east-1" };

    /// <summary>A machine for each address, since of a machine one is told.</summary>
    public static FleetDirectory Of(EdgeServer edge)
    {
        var edges = Reachable(edge.Https.Address).Intersect(Reachable(edge.Http.Address)).ToImmutableArray();
        edges = edges.IsEmpty ? [.. Reachable(edge.Https.Address)] : edges;
        return new FleetDirectory
        {
            Revision = Here.Name,
            Pops = [Here],
            Nodes =
            [
                .. edges.Select(address => new NodeConfig
                {
                    Id = $"edge-{address}",
                    Pop = Here.Name,
                    State = NodeState.InService,
                    Facts = new NodeFacts { Role = NodeRole.Edge, ProgramVersion = MachineSettings.ProgramVersion, Addresses = [address.ToString()], HttpPort = edge.Http.Port, HttpsPort = edge.Https.Port },
                }),
            ],
        };
    }

    /// <summary>An address, or all of the machine's where that is meant.</summary>
    public static IEnumerable<IPAddress> Reachable(IPAddress address) =>
        !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) ? [address]
        : NetworkInterface.GetAllNetworkInterfaces().SelectMany(static network => network.GetIPProperties().UnicastAddresses).Select(static found => found.Address)
            .Where(found => (found.AddressFamily == address.AddressFamily || address.Equals(IPAddress.IPv6Any)) && !IPAddress.IsLoopback(found) && !found.IsIPv6LinkLocal);
}
