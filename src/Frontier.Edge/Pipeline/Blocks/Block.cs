// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Edge.Origins;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline.Blocks;

/// <summary>One block that is stored, just coming in, or this viewer's alone. Holds it until disposed.</summary>
internal sealed class Block : IAsyncDisposable
{
    private readonly CachedObject? _stored;
    private readonly Flight? _flight;
    private readonly Fill? _fill;
    private readonly OriginResponse? _response;

    public Block(BlockSpan span, CachedObject stored, ResultType result)
    {
        (Span, _stored, Head, Result) = (span, stored, stored.Head, result);
    }

    public Block(BlockSpan span, Flight flight, Fill fill, ResultType result)
    {
        (Span, _flight, _fill, Head, Result) = (span, flight, fill, fill.Head, result);
    }

    /// <summary>Not kept; its body can be opened once.</summary>
    public Block(BlockSpan span, OriginResponse response, StoredHead head)
    {
        (Span, _response, Head, Result) = (span, response, head, ResultType.Miss);
    }

    public BlockSpan Span { get; }

    public StoredHead Head { get; }

    /// <summary>Hit when it was there, RefreshHit when the origin has just vouched for it, Miss when it had to be fetched.</summary>
    public ResultType Result { get; }

    /// <summary>What the log says of it beside <see cref="Result"/>.</summary>
    public ErrorDetail Detail { get; init; }

    /// <param name="offset">Within the block.</param>
    public BodyReader OpenBody(long offset, long length) => _stored?.OpenBody(offset, length) ?? _fill?.OpenBody(offset, length) ?? new PartReader(PassedAnswer.Read(_response!), offset, length);

    public async ValueTask DisposeAsync()
    {
        _stored?.Dispose();
        _flight?.Leave();
        if (_response is not null)
        {
            await _response.DisposeAsync();
        }
    }
}
