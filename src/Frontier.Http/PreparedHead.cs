// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http1;
using Frontier.Http.Http2.Hpack;
using Frontier.Protocols.Http;

namespace Frontier.Http;

/// <summary>
/// The head of an answer that is given many times, encoded once for each protocol version it is asked in: status, fields and
/// length. What differs from one answer to the next is sent beside it. Thread-safe: two threads may both encode, either result stays.
/// </summary>
public sealed class PreparedHead
{
    private readonly byte[] _fields;
    private byte[]? _http1;
    private byte[]? _http2;

    /// <param name="bodyLength">What Content-Length tells; null for none.</param>
    public PreparedHead(ResponseHead head, long? bodyLength)
    {
        Status = head.Status;
        BodyLength = bodyLength;
        HasDate = head.Headers.Contains("date"u8);
        _fields = head.Headers.ToBlock();
    }

    public int Status { get; }

    public long? BodyLength { get; }

    public bool HasDate { get; }

    /// <summary>Status line, fields and Content-Length of HTTP/1.1, each line with its end; no empty line.</summary>
    public ReadOnlySpan<byte> Http1 => _http1 ??= ResponseHeadWriter.Encode(ToHead(), BodyLength);

    /// <summary>A header block of HTTP/2 (RFC 7541) with status, fields and Content-Length, which needs no table of any connection; more fields may follow.</summary>
    public ReadOnlySpan<byte> Http2 => _http2 ??= HeaderBlock.Prepare(ToHead(), BodyLength);

    /// <summary>The head as it was given, without Content-Length.</summary>
    public ResponseHead ToHead()
    {
        var head = new ResponseHead { Status = Status };
        head.Headers.TryAddBlock(_fields);
        return head;
    }
}
