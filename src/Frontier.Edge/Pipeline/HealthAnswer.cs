// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// Tells balancers, Kubernetes and the probes of DNS nodes whether viewers are to be sent here: 200, or 503 while the edge is drained or
/// has no configuration yet. It serves on whoever comes all the same. Asked by a host that is no distribution's, an address mostly, so that
/// no distribution loses a path by it and no request pays for it; it tells nobody anything that its status does not.
/// </summary>
internal static class HealthAnswer
{
    /// <summary>Null for any other request.</summary>
    public static EdgeAnswer? Of(RequestContext context, EdgeState state) =>
        !context.Request.Path.SequenceEqual("/frontier/health"u8) ? null
        : ReferenceEquals(state.Routes, RoutingTable.Empty) ? EdgeAnswer.Plain(503, "no configuration\n")
        : state.IsDraining ? EdgeAnswer.Plain(503, "draining\n")
        : EdgeAnswer.Plain(200, "ok\n");
}
