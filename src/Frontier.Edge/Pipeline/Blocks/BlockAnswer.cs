// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Caching;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline.Blocks;

/// <summary>What an answer to a request for one block says, and how the head of a stored block keeps it.</summary>
internal static class BlockAnswer
{
    /// <summary>The whole object's length in the head of a stored block. Origins cannot send <c>X-Edge-*</c> through.</summary>
    private static ReadOnlySpan<byte> TotalField => "x-edge-total"u8;

    /// <summary>
    /// The answer as it would read for the whole object: status 200, no Content-Range. Null when it is not exactly the block, or
    /// has nothing by which one block can be told to belong to the next (RFC 9110, section 15.3.7.3).
    /// </summary>
    public static ResponseHead? AsWhole(ResponseHead answer, BlockSpan block, long? bodyLength)
    {
        if (answer.Status != 206 || !answer.Headers.TryGet("content-range"u8, out var value) || !ContentRange.TryParse(value, out var range)
            || range.Value.Range.First != block.First || range.Value.Range.Length != block.LengthIn(range.Value.Total)
            || (bodyLength is { } length && length != range.Value.Range.Length)
            || !HasUsableValidator(answer.Headers))
        {
            return null;
        }

        var whole = new ResponseHead { Status = 200 };
        answer.Headers.CopyTo(whole.Headers);
        whole.Headers.Remove("content-range"u8);
        return whole;
    }

    /// <summary>The whole object's length by Content-Range.</summary>
    public static long? Total(HeaderList answer) =>
        answer.TryGet("content-range"u8, out var value) && ContentRange.TryParse(value, out var range) ? range.Value.Total : null;

    public static void SetTotal(HeaderList stored, long total) => stored.Set(TotalField, Encoding.ASCII.GetBytes(total.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Takes the whole object's length out of a stored block's head; false when it is no block's.</summary>
    public static bool TryTakeTotal(HeaderList stored, out long total)
    {
        var isBlock = long.TryParse(stored.GetText(TotalField), NumberStyles.None, CultureInfo.InvariantCulture, out total);
        stored.Remove(TotalField);
        return isBlock;
    }

    /// <summary>Whether two blocks are of one version of the object (DP-16.8).</summary>
    public static bool AreOfOneObject(StoredHead one, StoredHead other)
    {
        var (these, those) = (StoredHeads.ToResponse(one).Headers, StoredHeads.ToResponse(other).Headers);
        bool Agrees(ReadOnlySpan<byte> name) => these.TryGet(name, out var a) == those.TryGet(name, out var b) && a.SequenceEqual(b);

        // What came with a validator may be stored without it, where its Connection or Cache-Control names it: then nothing tells.
        return Agrees(TotalField) && Agrees("etag"u8) && (these.Contains("etag"u8) || (these.Contains("last-modified"u8) && Agrees("last-modified"u8)));
    }

    /// <summary>A weak tag says that two versions mean the same, not that their bytes fit together.</summary>
    private static bool HasUsableValidator(HeaderList headers) =>
        headers.TryGet("etag"u8, out var tag) ? !EntityTag.IsWeak(tag) : headers.Contains("last-modified"u8);
}
