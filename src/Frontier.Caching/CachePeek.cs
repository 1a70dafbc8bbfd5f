// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

/// <summary>What a look at a key shows that leaves no trace.</summary>
/// <param name="Object">Fresh or stale; belongs to the caller, who disposes it. Its body is not to be opened.</param>
/// <param name="Reason">Why there is none.</param>
/// <param name="PurgedBy">The purge's sequence in the log, where that is the reason.</param>
/// <param name="IsBeingFetched">A fetch is under way that a request could join.</param>
/// <param name="IsDeclined">It is remembered that responses under this key may not be shared.</param>
/// <param name="DeclinedReason">Why, in the word it was declined with.</param>
public readonly record struct CachePeek(CachedObject? Object, MissReason Reason, long PurgedBy, bool IsBeingFetched, bool IsDeclined, string? DeclinedReason);
