// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

public enum FlightResult
{
    /// <summary>The body is arriving: read along from <see cref="FlightOutcome.Fill"/>.</summary>
    Filling,

    /// <summary>The stored object was validated: <see cref="FlightOutcome.Object"/>, with a reference of the caller's own.</summary>
    Resolved,

    /// <summary>Nothing to share: fetch for yourself.</summary>
    Declined,

    /// <summary>The leader failed before a head came; <see cref="FlightOutcome.Error"/> is what it said, null when it left without a word.</summary>
    Failed,

    /// <summary>The leader has had no head for too long: fetch for yourself.</summary>
    TimedOut,
}
