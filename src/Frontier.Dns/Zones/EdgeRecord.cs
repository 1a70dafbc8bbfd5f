// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Zones;

/// <summary>What can be known of where a distribution is served.</summary>
public enum EdgeRecord
{
    /// <summary>Addresses of four bytes: A.</summary>
    IPv4,

    /// <summary>Addresses of sixteen bytes: AAAA.</summary>
    IPv6,

    /// <summary>The data of one HTTPS record (RFC 9460).</summary>
    Service,
}
