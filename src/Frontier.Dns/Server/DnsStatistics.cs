// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Dns.Server;

/// <summary>What a DNS server has done since its start.</summary>
public sealed record DnsStatistics
{
    /// <summary>Answers by their response code, 0 to 16; those of 16 are BADVERS.</summary>
    public ImmutableArray<long> ByCode { get; init; } = [];

    /// <summary>Messages that were no queries and got no answer.</summary>
    public long Silent { get; init; }

    /// <summary>Answers that were not sent, because their network had had too many like them.</summary>
    public long Dropped { get; init; }

    /// <summary>Answers that did not fit, so that the client was told to come by TCP.</summary>
    public long Truncated { get; init; }

    /// <summary>Answers over TCP.</summary>
    public long OverTcp { get; init; }

    public long Answers => ByCode.Sum();

    internal static DnsStatistics Sum(IEnumerable<DnsStatistics> parts) => parts.Aggregate(new DnsStatistics(), static (sum, part) => new DnsStatistics
    {
        ByCode = sum.ByCode.IsEmpty ? part.ByCode : [.. sum.ByCode.Zip(part.ByCode, static (one, other) => one + other)],
        Silent = sum.Silent + part.Silent,
        Dropped = sum.Dropped + part.Dropped,
        Truncated = sum.Truncated + part.Truncated,
        OverTcp = sum.OverTcp + part.OverTcp,
    });
}
