// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts.Fleet;

/// <summary>How a machine has fared since its last report. Of constant size.</summary>
public sealed record NodeHealth
{
    /// <summary>Requests answered.</summary>
    public long Requests { get; init; }

    /// <summary>Those among them that were answered with a status of 500 or above, origins' own not counted.</summary>
    public long ServerErrors { get; init; }

    /// <summary>Median and 99th percentile of the time to the first byte of hits, in microseconds; 0 where there were none.</summary>
    public long HitMedianMicroseconds { get; init; }

    /// <inheritdoc cref="HitMedianMicroseconds"/>
    public long HitP99Microseconds { get; init; }

    /// <summary>How much of what it can do it did, in percent, 0 to 100: the highest of processor, connections and memory.</summary>
    public int LoadPercent { get; init; }
}
