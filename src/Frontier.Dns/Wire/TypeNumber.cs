// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Wire;

/// <summary>Types of records that the server itself decides by; any other number is as good (RFC 3597).</summary>
internal enum TypeNumber : ushort
{
    None = 0,
    A = 1,
    Ns = 2,
    Cname = 5,
    Soa = 6,
    Ptr = 12,
    HostInformation = 13,
    Mx = 15,
    Aaaa = 28,
    Srv = 33,
    Naptr = 35,
    Opt = 41,
    Ds = 43,
    Rrsig = 46,
    Nsec = 47,
    Dnskey = 48,
    Cds = 59,
    Cdnskey = 60,
    Https = 65,

    /// <summary>Stands in the list of types of a name that does not exist (RFC 9824 §2).</summary>
    NoSuchName = 128,
    Ixfr = 251,
    Axfr = 252,
    Any = 255,
}
