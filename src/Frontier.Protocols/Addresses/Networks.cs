// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;

namespace Frontier.Protocols.Addresses;

/// <summary>Lists of networks that an operator names.</summary>
public static class Networks
{
    /// <summary>Whether an address is in one of these networks, in IPv6's clothing or not: a socket of both families has IPv4 in it.</summary>
    public static bool Contain(ImmutableArray<IPNetwork> networks, IPAddress address)
    {
        if (networks.IsEmpty)
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }
}
