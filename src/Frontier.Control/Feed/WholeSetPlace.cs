// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Feed;

/// <summary>
/// How far a DNS node is in receiving the whole set: where the log stood at its first page, and the last zone it was sent. It goes
/// along as a negative position, so that any control process can go on where another one began.
/// </summary>
/// <param name="After">Place in order of creation of that zone; 0 for none.</param>
internal readonly record struct WholeSetPlace(long LogEnd, long After)
{
    /// <summary>Resources that a store makes in its life are fewer, and so is the log's end below the rest of 63 bits.</summary>
    private const int PlaceBits = 28;

    public bool IsStart => After == 0;

    /// <summary>A position that is not negative is the start.</summary>
    public static WholeSetPlace Of(long position) => position >= 0 ? default : new WholeSetPlace(-position >> PlaceBits, -position & ((1L << PlaceBits) - 1));

    public long ToPosition() => -(LogEnd << PlaceBits | After);
}
