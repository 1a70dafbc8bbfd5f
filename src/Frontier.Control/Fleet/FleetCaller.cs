// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Control.Domain.Fleet;

namespace Frontier.Control.Fleet;

/// <summary>Which machine calls.</summary>
/// <param name="Name">Null for the edge beside this control plane in one process, which may call itself what it likes.</param>
/// <param name="Settings">What is known of the machine; null likewise.</param>
internal sealed record FleetCaller(FleetName? Name, NodeSettings? Settings)
{
    public static readonly FleetCaller Loopback = new(null, null);

    /// <summary>Whether it may report as this edge: it is an edge or a regional cache, and the one that it says.</summary>
    public bool MayReportAs(string edgeId) => Name is null || (Name.Role is NodeRole.Edge or NodeRole.Regional && Name.Id == edgeId);

    /// <summary>Whether it may ask for zones as this node: it is a DNS node, and the one that it says.</summary>
    public bool MayServeZonesAs(string nodeId) => Name is null || (Name.Role is NodeRole.Dns && Name.Id == nodeId);

    /// <summary>Whether it needs the keys of certificates: for viewers, or for origins that ask for one. A DNS node has no use for them, and gets none.</summary>
    public bool MayHaveKeys => Name is null || Name.Role is NodeRole.Edge or NodeRole.Regional;
}
