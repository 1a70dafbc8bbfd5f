// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Forwarding;

/// <summary>When the secondary origin of a group is asked instead of the primary (§12).</summary>
public static class Failover
{
    /// <summary>DP-12.3. A body can be read from the viewer only once, so a request that has one stays with the primary.</summary>
    public static bool MayFailOver(RequestMethod method, bool hasBody) =>
        !hasBody && (method is RequestMethod.Get or RequestMethod.Head or RequestMethod.Options);

    /// <summary>The code under which the log names the failover, or null when the primary's word is final (DP-12.2, DP-12.6).</summary>
    /// <param name="status">The primary's status, or that of the error page for its failure.</param>
    /// <param name="notConnected">No connection came about: that counts as 503, whatever the page would say.</param>
    public static int? Reason(OriginFailoverModel failover, int status, bool notConnected) =>
        notConnected && failover.Statuses.Contains(503) ? 503
        : failover.Statuses.Contains(status) ? status
        : null;
}
