// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Decisions.Addresses;

namespace Frontier.Edge.Origins;

/// <summary>Which addresses an origin's name may lead to: the place to keep tenants off the operator's own network.</summary>
public interface IOriginAddressPolicy
{
    /// <summary>Asked after resolution, of the very address to be connected to, so that a name cannot change between check and use.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was decided.</exception>
    ValueTask<AddressVerdict> JudgeAsync(IPEndPoint address, CancellationToken cancellationToken);
}
