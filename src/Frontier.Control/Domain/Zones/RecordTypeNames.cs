// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.Zones;

/// <summary>The types of records that zones hold (NB-5.2).</summary>
internal static class RecordTypeNames
{
    public const string Soa = "SOA";
    public const string Ns = "NS";
    public const string Cname = "CNAME";
    public const string Ds = "DS";

    public static readonly ImmutableArray<string> All =
        ["SOA", "A", "TXT", "NS", "CNAME", "MX", "NAPTR", "PTR", "SRV", "SPF", "AAAA", "CAA", "DS", "TLSA", "SSHFP", "SVCB", "HTTPS"];
}
