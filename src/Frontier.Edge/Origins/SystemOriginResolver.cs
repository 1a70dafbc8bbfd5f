// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;

namespace Frontier.Edge.Origins;

/// <summary>Asks the machine's resolver, which caches as it is configured to.</summary>
public sealed class SystemOriginResolver : IOriginResolver
{
    public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            // Unknown, unanswered, or longer than a name can be: no address, whatever the reason.
            return [];
        }
    }
}
