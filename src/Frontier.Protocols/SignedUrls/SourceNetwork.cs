// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Frontier.Protocols.SignedUrls;

/// <summary>The viewers that a policy is for: an address of IPv4, or a network in CIDR form. CloudFront knows none of IPv6 (DP-24.8).</summary>
public readonly record struct SourceNetwork
{
    private readonly uint _network;
    private readonly uint _mask;

    private SourceNetwork(uint address, int prefix)
    {
        _mask = prefix == 0 ? 0 : uint.MaxValue << (32 - prefix);
        _network = address & _mask;
    }

    /// <summary>Four decimal numbers, and perhaps a prefix of 0 to 32 bits; none of the other ways in which an address can be written.</summary>
    public static bool TryParse(string text, out SourceNetwork network)
    {
        network = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (address, bits) = slash < 0 ? (text, "32") : (text[..slash], text[(slash + 1)..]);
        if (!IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily is not AddressFamily.InterNetwork || parsed.ToString() != address
            || !int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) || prefix > 32)
        {
            return false;
        }

        network = new SourceNetwork(NumberOf(parsed), prefix);
        return true;
    }

    /// <summary>Never true for a viewer that comes by IPv6 (DP-24.8).</summary>
    public bool Contains(IPAddress viewer) => viewer.AddressFamily is AddressFamily.InterNetwork
        ? (NumberOf(viewer) & _mask) == _network
        : viewer.IsIPv4MappedToIPv6 && (NumberOf(viewer.MapToIPv4()) & _mask) == _network;

    private static uint NumberOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
