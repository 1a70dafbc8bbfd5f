// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http2.Hpack;
using Frontier.Protocols.Http;

namespace Frontier.Http.Http2;

/// <summary>Heads of answers that were not prepared, as blocks.</summary>
internal static class AnswerHead
{
    /// <summary>A final head, into the stream's own room. Returns how long it is.</summary>
    /// <param name="date">For a head that has none (RFC 9110, section 6.6.1).</param>
    public static int Write(ResponseHead head, long? bodyLength, ReadOnlySpan<byte> date, StreamOutput output)
    {
        var block = output.HeadRoom(HeaderBlock.MaxBytes(head.Headers));
        var at = HeaderBlock.WriteFields(head.Headers, block, HeaderBlock.WriteStatus(head.Status, block));
        at = bodyLength is { } length && HeaderBlock.MayTellLength(head.Status) ? HeaderBlock.WriteLength(length, block, at) : at;
        return head.Headers.Contains("date"u8) ? at : HeaderBlock.WriteDate(date, block, at);
    }

    /// <summary>A head before the final one, which needs no date.</summary>
    public static ReadOnlySpan<byte> Interim(ResponseHead head)
    {
        var block = new byte[HeaderBlock.MaxBytes(head.Headers)];
        return block.AsSpan(0, HeaderBlock.WriteFields(head.Headers, block, HeaderBlock.WriteStatus(head.Status, block)));
    }

    /// <summary>What a 101 to a WebSocket handshake is in HTTP/2 (RFC 8441, section 5): an upgrade's fields have no place there.</summary>
    public static ResponseHead OfPipe(ResponseHead switching)
    {
        var head = new ResponseHead();
        switching.Headers.CopyTo(head.Headers);
        head.Headers.Remove("upgrade"u8);
        head.Headers.Remove("sec-websocket-accept"u8);
        return head;
    }
}
