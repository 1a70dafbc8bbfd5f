// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>An origin as health and shares see it: one server, whatever the timeouts and versions it is spoken to with.</summary>
internal readonly record struct OriginAddress(string Host, int Port, bool Tls)
{
    public static OriginAddress Of(OriginEndpoint endpoint) => new(endpoint.Host, endpoint.Port, endpoint.Tls);
}
