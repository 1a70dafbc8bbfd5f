// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Edge.Origins;

/// <summary>How one origin fared since the edge started, at one moment. All its endpoints at the same host, port and scheme count together.</summary>
public sealed record OriginHealth
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required bool Tls { get; init; }

    /// <summary>Requests sent or tried, each once whatever its attempts.</summary>
    public required long Requests { get; init; }

    /// <summary>By kind; a kind that never happened is absent.</summary>
    public required ImmutableSortedDictionary<OriginFailure, long> Failures { get; init; }

    public required OriginFailure LastFailure { get; init; }

    /// <summary>Null when none ever failed.</summary>
    public required DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>Busy, idle and being opened.</summary>
    public required int OpenConnections { get; init; }

    public required int IdleConnections { get; init; }

    /// <summary>A moving average over the last few answers, from a request's last byte to its answer's first; zero before the first.</summary>
    public required TimeSpan FirstByteLatency { get; init; }
}
