// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Caching;
using Frontier.Contracts;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Freshness;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline.Blocks;

/// <summary>
/// Serves parts of an object that is not stored whole: block by block, each an object of its own in the cache with a flight of
/// its own, each checked to be of the same version as the first (§16); what is there answers without the origin
/// (DP-16.1). A viewer of the whole object gets it from the blocks where its beginning is there, and so completes it.
/// </summary>
internal sealed class BlockFetch(HttpCache cache, CachingRules rules, Boarding boarding, Pass pass, TimeProvider time)
{
    /// <summary>A request for more ranges than this of what is not here is the origin's to answer.</summary>
    private const int MostBlocksOfOneRequest = 8;

    /// <summary>Blocks looked at to say how an answer comes about.</summary>
    private const int MostBlocksCounted = 64;

    /// <summary>The block where the first range begins; the first one for the last bytes, for it takes a block to know how many there are. Null when the whole object is wanted.</summary>
    public static BlockSpan? FirstWanted(HeaderList headers)
    {
        if (!headers.TryGet("range"u8, out var range) || !RangeHeader.TryParse(range, out var first, out var last, out var several))
        {
            return null;
        }

        return first == 0 && last == long.MaxValue && !several ? null : BlockSpan.Holding(Math.Max(first, 0));
    }

    /// <summary>Null when the request is for the whole object and nothing of it is here, or when the whole object is being fetched and will do.</summary>
    public async ValueTask<Answer?> TryAnswerAsync(RequestContext context)
    {
        if (IsScattered(context.Request.Headers))
        {
            return await pass.SendAsync(context);
        }

        if (await IsComingWithTheWholeAsync(context))
        {
            return null;
        }

        if (context.Request.Headers.Contains("range"u8) && await FindWholeAsync(context) is { } whole)
        {
            return whole;
        }

        if (await FindSpanAsync(context) is not { } span)
        {
            return null;
        }

        var outcome = await GetAsync(context, span, isFirst: true);
        return outcome.IsBlock ? await BlocksAnswer.FromAsync(this, context, outcome.Block, outcome.Reserved, time.GetUtcNow()) : outcome.Instead;
    }

    /// <summary>The block from the cache, or from the one fetch for it. Neither a block nor an answer: the whole object is on its way, or the block cannot be had.</summary>
    /// <param name="isFirst">Whether the viewer has heard nothing yet, so that another answer may take the block's place.</param>
    public async ValueTask<BlockOutcome> GetAsync(RequestContext context, BlockSpan span, bool isFirst)
    {
        var key = Key(context, span);
        var found = (await cache.FindAsync(key, context.Exchange.Aborted)).Object;
        if (found is not null && (MayServe(context, found.Head) || IsRefreshing(context, found, key, span)))
        {
            return StoredHeads.IsFailure(found.Head, out var failure)
                ? Instead(FailureOf(context, found, failure))
                : OfStored(span, found, ResultType.Hit);
        }

        using var stale = found;
        var boarded = await boarding.BoardAsync(context, new FetchTarget(key, stale, span), isFirst ? () => HasWholeCome(context) : null);
        switch (boarded.Kind)
        {
            case BoardedKind.Filling when StoredHeads.IsFailure(boarded.Fill!.Head, out var failure):
                boarded.Flight!.Leave();
                return Instead(FailureAnswer.Of(context, failure, boarded.Fill.Head));
            case BoardedKind.Filling when !IsBlock(boarded.Fill!.Head):
                context.IgnoresRange = isFirst; // DP-16.2: the origin sent the whole object
                return Instead(FillingAnswer.From(boarded, rules is CachingRules.Strict || context.Tier is not null));
            case BoardedKind.Filling:
                return new BlockOutcome(new Block(span, boarded.Flight!, boarded.Fill!, boarded.Leads ? boarded.Parent?.Result ?? ResultType.Miss : ResultType.Hit) { Detail = boarded.Parent?.Detail ?? ErrorDetail.None }, null, boarded.Reserved);
            case BoardedKind.Stored when StoredHeads.IsFailure(boarded.Object!.Head, out var failure):
                return Instead(FailureOf(context, boarded.Object, failure));
            case BoardedKind.Stored:
                return OfStored(span, boarded.Object!, boarded.Leads ? ResultType.RefreshHit : ResultType.Hit, boarded.Reserved);
            case BoardedKind.Failed:
                return Instead(FailureAnswer.Of(context, boarded.Failure));
            case BoardedKind.Response when isFirst:
                return Instead(pass.Of(context, boarded.Response!.Response));
            case BoardedKind.Response:
                await boarded.Response!.DisposeAsync();
                return default;
            case BoardedKind.Alone when !isFirst:
                return new BlockOutcome(await AskAloneAsync(context, span), null);
            case BoardedKind.Alone when await FindWholeAsync(context) is { } whole:
                return Instead(whole);
            case BoardedKind.Alone:
                return await IsWholeComingAsync(context) ? default : Instead(await pass.SendAsync(context));
            default:
                throw new InvalidOperationException($"No such outcome: {boarded.Kind}.");
        }
    }

