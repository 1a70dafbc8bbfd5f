// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Frontier.Decisions.Addresses;

/// <summary>
/// What addresses are for: the registries of special-purpose addresses (RFC 6890 and its successors), and the metadata services
/// that clouds document. Pure.
/// </summary>
internal static class AddressRanges
{
    /// <summary>All unicast addresses that are given out (RFC 4291, section 2.4); outside of it and the table below nothing is.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>The first that contains an address counts.</summary>
    private static readonly ImmutableArray<(IPNetwork Network, AddressVerdict Verdict)> Table =
    [
        Range("169.254.169.254/32", AddressVerdict.Metadata), // most clouds
        Range("169.254.170.0/24", AddressVerdict.Metadata), // credentials of containers at AWS
        Range("100.100.100.200/32", AddressVerdict.Metadata), // Alibaba Cloud
        Range("168.63.129.16/32", AddressVerdict.Metadata), // Azure's wire server
        Range("192.0.0.192/32", AddressVerdict.Metadata), // Oracle Cloud, older machines
        Range("fd00:ec2::/32", AddressVerdict.Metadata), // AWS: metadata, credentials, time, names
        Range("fd20:ce::254/128", AddressVerdict.Metadata), // Google Cloud
        Range("fd00:c1::a9fe:a9fe/128", AddressVerdict.Metadata), // Oracle Cloud
        Range("fd00:42::42/128", AddressVerdict.Metadata), // Scaleway
        Range("0.0.0.0/8", AddressVerdict.Unspecified),
        Range("10.0.0.0/8", AddressVerdict.Private),
        Range("100.64.0.0/10", AddressVerdict.Shared),
        Range("127.0.0.0/8", AddressVerdict.Loopback),
        Range("169.254.0.0/16", AddressVerdict.LinkLocal),
        Range("172.16.0.0/12", AddressVerdict.Private),
        Range("192.0.0.0/24", AddressVerdict.Reserved),
        Range("192.0.2.0/24", AddressVerdict.Documentation),
        Range("192.88.99.0/24", AddressVerdict.Reserved), // relays of 6to4 (RFC 7526)
        Range("192.168.0.0/16", AddressVerdict.Private),
        Range("198.18.0.0/15", AddressVerdict.Benchmarking),
        Range("198.51.100.0/24", AddressVerdict.Documentation),
        Range("203.0.113.0/24", AddressVerdict.Documentation),
        Range("224.0.0.0/4", AddressVerdict.Multicast),
        Range("255.255.255.255/32", AddressVerdict.Broadcast),
        Range("240.0.0.0/4", AddressVerdict.Reserved),
        Range("::/128", AddressVerdict.Unspecified),
        Range("::1/128", AddressVerdict.Loopback),
        Range("64:ff9b:1::/48", AddressVerdict.Private), // translation within a network (RFC 8215)
        Range("2001:2::/48", AddressVerdict.Benchmarking),
        Range("2001:10::/28", AddressVerdict.Reserved), // identifiers, not places (RFC 4843, RFC 7343)
        Range("2001:20::/28", AddressVerdict.Reserved),
        Range("2001:db8::/32", AddressVerdict.Documentation),
        Range("3fff::/20", AddressVerdict.Documentation),
        Range("fc00::/7", AddressVerdict.Private),
        Range("fe80::/10", AddressVerdict.LinkLocal),
        Range("fec0::/10", AddressVerdict.Private), // site-local, of before RFC 3879
        Range("ff00::/8", AddressVerdict.Multicast),
    ];

    public static AddressVerdict Of(IPAddress address)
    {
        foreach (var (network, verdict) in Table)
        {
            if (network.Contains(address))
            {
                return verdict;
            }
        }

        return address.AddressFamily is AddressFamily.InterNetwork || GlobalUnicast.Contains(address) || EmbeddedAddresses.IsWellKnownTranslation(address)
            ? AddressVerdict.Allowed
            : AddressVerdict.Reserved;
    }

    private static (IPNetwork, AddressVerdict) Range(string network, AddressVerdict verdict) => (IPNetwork.Parse(network), verdict);
}
