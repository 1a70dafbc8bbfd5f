// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;

namespace Frontier.Decisions.Routing;

/// <summary>What of an address an answer may depend on: finer, and every viewer would fill resolvers' caches with answers of its own (RFC 7871 §11.1).</summary>
public static class ClientNetwork
{
    /// <summary>Bits of an IPv4 address.</summary>
    public const int Bits4 = 24;

    /// <summary>Bits of an IPv6 address: what a site has.</summary>
    public const int Bits6 = 48;

    public static int BitsOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? Bits4 : Bits6;

    /// <summary>The client's network.</summary>
    public static IPNetwork Of(IPAddress client) => Of(client, BitsOf(client));

    /// <param name="address">An address.</param>
    /// <param name="bits">0 to as many as it has.</param>
    public static IPNetwork Of(IPAddress address, int bits)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = address.TryWriteBytes(bytes, out var length);
        bytes = bytes[..length];
        for (var at = 0; at < length; at++)
        {
            bytes[at] &= (byte)~(0xFF >> Math.Clamp(bits - (at * 8), 0, 8));
        }

        return new IPNetwork(new IPAddress(bytes), bits);
    }
}
