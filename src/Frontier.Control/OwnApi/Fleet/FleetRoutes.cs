// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.OwnApi.Fleet;

/// <summary>What there is to ask and to say about the fleet.</summary>
internal sealed record FleetRoutes(PopOperations Pops, NodeOperations Nodes, TokenOperations Tokens, StatusOperations Status)
{
    public IEnumerable<OwnRoute> Routes => [.. Pops.Routes, .. Nodes.Routes, .. Tokens.Routes, .. Status.Routes];
}
