// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline.Blocks;

/// <summary>An object put together from its blocks as the viewer reads it.</summary>
internal sealed class BlocksAnswer(BlockFetch blocks, RequestContext context, Block first, long total) : Answer
{
    public static BlocksAnswer From(BlockFetch blocks, RequestContext context, Block first, DateTimeOffset now)
    {
        var head = StoredHeads.ToResponse(first.Head);
        if (!BlockAnswer.TryTakeTotal(head.Headers, out var total))
        {
            throw new InvalidOperationException("A block without its object's length.");
        }

        return new BlocksAnswer(blocks, context, first, total)
        {
            Head = head,
            Result = first.Result,
            BodyLength = total,
            FreshUntil = first.Head.FreshUntil,
            AgeSeconds = first.Result is ResultType.Miss ? null : first.Head.AgeSeconds(now),
        };
    }

    public override bool IsObject => true;

    public override BodyReader OpenBody(long offset, long? length) => new BlocksReader(blocks, context, first, total, offset, length ?? total - offset);

    public override async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await base.DisposeAsync();
    }
}
