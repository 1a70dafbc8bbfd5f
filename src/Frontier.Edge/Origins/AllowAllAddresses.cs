// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Decisions.Addresses;

namespace Frontier.Edge.Origins;

/// <summary>For a client that is told where to connect by its operator alone.</summary>
public sealed class AllowAllAddresses : IOriginAddressPolicy
{
    public ValueTask<AddressVerdict> JudgeAsync(IPEndPoint address, CancellationToken cancellationToken) => ValueTask.FromResult(AddressVerdict.Allowed);
}
