// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Server;

/// <summary>Who sent a query.</summary>
/// <param name="Network">The address alone.</param>
/// <param name="IsStream">Whether it came over TCP, so that the address is no one else's.</param>
internal readonly record struct Asker(ClientNetwork Network, bool IsStream)
{
    private const int IPv4At = 4;
    private const int IPv6At = 8;

    /// <summary>Reads an address as the platform has it, without making an object of it.</summary>
    public static Asker Of(SocketAddress address)
    {
        var bytes = address.Buffer.Span;
        if (address.Family is AddressFamily.InterNetwork)
        {
            return new Asker(ClientNetwork.OfIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes[IPv4At..])), IsStream: false);
        }

        var whole = BinaryPrimitives.ReadUInt128BigEndian(bytes[IPv6At..]);
        return new Asker(whole >> 32 == 0xFFFF ? ClientNetwork.OfIPv4((uint)whole) : new ClientNetwork(whole, IsIPv6: true, 128, IsTold: false), IsStream: false);
    }
}
