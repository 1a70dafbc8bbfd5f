// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline.Blocks;

/// <summary>An object put together from its blocks as the viewer reads it.</summary>
internal sealed class BlocksAnswer(BlockFetch blocks, RequestContext context, Block first, long total) : Answer
{
    public static async ValueTask<BlocksAnswer> FromAsync(BlockFetch blocks, RequestContext context, Block first, HeaderList? reserved, DateTimeOffset now)
    {
        var head = StoredHeads.ToResponse(first.Head, reserved);
        if (!BlockAnswer.TryTakeTotal(head.Headers, out var total))
        {
            throw new InvalidOperationException("A block without its object's length.");
        }

        return new BlocksAnswer(blocks, context, first, total)
        {
            IsPartlyHere = context.Trace is not null && await blocks.IsPartlyHereAsync(context, first, total),
            Head = head,
            Result = first.Result,
            Detail = first.Detail,
            Kept = first.Head,
            BodyLength = total,
            FreshUntil = first.Head.FreshUntil,
            AgeSeconds = first.Result is ResultType.Miss && context.Tier is null ? null : first.Head.AgeSeconds(now),
        };
    }

    public override bool IsObject => true;

    /// <summary>Whether some of the blocks it begins with are stored and others must be fetched. Known only where somebody wants to be told how the answer came about.</summary>
    public bool IsPartlyHere { get; private init; }

    public override BodyReader OpenBody(long offset, long? length) => new BlocksReader(blocks, context, first, total, offset, length ?? total - offset);

    public override async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await base.DisposeAsync();
    }
}
