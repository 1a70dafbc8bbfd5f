// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Edge.Origins;

/// <summary>For an operator who is the only one to configure origins.</summary>
public sealed class AllowAllAddresses : IOriginAddressPolicy
{
    public bool Allows(IPAddress address) => true;
}
