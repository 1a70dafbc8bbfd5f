// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Frontier.Http.Limits;

/// <summary>Who counts as one viewer: an IPv4 address, or a network of IPv6, of which a household has 2^64 addresses (RFC 6177).</summary>
public static class ViewerNetwork
{
    private const int AddressBytes = 16;

    public static UInt128 Of(IPAddress viewer)
    {
        Span<byte> bytes = stackalloc byte[AddressBytes];
        if (viewer.AddressFamily is AddressFamily.InterNetwork)
        {
            viewer.TryWriteBytes(bytes[12..], out _);
            (bytes[10], bytes[11]) = (0xFF, 0xFF); // in IPv6's clothing, as a socket of both families has it
        }
        else
        {
            viewer.TryWriteBytes(bytes, out _);
            if (!viewer.IsIPv4MappedToIPv6)
            {
                bytes[8..].Clear();
            }
        }

        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
