// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Edge.Origins;
using Frontier.Edge.Tiers;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>What a request got out of a flight. Which members are set, <see cref="Kind"/> says; whoever gets it owns them.</summary>
/// <param name="Leads">Whether this request's fetch brought it: then it counts as a miss, or as validated (DP-17.1).</param>
internal readonly record struct Boarded(
    BoardedKind Kind, bool Leads = false, Flight? Flight = null, Fill? Fill = null, CachedObject? Object = null, UnsharedResponse? Response = null, OriginFailure Failure = default)
{
    /// <summary>Fields of the origin's answer that are the leader's alone (DP-14.9): the object that is stored lacks them.</summary>
    public HeaderList? Reserved { get; init; }

    /// <summary>The cache above that answered this request's fetch; null where the origin did, or another request's fetch brought it.</summary>
    public TierAnswer? Parent { get; init; }
}

internal enum BoardedKind
{
    /// <summary>Nothing to share: ask the origin for this request alone.</summary>
    Alone,

    /// <summary>A body on its way in; the place in the flight keeps its bytes until it is left.</summary>
    Filling,

    /// <summary>An object that has just come or been vouched for.</summary>
    Stored,

    /// <summary>An origin's answer for this request alone.</summary>
    Response,

    /// <summary>The origin gave no answer.</summary>
    Failed,
}
