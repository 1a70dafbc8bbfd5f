// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline.Blocks;

/// <summary>One of the blocks in which the parts of an object are fetched and kept (DP-16.2).</summary>
internal readonly record struct BlockSpan(long Index)
{
    /// <summary>1 MiB: a player's usual request is one or two of them, and fetching more than was asked for costs little.</summary>
    public const int Bytes = 1 << 20;

    public long First => Index * Bytes;

    public BlockSpan Next => new(Index + 1);

    /// <summary>The Range header that asks for it.</summary>
    public string RangeHeader => string.Create(CultureInfo.InvariantCulture, $"bytes={First}-{First + Bytes - 1}");

    public static BlockSpan Holding(long offset) => new(offset / Bytes);

    /// <summary>The blocks in which a run of bytes lies, in order.</summary>
    public static IEnumerable<BlockSpan> Of(ByteRange bytes)
    {
        for (var span = Holding(bytes.First); span.First <= bytes.Last; span = span.Next)
        {
            yield return span;
        }
    }

    /// <summary>How many bytes of an object of that length lie in this block.</summary>
    public long LengthIn(long total) => Math.Clamp(total - First, 0, Bytes);
}