    /// <summary>Begins to fetch a block that will be wanted soon, if it is not here.</summary>
    public async ValueTask PrefetchAsync(RequestContext context, BlockSpan span)
    {
        // What is to be asked about each time would be fetched now and asked about when its turn comes.
        if (context.CutOff is not CutOffChoice.Revalidate && !await IsHereAsync(context, span))
        {
            boarding.TryRunUnattended(context, new FetchTarget(Key(context, span), null, span));
        }
    }

    /// <summary>Whether of the blocks that the answer needs some are stored and some are not (RFC 9211, section 2.2), as far as its first 64 MiB.</summary>
    public async ValueTask<bool> IsPartlyHereAsync(RequestContext context, Block first, long total)
    {
        var isFirstHere = first.Result is not ResultType.Miss;
        foreach (var span in Wanted(context.Request.Headers, total).SelectMany(BlockSpan.Of).Where(span => span != first.Span).Take(MostBlocksCounted))
        {
            if (await IsHereAsync(context, span) != isFirstHere)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Drops a block that is not of the version that the others are of.</summary>
    public void Forget(RequestContext context, BlockSpan span) => cache.Forget(Key(context, span));

    /// <summary>The object has changed: drops every block that is not of this version, so that nobody begins with an old one (DP-16.8).</summary>
    public async ValueTask ForgetOthersAsync(RequestContext context, StoredHead current, long total)
    {
        for (var span = BlockSpan.Holding(0); span.LengthIn(total) > 0; span = span.Next)
        {
            using var found = (await cache.PeekAsync(Key(context, span))).Object;
            if (found is not null && !BlockAnswer.AreOfOneObject(current, found.Head))
            {
                Forget(context, span);
            }
        }
    }

    /// <summary>
    /// Whether the fetch of the whole object has brought where the range begins, or is less than a block from it: a block of its
    /// own would hardly be here sooner, and the origin need not be asked (DP-17.1). Whoever wants a place further on does not wait
    /// for all that comes before it.
    /// </summary>
    private async ValueTask<bool> IsComingWithTheWholeAsync(RequestContext context) =>
        Missing(context, out var first) is { } missing && (missing < 0 || (missing < BlockSpan.Bytes && !await IsHereAsync(context, BlockSpan.Holding(first))));

    /// <summary>The bytes that the fetch of the whole object has yet to bring before those of the range; null when none is under way that this request may follow.</summary>
    private long? Missing(RequestContext context, out long first)
    {
        first = 0;
        if (context.Behavior.CachePolicy.CollapsingDisabled || !context.Request.Headers.TryGet("range"u8, out var asked)
            || cache.PeekFill(context.Key.WrittenSpan) is not { Head.Status: 200, BodyLength: { } total } fill
            || RangeHeader.Resolve(asked, total, out var range) is not RangeVerdict.Satisfiable)
        {
            return null;
        }

        first = range.First;
        return first - fill.Arrived;
    }

    /// <summary>Whether another request has turned out to bring the whole object since this one looked: then the block is not worth a fetch.</summary>
    private bool HasWholeCome(RequestContext context)
    {
        if (Missing(context, out _) < BlockSpan.Bytes)
        {
            return true;
        }

        if (!cache.TryGetResident(context.Key.WrittenSpan, out var whole))
        {
            return false;
        }

        using (whole)
        {
            return !Signpost.IsOne(whole.Head) && MayServe(context, whole.Head);
        }
    }

    /// <summary>The whole object, where it has come since this request's look-up.</summary>
    private async ValueTask<Answer?> FindWholeAsync(RequestContext context)
    {
        var found = (await cache.PeekAsync(context.Key.WrittenMemory)).Object;
        if (found is null || Signpost.IsOne(found.Head) || !MayServe(context, found.Head))
        {
            found?.Dispose();
            return null;
        }

        return StoredHeads.IsFailure(found.Head, out var failure) ? FailureOf(context, found, failure) : StoredAnswer.From(found, ResultType.Hit, time.GetUtcNow());
    }

    /// <summary>Where to begin; null when the whole object is to be fetched whole.</summary>
    private async ValueTask<BlockSpan?> FindSpanAsync(RequestContext context)
    {
        var first = BlockSpan.Holding(0);
        var wanted = FirstWanted(context.Request.Headers);
        if (wanted == first)
        {
            return first;
        }

        // The first block knows the object's length.
        using var found = (await cache.PeekAsync(Key(context, first))).Object;
        if (found is null || !MayServe(context, found.Head) || !BlockAnswer.TryTakeTotal(StoredHeads.ToResponse(found.Head).Headers, out var total))
        {
            return wanted;
        }

        if (wanted is { } span)
        {
            return span.First < total ? span : first; // what lies behind the end needs nobody's word (DP-16.5)
        }

        return IsBetterCompressed(context, found.Head, total) ? null : first;
    }

    private static IReadOnlyList<ByteRange> Wanted(HeaderList headers, long total)
    {
        if (!headers.TryGet("range"u8, out var asked))
        {
            return [new ByteRange(0, total - 1)];
        }

        return RangeHeader.Resolve(asked, total, out var range) switch
        {
            RangeVerdict.Satisfiable => [range],
            RangeVerdict.Multiple => RangeHeader.Several(asked, total),
            RangeVerdict.Unsatisfiable => [],
            RangeVerdict.Ignored => [new ByteRange(0, total - 1)],
        };
    }

    /// <summary>Blocks are plain. An object that would be compressed on its way in is fetched whole, or one viewer's range would keep it plain for all (DP-20.1).</summary>
    private static bool IsBetterCompressed(RequestContext context, StoredHead head, long total)
    {
        var whole = StoredHeads.ToResponse(head);
        whole.Headers.Set("Content-Length"u8, Encoding.ASCII.GetBytes(total.ToString(CultureInfo.InvariantCulture)));
        return Compression.Decide(Compression.Wanted(context.Request, context.Behavior), whole) is not ContentCoding.Identity;
    }

    /// <summary>So many ranges, of a byte each perhaps, that their blocks would cost the origin far more than the viewer gets.</summary>
    private static bool IsScattered(HeaderList headers) => headers.TryGet("range"u8, out var range) && range.Count((byte)',') >= MostBlocksOfOneRequest;

    /// <summary>DP-18.1, as for whole objects.</summary>
    private bool IsRefreshing(RequestContext context, CachedObject found, byte[] key, BlockSpan span) =>
        context.CutOff is not CutOffChoice.Revalidate && found.Head.FreshFor(time.GetUtcNow()) + found.Head.StaleWhileRevalidate > TimeSpan.Zero
        && !Reuse.IsValidationAsked(rules, context.Request.Headers)
        && boarding.TryRunUnattended(context, new FetchTarget(key, found, span));

    /// <summary>Whether a fetch of this block has turned into one of the whole object, which this request can follow.</summary>
    private async ValueTask<bool> IsWholeComingAsync(RequestContext context)
    {
        var peek = await cache.PeekAsync(context.Key.WrittenMemory);
        using var found = peek.Object;
        return peek.IsBeingFetched || found?.Head.IsFresh(time.GetUtcNow()) == true;
    }

    /// <summary>A block for this viewer alone, where it may not be kept: its answer has begun and goes on.</summary>
    private async ValueTask<Block?> AskAloneAsync(RequestContext context, BlockSpan span)
    {
        if (await pass.AskForBlockAsync(context, span) is not { } response)
        {
            return null;
        }

        var filtered = new ResponseHead();
        ViewerResponse.Filter(response.Head, context.Behavior, isShared: true, filtered);
        BlockAnswer.SetTotal(filtered.Headers, BlockAnswer.Total(response.Head.Headers)!.Value);
        return new Block(span, response, StoredHeads.Of(filtered, default, cache.FillSequence, time.GetUtcNow(), context.Distribution));
    }

    private async ValueTask<bool> IsHereAsync(RequestContext context, BlockSpan span)
    {
        using var found = (await cache.PeekAsync(Key(context, span))).Object; // no look-up of the viewer's, so it is not counted as one
        return found is not null && MayServe(context, found.Head) && IsBlock(found.Head);
    }

    private bool MayServe(RequestContext context, StoredHead head)
    {
        var now = time.GetUtcNow();
        return context.CutOff is not CutOffChoice.Revalidate && Reuse.Decide(rules, context.Request.Headers, TimeSpan.FromSeconds(head.AgeSeconds(now)), head.FreshFor(now), head.MustRevalidate) is not ReuseVerdict.Validate;
    }

    private static bool IsBlock(StoredHead head) => BlockAnswer.TryTakeTotal(StoredHeads.ToResponse(head).Headers, out _);

    /// <summary>Under a block's key there may be an error instead.</summary>
    private BlockOutcome OfStored(BlockSpan span, CachedObject found, ResultType result, HeaderList? reserved = null) => IsBlock(found.Head)
        ? new BlockOutcome(new Block(span, found, result), null, reserved)
        : Instead(StoredAnswer.From(found, result, time.GetUtcNow(), reserved));

    private static EdgeAnswer FailureOf(RequestContext context, CachedObject found, Origins.OriginFailure failure)
    {
        found.Dispose();
        return FailureAnswer.Of(context, failure, found.Head);
    }

    private static BlockOutcome Instead(Answer answer) => new(null, answer);

    /// <summary>The object's key and one line more: blocks are purged with their object, and apart from each other are nobody's.</summary>
    public static byte[] KeyOf(ReadOnlySpan<byte> key, BlockSpan span) =>
        [.. key, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"block:{span.Index}\n"))];

    private static byte[] Key(RequestContext context, BlockSpan span) => KeyOf(context.Key.WrittenSpan, span);
}
