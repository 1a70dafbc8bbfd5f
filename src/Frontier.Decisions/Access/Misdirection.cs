// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Matching;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Access;

/// <summary>
/// Whether a request came on a connection whose certificate does not speak for its host (DP-22.7; RFC 9110, section 15.5.20). Where both are
/// the edge's own to certify, one certificate is as good as the other.
/// </summary>
public static class Misdirection
{
    /// <param name="serverName">What the viewer called in TLS; null without TLS, empty when it named nobody.</param>
    /// <param name="host">Normalised by <see cref="HostName"/>.</param>
    /// <param name="distribution">That of the host.</param>
    public static bool IsOne(RoutingTable routes, string? serverName, ReadOnlySpan<char> host, DistributionModel distribution)
    {
        if (serverName is null)
        {
            return false;
        }

        Span<char> name = stackalloc char[HostName.MaxLength];
        var called = HostName.TryNormalize(serverName, name, out var length) ? name[..length] : default;
        if (called.SequenceEqual(host))
        {
            return false;
        }

        var shown = routes.TryFind(called, out var callee) ? callee.CertificateFor(called) : null;
        return shown is null ? distribution.CertificateFor(host) is not null : !shown.Covers(host);
    }
}
