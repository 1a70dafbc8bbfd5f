// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline.Blocks;

/// <summary>One block that is stored, or just coming in. Holds it until disposed.</summary>
internal sealed class Block : IDisposable
{
    private readonly CachedObject? _stored;
    private readonly Flight? _flight;
    private readonly Fill? _fill;

    public Block(BlockSpan span, CachedObject stored, ResultType result)
    {
        (Span, _stored, Head, Result) = (span, stored, stored.Head, result);
    }

    public Block(BlockSpan span, Flight flight, Fill fill, ResultType result)
    {
        (Span, _flight, _fill, Head, Result) = (span, flight, fill, fill.Head, result);
    }

    public BlockSpan Span { get; }

    public StoredHead Head { get; }

    /// <summary>Hit when it was there, RefreshHit when the origin has just vouched for it, Miss when it had to be fetched.</summary>
    public ResultType Result { get; }

    /// <param name="offset">Within the block.</param>
    public BodyReader OpenBody(long offset, long length) => _stored is null ? _fill!.OpenBody(offset, length) : _stored.OpenBody(offset, length);

    public void Dispose()
    {
        _stored?.Dispose();
        _flight?.Leave();
    }
}
