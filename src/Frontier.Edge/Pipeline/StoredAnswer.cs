// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>An object of the cache, from whichever of its tiers: a viewer cannot tell (DP-21.1). Takes over one reference to it.</summary>
internal sealed class StoredAnswer(CachedObject stored) : Answer
{
    public static StoredAnswer From(CachedObject stored, ResultType result, DateTimeOffset now) => new(stored)
    {
        Head = StoredHeads.ToResponse(stored.Head),
        Result = StoredHeads.Result(stored.Head, result),
        Detail = stored.Head.Status >= 400 ? ErrorDetail.OriginError : ErrorDetail.None,
        BodyLength = stored.BodyLength,
        AgeSeconds = stored.Head.AgeSeconds(now),
        FreshUntil = stored.Head.FreshUntil,
    };

    public override bool IsObject => true;

    public override BodyReader OpenBody(long offset, long? length) => stored.OpenBody(offset, length ?? stored.BodyLength - offset);

    public override ValueTask DisposeAsync()
    {
        stored.Dispose();
        return base.DisposeAsync();
    }
}
