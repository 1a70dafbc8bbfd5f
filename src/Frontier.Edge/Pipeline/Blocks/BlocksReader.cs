// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline.Blocks;

/// <summary>
/// Reads a run of an object block after block, and has those to come fetched meanwhile: one, then two, then more for a viewer
/// that reads on. The first block says which version of the object it is. Does not own that one.
/// </summary>
internal sealed class BlocksReader(BlockFetch blocks, RequestContext context, Block first, long total, long offset, long length) : BodyReader
{
    /// <summary>Blocks fetched ahead of a viewer that has read as many; the most that one who stops leaves unread.</summary>
    private const int MostAhead = 8;

    private int _ahead = 1;
    private long _askedUpTo = BlockSpan.Holding(offset).Index;
    private long _position = offset;
    private long _left = length;
    private Block? _block;
    private BodyReader? _reader;

    public override async ValueTask<BodyRead> ReadAsync(CancellationToken cancellationToken)
    {
        if (_left == 0)
        {
            return BodyRead.End;
        }

        var span = BlockSpan.Holding(_position);
        if (_reader is null || _block!.Span != span)
        {
            await CloseAsync();
            if (await FindAsync(span) is not { } block)
            {
                return BodyRead.Broken;
            }

            _block = block;
            var within = _position - span.First;
            var run = Math.Min(_left, BlockSpan.Bytes - within);
            _reader = block.OpenBody(within, run);
            await ReadAheadAsync(span);
        }

        var read = await _reader.ReadAsync(cancellationToken);
        _position += read.Bytes.Length;
        _left -= read.Bytes.Length;
        if (read.State is BodyState.Broken)
        {
            return read;
        }

        var isShort = read.State is BodyState.End && _left > 0 && BlockSpan.Holding(_position) == span;
        return new BodyRead(read.Bytes, _left == 0 ? BodyState.End : isShort ? BodyState.Broken : BodyState.More);
    }

    public override ValueTask DisposeAsync() => CloseAsync();

    /// <summary>Null when there is no block of this version (any more).</summary>
    private async ValueTask<Block?> FindAsync(BlockSpan span)
    {
        if (span == first.Span)
        {
            return first;
        }

        for (var attempt = 0; ; attempt++)
        {
            var outcome = await blocks.GetAsync(context, span, isFirst: false);
            if (!outcome.IsBlock)
            {
                await (outcome.Instead?.DisposeAsync() ?? ValueTask.CompletedTask);
                return null;
            }

            var block = outcome.Block;
            if (BlockAnswer.AreOfOneObject(first.Head, block.Head))
            {
                return block;
            }

            // DP-16.8: one of the two is of an older version. What lay in the cache is asked for again; what has just come is
            // right, and then the first is not: this viewer's answer ends here, and the next one's begins anew.
            if (block.Result is ResultType.Miss || attempt > 0)
            {
                await blocks.ForgetOthersAsync(context, block.Head, total);
                await block.DisposeAsync();
                return null;
            }

            blocks.Forget(context, span);
            await block.DisposeAsync();
        }
    }

    private async ValueTask ReadAheadAsync(BlockSpan current)
    {
        var last = BlockSpan.Holding(_position + _left - 1).Index;
        var upTo = Math.Min(last, current.Index + _ahead);
        for (var index = Math.Max(_askedUpTo, current.Index) + 1; index <= upTo; index++)
        {
            await blocks.PrefetchAsync(context, new BlockSpan(index));
        }

        _askedUpTo = Math.Max(_askedUpTo, upTo);
        _ahead = Math.Min(MostAhead, _ahead * 2);
    }

    private async ValueTask CloseAsync()
    {
        if (_reader is not null)
        {
            await _reader.DisposeAsync();
            _reader = null;
        }

        if (_block is not null && !ReferenceEquals(_block, first))
        {
            await _block.DisposeAsync();
        }

        _block = null;
    }
}
