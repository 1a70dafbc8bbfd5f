// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Caching;
using Frontier.Decisions.Freshness;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline.Blocks;

/// <summary>
/// Serves parts of an object that is not stored whole: block by block, each an object of its own in the cache with a flight of
/// its own, each checked to be of the same version as the first (§16). A viewer of the whole object gets it from the blocks
/// where its beginning is there, and so completes it.
/// </summary>
internal sealed class BlockFetch(HttpCache cache, CachingRules rules, Boarding boarding, Pass pass, TimeProvider time)
{
    /// <summary>The block where the first range begins; the first one for the last bytes, for it takes a block to know how many there are. Null when the whole object is wanted.</summary>
    public static BlockSpan? FirstWanted(HeaderList headers)
    {
        if (!headers.TryGet("range"u8, out var range) || !RangeHeader.TryParse(range, out var first, out var last, out var several))
        {
            return null;
        }

        return first == 0 && last == long.MaxValue && !several ? null : BlockSpan.Holding(Math.Max(first, 0));
    }

    /// <summary>Null when the request is for the whole object and nothing of it is here.</summary>
    public async ValueTask<Answer?> TryAnswerAsync(RequestContext context)
    {
        var span = BlockSpan.Holding(0);
        if (FirstWanted(context.Request.Headers) is { } wanted)
        {
            span = wanted;
        }
        else if (!await IsHereAsync(context, span))
        {
            return null;
        }

        var outcome = await GetAsync(context, span);
        return outcome.IsBlock ? BlocksAnswer.From(this, context, outcome.Block, time.GetUtcNow()) : outcome.Instead;
    }

    /// <summary>The block from the cache, or from the one fetch for it.</summary>
    public async ValueTask<BlockOutcome> GetAsync(RequestContext context, BlockSpan span)
    {
        var key = Key(context, span);
        var found = (await cache.FindAsync(key, context.Exchange.Aborted)).Object;
        if (found is not null && MayServe(context, found.Head))
        {
            return StoredHeads.IsFailure(found.Head, out var failure)
                ? Instead(FailureOf(context, found, failure))
                : OfStored(span, found, ResultType.Hit);
        }

        using var stale = found;
        var boarded = await boarding.BoardAsync(context, new FetchTarget(key, stale, span));
        switch (boarded.Kind)
        {
            case BoardedKind.Filling when StoredHeads.IsFailure(boarded.Fill!.Head, out var failure):
                boarded.Flight!.Leave();
                return Instead(FailureAnswer.Of(context, failure));
            case BoardedKind.Filling when !IsBlock(boarded.Fill!.Head):
                context.IgnoresRange = true; // DP-16.2: the origin sent the whole object
                return Instead(FillingAnswer.From(boarded.Flight!, boarded.Fill!, boarded.Leads ? ResultType.Miss : ResultType.Hit, rules is CachingRules.Strict));
            case BoardedKind.Filling:
                return new BlockOutcome(new Block(span, boarded.Flight!, boarded.Fill!, boarded.Leads ? ResultType.Miss : ResultType.Hit), null);
            case BoardedKind.Stored when StoredHeads.IsFailure(boarded.Object!.Head, out var failure):
                return Instead(FailureOf(context, boarded.Object, failure));
            case BoardedKind.Stored:
                return OfStored(span, boarded.Object!, boarded.Leads ? ResultType.RefreshHit : ResultType.Hit);
            case BoardedKind.Failed:
                return Instead(FailureAnswer.Of(context, boarded.Failure));
            case BoardedKind.Response:
                return Instead(pass.Of(context, boarded.Response!.Response));
            case BoardedKind.Alone:
                return Instead(await pass.SendAsync(context));
            default:
                throw new InvalidOperationException($"No such outcome: {boarded.Kind}.");
        }
    }

    /// <summary>Begins to fetch a block that will be wanted soon, if it is not here.</summary>
    public async ValueTask PrefetchAsync(RequestContext context, BlockSpan span)
    {
        if (!await IsHereAsync(context, span))
        {
            boarding.TryRunUnattended(context, new FetchTarget(Key(context, span), null, span));
        }
    }

    /// <summary>Drops a block that is not of the version that the others are of.</summary>
    public void Forget(RequestContext context, BlockSpan span) => cache.Forget(Key(context, span));

    private async ValueTask<bool> IsHereAsync(RequestContext context, BlockSpan span)
    {
        using var found = (await cache.FindAsync(Key(context, span), context.Exchange.Aborted)).Object;
        return found is not null && MayServe(context, found.Head) && IsBlock(found.Head);
    }

    private bool MayServe(RequestContext context, StoredHead head)
    {
        var now = time.GetUtcNow();
        return Reuse.Decide(rules, context.Request.Headers, TimeSpan.FromSeconds(head.AgeSeconds(now)), head.FreshUntil - now, head.MustRevalidate) is not ReuseVerdict.Validate;
    }

    private static bool IsBlock(StoredHead head) => BlockAnswer.TryTakeTotal(StoredHeads.ToResponse(head).Headers, out _);

    /// <summary>Under a block's key there may be an error instead.</summary>
    private BlockOutcome OfStored(BlockSpan span, CachedObject found, ResultType result) => IsBlock(found.Head)
        ? new BlockOutcome(new Block(span, found, result), null)
        : Instead(StoredAnswer.From(found, result, time.GetUtcNow()));

    private static EdgeAnswer FailureOf(RequestContext context, CachedObject found, Origins.OriginFailure failure)
    {
        found.Dispose();
        return FailureAnswer.Of(context, failure);
    }

    private static BlockOutcome Instead(Answer answer) => new(null, answer);

    /// <summary>The object's key and one line more: blocks are purged with their object, and apart from each other are nobody's.</summary>
    private static byte[] Key(RequestContext context, BlockSpan span) =>
        [.. context.Key.WrittenSpan, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"block:{span.Index}\n"))];
}
