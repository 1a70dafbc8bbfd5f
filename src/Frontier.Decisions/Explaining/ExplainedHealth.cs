// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Explaining;

/// <summary>How an origin fared since the edge started.</summary>
public sealed record ExplainedHealth
{
    /// <summary>Requests sent or tried, each once whatever its attempts.</summary>
    public required long Requests { get; init; }

    public required long Failures { get; init; }

    /// <summary>The kind of the last failure; null when none ever failed.</summary>
    public string? LastFailure { get; init; }

    public DateTimeOffset? LastFailureAt { get; init; }

    public required int OpenConnections { get; init; }

    /// <summary>A moving average; 0 before the first answer.</summary>
    public required double FirstByteMilliseconds { get; init; }
}
