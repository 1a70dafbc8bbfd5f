// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http1;
using Frontier.Protocols.Http;

namespace Frontier.Http.Tests.Http1;

/// <summary>Where a body ends (RFC 9112, section 6.3).</summary>
public sealed class MessageFramingTests
{
    [Theory]
    [InlineData("Content-Length: 0", BodyKind.Length, 0)]
    [InlineData("Content-Length: 9223372036854775807", BodyKind.Length, long.MaxValue)]
    [InlineData("content-length: 007", BodyKind.Length, 7)]
    [InlineData("Transfer-Encoding: chunked", BodyKind.Chunked, 0)]
    [InlineData("transfer-encoding: CHUNKED", BodyKind.Chunked, 0)]
    [InlineData("X: y", BodyKind.UntilClose, 0)]
    public void A_response_ends_as_its_fields_say(string field, BodyKind kind, long length) =>
        Assert.Equal(new MessageFraming(kind, length, FramingRefusal.None), OfResponse(field));

    [Theory]
    [InlineData("Content-Length: ", FramingRefusal.InvalidContentLength)]
    [InlineData("Content-Length: -1", FramingRefusal.InvalidContentLength)]
    [InlineData("Content-Length: +1", FramingRefusal.InvalidContentLength)]
    [InlineData("Content-Length: 1 ", FramingRefusal.InvalidContentLength)]
    [InlineData("Content-Length: 1a", FramingRefusal.InvalidContentLength)]
    [InlineData("Content-Length: 9223372036854775808", FramingRefusal.InvalidContentLength)]
    [InlineData("Content-Length: 1, 1", FramingRefusal.DuplicateContentLength)]
    [InlineData("Content-Length: 1|Content-Length: 1", FramingRefusal.DuplicateContentLength)]
    [InlineData("Content-Length: 1|content-length: 2", FramingRefusal.DuplicateContentLength)]
    [InlineData("Transfer-Encoding: ", FramingRefusal.UnsupportedTransferEncoding)]
    [InlineData("Transfer-Encoding: gzip", FramingRefusal.UnsupportedTransferEncoding)]
    [InlineData("Transfer-Encoding: identity", FramingRefusal.UnsupportedTransferEncoding)]
    [InlineData("Transfer-Encoding: gzip, chunked", FramingRefusal.UnsupportedTransferEncoding)]
    [InlineData("Transfer-Encoding: chunked, chunked", FramingRefusal.UnsupportedTransferEncoding)]
    [InlineData("Transfer-Encoding: chunked|Transfer-Encoding: chunked", FramingRefusal.UnsupportedTransferEncoding)]
    [InlineData("Transfer-Encoding: xchunked", FramingRefusal.UnsupportedTransferEncoding)]
    [InlineData("Transfer-Encoding: chunked|Content-Length: 1", FramingRefusal.LengthAndTransferEncoding)]
    [InlineData("Content-Length: 1|Transfer-Encoding: gzip", FramingRefusal.LengthAndTransferEncoding)]
    public void Doubtful_fields_are_refused_in_requests_and_responses_bodiless_ones_too(string fields, FramingRefusal refusal)
    {
        Assert.Equal(refusal, OfResponse(fields).Refusal);
        Assert.Equal(refusal, OfResponse(fields, status: 304).Refusal);
        Assert.Equal(refusal, OfResponse(fields, toHead: true).Refusal);
        Assert.Equal(refusal, OfRequest(fields).Refusal);
    }

    [Fact]
    public void HTTP_1_0_has_no_transfer_codings()
    {
        Assert.Equal(FramingRefusal.TransferEncodingInHttp10, OfResponse("Transfer-Encoding: chunked", version: HttpVersion.Http10).Refusal);
        Assert.Equal(FramingRefusal.TransferEncodingInHttp10, OfRequest("Transfer-Encoding: chunked", HttpVersion.Http10).Refusal);
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(103, false)]
    [InlineData(204, false)]
    [InlineData(304, false)]
    [InlineData(200, true)]
    public void Some_responses_have_no_body_whatever_they_say(int status, bool toHead)
    {
        Assert.Equal(MessageFraming.None, OfResponse("Content-Length: 5", status, toHead));
        Assert.Equal(MessageFraming.None, OfResponse("Transfer-Encoding: chunked", status, toHead));
        Assert.Equal(MessageFraming.None, OfResponse("X: y", status, toHead));
    }

    [Fact]
    public void A_request_without_framing_has_no_body() => Assert.Equal(MessageFraming.None, OfRequest("X: y"));

    [Theory]
    [InlineData("X: y", HttpVersion.Http11, true)]
    [InlineData("X: y", HttpVersion.Http10, false)]
    [InlineData("Connection: keep-alive", HttpVersion.Http10, true)]
    [InlineData("Connection: Keep-Alive", HttpVersion.Http11, true)]
    [InlineData("Connection: close", HttpVersion.Http11, false)]
    [InlineData("Connection: upgrade ,\tCLOSE", HttpVersion.Http11, false)]
    [InlineData("Connection: keep-alive|Connection: close", HttpVersion.Http11, false)]
    [InlineData("Connection: closed", HttpVersion.Http11, true)]
    public void The_Connection_field_says_whether_the_connection_stays(string fields, HttpVersion version, bool keeps) =>
        Assert.Equal(keeps, ConnectionField.KeepsOpen(Headers(fields), version));

    private static MessageFraming OfResponse(string fields, int status = 200, bool toHead = false, HttpVersion version = HttpVersion.Http11)
    {
        var head = new ResponseHead { Status = status };
        Headers(fields).CopyTo(head.Headers);
        return MessageFraming.OfResponse(head, version, toHead);
    }

    private static MessageFraming OfRequest(string fields, HttpVersion version = HttpVersion.Http11)
    {
        var head = new RequestHead { Version = version };
        Headers(fields).CopyTo(head.Headers);
        return MessageFraming.OfRequest(head);
    }

    private static HeaderList Headers(string fields)
    {
        var headers = new HeaderList();
        foreach (var field in fields.Split('|'))
        {
            var parts = field.Split(": ", 2);
            headers.Add(parts[0], parts[1]);
        }

        return headers;
    }
}
