// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http1;
using Frontier.Http.Http2.Hpack;
using Frontier.Protocols.Http;

namespace Frontier.Http;

/// <summary>
/// The head of an answer that is given many times, encoded once for every protocol version: status, fields and length. What
/// differs from one answer to the next is sent behind it. Immutable.
/// </summary>
public sealed class PreparedHead
{
    private readonly byte[] _http1;
    private readonly byte[] _http2;

    /// <param name="bodyLength">What Content-Length tells; null for none.</param>
    public PreparedHead(ResponseHead head, long? bodyLength)
    {
        Status = head.Status;
        BodyLength = bodyLength;
        Fields = new HeaderList();
        head.Headers.CopyTo(Fields);
        HasDate = head.Headers.Contains("date"u8);
        _http1 = ResponseHeadWriter.Encode(head, bodyLength);
        _http2 = HeaderBlock.Prepare(head, bodyLength);
    }

    public int Status { get; }

    public long? BodyLength { get; }

    /// <summary>Without Content-Length. Nobody changes them.</summary>
    public HeaderList Fields { get; }

    public bool HasDate { get; }

    /// <summary>Status line, fields and Content-Length of HTTP/1.1, each line with its end; no empty line.</summary>
    public ReadOnlySpan<byte> Http1 => _http1;

    /// <summary>A header block of HTTP/2 (RFC 7541) with status, fields and Content-Length, which needs no table of any connection; more fields may follow.</summary>
    public ReadOnlySpan<byte> Http2 => _http2;
}
