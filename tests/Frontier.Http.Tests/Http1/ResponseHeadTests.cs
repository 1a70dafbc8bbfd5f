// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http1;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Http.Tests.Http1;

public sealed class ResponseHeadTests
{
    private static readonly Arbitrary<byte[]> Messages = Wire.Messages(
        "HTTP/1.1 200 OK\r\n", "HTTP/1.0 404 \r\n", "HTTP/1.1 304\r\n", "A: b\r\n", "Content-Length: 3\r\n", "X:\t y \r\n", "\r\n", "\r", "\n", " ", ":", "a", "\0", "\u00e9");

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "200 Http11 19 ")]
    [InlineData("HTTP/1.0 404 Not Found\r\nA: b\r\n\r\nrest", "404 Http10 32 [A=b]")]
    [InlineData("HTTP/1.1 200 \r\n\r\n", "200 Http11 17 ")]
    [InlineData("HTTP/1.1 200\r\n\r\n", "200 Http11 16 ")]
    [InlineData("HTTP/1.1 200 \u00e9t\u00e9\tok\r\n\r\n", "200 Http11 23 ")]
    [InlineData("HTTP/1.1 200 OK\r\nA:\r\nA: \t x y \t\r\nb:c\r\n\r\n", "200 Http11 40 [A=][A=x y][b=c]")]
    public void A_good_head_is_read_and_what_follows_left(string text, string expected) => Assert.Equal(expected, Wire.ParseResponse(text));

    [Theory]
    [InlineData("HTTP/1.1 200 OK\n\n", HeadRefusal.BareLineFeed)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\n\r\n", HeadRefusal.BareLineFeed)]
    [InlineData("\r\nHTTP/1.1 200 OK\r\n\r\n", HeadRefusal.InvalidStartLine)]
    [InlineData("HTTP/1.1\r\n\r\n", HeadRefusal.InvalidStartLine)]
    [InlineData("HTTP/1.1-200 OK\r\n\r\n", HeadRefusal.InvalidStartLine)]
    [InlineData("HTTP/1.2 200 OK\r\n\r\n", HeadRefusal.UnsupportedVersion)]
    [InlineData("HTTP/2.0 200 OK\r\n\r\n", HeadRefusal.UnsupportedVersion)]
    [InlineData("http/1.1 200 OK\r\n\r\n", HeadRefusal.UnsupportedVersion)]
    [InlineData("HTTP/1.1  200 OK\r\n\r\n", HeadRefusal.InvalidStatus)]
    [InlineData("HTTP/1.1 099 OK\r\n\r\n", HeadRefusal.InvalidStatus)]
    [InlineData("HTTP/1.1 600 OK\r\n\r\n", HeadRefusal.InvalidStatus)]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n", HeadRefusal.InvalidStatus)]
    [InlineData("HTTP/1.1 200\tOK\r\n\r\n", HeadRefusal.InvalidStatus)]
    [InlineData("HTTP/1.1 200 O\rK\r\n\r\n", HeadRefusal.InvalidFieldValue)]
    [InlineData("HTTP/1.1 200 OK\r\nA : b\r\n\r\n", HeadRefusal.SpaceBeforeColon)]
    [InlineData("HTTP/1.1 200 OK\r\n A: b\r\n\r\n", HeadRefusal.ObsoleteFold)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n\tc\r\n\r\n", HeadRefusal.ObsoleteFold)]
    [InlineData("HTTP/1.1 200 OK\r\n: b\r\n\r\n", HeadRefusal.InvalidFieldName)]
    [InlineData("HTTP/1.1 200 OK\r\nAb\r\n\r\n", HeadRefusal.InvalidFieldName)]
    [InlineData("HTTP/1.1 200 OK\r\nA(b: c\r\n\r\n", HeadRefusal.InvalidFieldName)]
    [InlineData("HTTP/1.1 200 OK\r\nA\u00e9: c\r\n\r\n", HeadRefusal.InvalidFieldName)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n", HeadRefusal.InvalidFieldValue)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n", HeadRefusal.InvalidFieldValue)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\r\n\r\n", HeadRefusal.InvalidFieldValue)]
    [InlineData("HTTP/1.1 200 OK\r\nA: \u007f\r\n\r\n", HeadRefusal.InvalidFieldValue)]
    public void A_doubtful_head_is_refused_with_its_reason(string text, HeadRefusal refusal) =>
        Assert.Equal($"Refused {refusal}", Wire.ParseResponse(text));

    [Theory]
    [InlineData(0, "200 Http11 32768")]
    [InlineData(1, "Refused TooBig")]
    public void A_head_may_have_32768_bytes_and_no_more(int beyond, string expected)
    {
        const string start = "HTTP/1.1 200 OK\r\nA: ";
        var text = start + new string('x', Http1Limits.HeadBytes - start.Length - 4 + beyond) + "\r\n\r\n";

        Assert.StartsWith(expected, Wire.ParseResponse(text));
        Assert.StartsWith(expected, Wire.ParseResponse(Wire.Bytes(text), 1000));
    }

    [Fact]
    public void A_head_without_end_is_refused_at_the_limit_and_not_later()
    {
        Assert.Equal("NeedMore None", Wire.ParseResponse(new string('x', Http1Limits.HeadBytes - 1)));
        Assert.Equal("Refused TooBig", Wire.ParseResponse(new string('x', Http1Limits.HeadBytes)));
    }

    [Fact]
    public void Splitting_the_bytes_anywhere_changes_nothing() =>
        Prop.ForAll(Messages, Gen.Choose(1, 9).ToArbitrary(), (bytes, step) =>
            Wire.ParseResponse(bytes, step) == Wire.ParseResponse(bytes, int.MaxValue)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void No_bytes_make_the_parser_throw() =>
        Prop.ForAll<byte[]>(bytes => Wire.ParseResponse(bytes, int.MaxValue) is not null).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void A_parser_that_was_reset_remembers_nothing()
    {
        var parser = new ResponseHeadParser();
        var head = new Frontier.Protocols.Http.ResponseHead();
        Assert.Equal(HeadParseStatus.Refused, parser.Parse("nonsense\n"u8, head));
        Assert.Equal(HeadParseStatus.Refused, parser.Parse("HTTP/1.1 200 OK\r\n\r\n"u8, head));

        parser.Reset();

        Assert.Equal(HeadParseStatus.Complete, parser.Parse("HTTP/1.1 200 OK\r\n\r\n"u8, head));
    }
}
