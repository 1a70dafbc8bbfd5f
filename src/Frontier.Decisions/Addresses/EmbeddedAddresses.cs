// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;

namespace Frontier.Decisions.Addresses;

/// <summary>
/// The IPv4 addresses that an IPv6 address leads to: whoever may not connect to the one may not by the other. A network's own
/// translation prefix cannot be known, but for the one that is set aside for such. Pure.
/// </summary>
internal static class EmbeddedAddresses
{
    private const int LastFour = 12;

    /// <summary>64:ff9b::/96 (RFC 6052, section 2.1).</summary>
    private static readonly IPNetwork WellKnownTranslation = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Those that end in the address as it is.</summary>
    private static readonly IPNetwork[] AtTheEnd =
    [
        IPNetwork.Parse("::/96"), // compatible addresses (RFC 4291, section 2.5.5.1)
        IPNetwork.Parse("::ffff:0:0:0/96"), // translated ones (RFC 2765, section 2.1)
        WellKnownTranslation,
        IPNetwork.Parse("64:ff9b:1::/48"), // RFC 8215
    ];

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    public static bool IsWellKnownTranslation(IPAddress address) => WellKnownTranslation.Contains(address);

    /// <summary>An address as it is connected to, and those within it. A mapped one is IPv4 and nothing else (RFC 4291, section 2.5.5.2).</summary>
    public static IEnumerable<IPAddress> Unwrap(IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6)
        {
            return [address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address];
        }

        // A scope says by which interface, which is no part of what an address is for.
        var bytes = address.GetAddressBytes();
        var plain = new IPAddress(bytes);
        return [plain, .. Within(plain, bytes)];
    }

    private static IEnumerable<IPAddress> Within(IPAddress address, byte[] bytes)
    {
        if (address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.IPv6Loopback))
        {
            yield break; // within ::/96, and themselves
        }

        if (Array.Exists(AtTheEnd, network => network.Contains(address)) || IsOfTunnel(bytes))
        {
            yield return At(bytes, LastFour);
        }
        else if (SixToFour.Contains(address))
        {
            yield return At(bytes, 2); // RFC 3056, section 2
        }
        else if (Teredo.Contains(address))
        {
            // RFC 4380, section 4: the server, and the client with its bits turned over.
            yield return At(bytes, 4);
            yield return new IPAddress(bytes[LastFour..].Select(static value => (byte)~value).ToArray());
        }
    }

    /// <summary>Whether the interface's part of it is that of ISATAP (RFC 5214, section 6.1), under whatever prefix.</summary>
    private static bool IsOfTunnel(byte[] bytes) => (bytes[8] & ~2) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == 0xFE;

    private static IPAddress At(byte[] bytes, int offset) => new(bytes.AsSpan(offset, 4));
}
