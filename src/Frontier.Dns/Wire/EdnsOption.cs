// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Wire;

/// <summary>Options of EDNS that are read or written; others are skipped (RFC 6891 §6.1.2), padding among them.</summary>
internal enum EdnsOption
{
    NameServerId = 3,
    ClientSubnet = 8,
    Cookie = 10,
    ExtendedError = 15,
}
