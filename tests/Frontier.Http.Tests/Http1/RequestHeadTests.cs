// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http1;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Http.Tests.Http1;

public sealed class RequestHeadTests
{
    private static readonly Arbitrary<byte[]> Messages = Wire.Messages(
        "GET / HTTP/1.1\r\n", "OPTIONS * HTTP/1.0\r\n", "GET http://h/p?q HTTP/1.1\r\n", "GET", " ", "/", "?", "HTTP/1.1", "Host: a\r\n", "host: b:80\r\n", "A: b\r\n", "\r\n", "\r", "\n", "\t", ":", "\0", "\u00e9", "#");

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / a Http11 27 [Host=a]")]
    [InlineData("GET /a%2fb//c/../d?x=?&y HTTP/1.1\r\nHost: a:8080\r\nX: 1\r\n\r\nrest", "GET /a%2fb//c/../d?x=?&y a:8080 Http11 57 [Host=a:8080][X=1]")]
    [InlineData("GET / HTTP/1.0\r\n\r\n", "GET /  Http10 18 ")]
    [InlineData("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / a Http11 29 [Host=a]")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * a Http11 31 [Host=a]")]
    [InlineData("PURGE /x HTTP/1.1\r\nHost: a\r\n\r\n", "PURGE /x a Http11 30 [Host=a]")]
    [InlineData("GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\u00e9 a Http11 28 [Host=a]")]
    [InlineData("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "GET / [::1]:80 Http11 34 [Host=[::1]:80]")]
    public void A_good_head_is_read_byte_for_byte(string text, string expected) => Assert.Equal(expected, Wire.ParseRequest(text));

    [Theory]
    [InlineData("GET http://other/p?q HTTP/1.1\r\nHost: other\r\n\r\n", "GET /p?q other Http11 46 [Host=other]")]
    [InlineData("GET HTTPS://other:443 HTTP/1.1\r\nHost: OTHER:443\r\n\r\n", "GET / other:443 Http11 51 [Host=OTHER:443]")]
    [InlineData("GET http://other?q HTTP/1.1\r\nHost: other\r\n\r\n", "GET /?q other Http11 44 [Host=other]")]
    [InlineData("OPTIONS http://other HTTP/1.1\r\nHost: other\r\n\r\n", "OPTIONS * other Http11 46 [Host=other]")]
    [InlineData("GET http://other/p HTTP/1.1\r\nHost: a\r\n\r\n", "Refused InvalidHost")]
    [InlineData("GET http://u@other/ HTTP/1.1\r\nHost: a\r\n\r\n", "Refused InvalidHost")]
    [InlineData("GET http:///p HTTP/1.1\r\nHost: a\r\n\r\n", "Refused InvalidHost")]
    [InlineData("GET http://other/ HTTP/1.1\r\n\r\n", "Refused MissingHost")]
    [InlineData("GET ftp://other/ HTTP/1.1\r\nHost: a\r\n\r\n", "Refused InvalidTarget")]
    public void An_absolute_target_is_reduced_to_its_path_and_its_authority_is_the_Host_or_refused(string text, string expected) =>
        Assert.Equal(expected, Wire.ParseRequest(text));

    [Theory]
    [InlineData("GET / HTTP/1.1\nHost: a\n\n", HeadRefusal.BareLineFeed)]
    [InlineData("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", HeadRefusal.InvalidStartLine)]
    [InlineData("GET /\r\n\r\n", HeadRefusal.InvalidStartLine)]
    [InlineData("GET\r\n\r\n", HeadRefusal.InvalidStartLine)]
    [InlineData(" GET / HTTP/1.1\r\n\r\n", HeadRefusal.InvalidMethod)]
    [InlineData("G(T / HTTP/1.1\r\n\r\n", HeadRefusal.InvalidMethod)]
    [InlineData("GET\t/ HTTP/1.1\r\n\r\n", HeadRefusal.InvalidStartLine)]
    [InlineData("GET  / HTTP/1.1\r\n\r\n", HeadRefusal.InvalidTarget)]
    [InlineData("GET /  HTTP/1.1\r\n\r\n", HeadRefusal.InvalidTarget)]
    [InlineData("GET /a b HTTP/1.1\r\n\r\n", HeadRefusal.InvalidTarget)]
    [InlineData("GET /a#b HTTP/1.1\r\n\r\n", HeadRefusal.InvalidTarget)]
    [InlineData("GET /a\0b HTTP/1.1\r\n\r\n", HeadRefusal.InvalidTarget)]
    [InlineData("GET a HTTP/1.1\r\n\r\n", HeadRefusal.InvalidTarget)]
    [InlineData("GET * HTTP/1.1\r\n\r\n", HeadRefusal.InvalidTarget)]
    [InlineData("CONNECT a:443 HTTP/1.1\r\n\r\n", HeadRefusal.InvalidTarget)]
    [InlineData("GET / HTTP/1.1 \r\n\r\n", HeadRefusal.UnsupportedVersion)]
    [InlineData("GET / HTTP/2.0\r\n\r\n", HeadRefusal.UnsupportedVersion)]
    [InlineData("GET / HTTP/1.10\r\n\r\n", HeadRefusal.UnsupportedVersion)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", HeadRefusal.MissingHost)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", HeadRefusal.DuplicateHost)]
    [InlineData("GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n", HeadRefusal.DuplicateHost)]
    [InlineData("GET / HTTP/1.1\r\nHost:\r\n\r\n", HeadRefusal.InvalidHost)]
    [InlineData("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", HeadRefusal.InvalidHost)]
    [InlineData("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", HeadRefusal.InvalidHost)]
    [InlineData("GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", HeadRefusal.InvalidHost)]
    [InlineData("GET / HTTP/1.1\r\n Host: a\r\n\r\n", HeadRefusal.ObsoleteFold)]
    [InlineData("GET / HTTP/1.1\r\nHost : a\r\n\r\n", HeadRefusal.SpaceBeforeColon)]
    public void A_doubtful_head_is_refused_with_its_reason(string text, HeadRefusal refusal) =>
        Assert.Equal($"Refused {refusal}", Wire.ParseRequest(text));

    [Theory]
    [InlineData(0, "GET /xxx")]
    [InlineData(1, "Refused TargetTooLong")]
    public void A_target_may_have_8192_bytes_and_no_more(int beyond, string expected)
    {
        var target = "/" + new string('x', Http1Limits.TargetBytes - 1 + beyond);

        Assert.StartsWith(expected, Wire.ParseRequest($"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    [Fact]
    public void An_absolute_targets_authority_does_not_count_towards_its_length()
    {
        var query = "?" + new string('x', Http1Limits.TargetBytes - 1);

        Assert.StartsWith("GET /?xxx", Wire.ParseRequest($"GET http://a{query} HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    [Fact]
    public void A_head_beyond_the_limit_is_refused() =>
        Assert.Equal("Refused TooBig", Wire.ParseRequest($"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('x', Http1Limits.HeadBytes)}"));

    [Fact]
    public void Splitting_the_bytes_anywhere_changes_nothing() =>
        Prop.ForAll(Messages, Gen.Choose(1, 9).ToArbitrary(), (bytes, step) =>
            Wire.ParseRequest(bytes, step) == Wire.ParseRequest(bytes, int.MaxValue)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void No_bytes_make_the_parser_throw() =>
        Prop.ForAll<byte[]>(bytes => Wire.ParseRequest(bytes, int.MaxValue) is not null).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
}
