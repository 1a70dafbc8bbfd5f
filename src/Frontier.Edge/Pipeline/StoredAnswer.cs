// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>An object of the cache, from whichever of its tiers: a viewer cannot tell (DP-21.1). Takes over one reference to it.</summary>
internal sealed class StoredAnswer(CachedObject stored) : Answer
{
    /// <param name="reserved">What the origin has just said to this viewer alone (DP-14.9).</param>
    public static StoredAnswer From(CachedObject stored, ResultType result, DateTimeOffset now, HeaderList? reserved = null) => new(stored)
    {
        Head = StoredHeads.ToResponse(stored.Head, reserved),
        Result = StoredHeads.Result(stored.Head, result),
        Detail = stored.Head.Status >= 400 ? ErrorDetail.OriginError : ErrorDetail.None,
        BodyLength = stored.BodyLength,
        AgeSeconds = stored.Head.AgeSeconds(now),
        FreshUntil = stored.Head.FreshUntil,
        Kept = stored.Head,
    };

    public override bool IsObject => true;

    public override BodyReader OpenBody(long offset, long? length) => stored.OpenBody(offset, length ?? stored.BodyLength - offset);

    public override ValueTask DisposeAsync()
    {
        stored.Dispose();
        return base.DisposeAsync();
    }
}
