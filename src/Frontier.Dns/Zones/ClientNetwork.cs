// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;

namespace Frontier.Dns.Zones;

/// <summary>For whom an answer is: the network that a resolver told (RFC 7871), or the resolver itself.</summary>
/// <param name="Address">In network order from the highest bit on; of IPv4 the first 32 bits count.</param>
/// <param name="PrefixLength">How many bits of the address are known.</param>
/// <param name="IsTold">Whether a resolver told it: then the answer says for how large a network it holds.</param>
public readonly record struct ClientNetwork(UInt128 Address, bool IsIPv6, int PrefixLength, bool IsTold)
{
    private const int IPv4Shift = 96;

    /// <summary>The lowest address of the network. Allocates it.</summary>
    public IPAddress ToAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Address);
        return new IPAddress(IsIPv6 ? bytes : bytes[..4]);
    }

    /// <param name="address">Of IPv4, also in the form of IPv6.</param>
    public static ClientNetwork Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        plain.TryWriteBytes(bytes, out var length);
        return new ClientNetwork(BinaryPrimitives.ReadUInt128BigEndian(bytes), length == 16, 8 * length, IsTold: false);
    }

    /// <summary>Of an IPv4 address as a number.</summary>
    public static ClientNetwork OfIPv4(uint address) => new((UInt128)address << IPv4Shift, IsIPv6: false, 32, IsTold: false);
}
