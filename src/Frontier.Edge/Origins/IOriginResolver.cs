// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Edge.Origins;

/// <summary>Finds the addresses of origins' names.</summary>
public interface IOriginResolver
{
    /// <summary>All addresses of the name, both families, best first; empty when it has none or the lookup failed.</summary>
    ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
