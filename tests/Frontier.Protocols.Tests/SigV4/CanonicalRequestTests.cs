// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;

namespace Frontier.Protocols.Tests.SigV4;

public sealed class CanonicalRequestTests
{
    [Fact]
    public void The_parts_stand_in_their_lines()
    {
        var request = new SignableRequest("GET", "/a", "b=2&a=1", [new("Host", "h"), new("X-Amz-Date", "d")]);

        Assert.Equal("GET\n/a\na=1&b=2\nhost:h\nx-amz-date:d\n\nhost;x-amz-date\nhash", CanonicalRequest.Build(request, ["host", "x-amz-date"], "hash", false));
    }

    [Theory]
    [InlineData("", "/", "/")]
    [InlineData("/a b", "/a%20b", "/a%20b")]
    [InlineData("/a%20b", "/a%20b", "/a%2520b")]
    [InlineData("/a+b", "/a%2Bb", "/a%2Bb")]
    [InlineData("/a%2bb", "/a%2Bb", "/a%252bb")]
    [InlineData("/%7Ea", "/~a", "/%257Ea")]
    [InlineData("/a//b/../c", "/a//b/../c", "/a//b/../c")]
    [InlineData("/%e4%bd%a0", "/%E4%BD%A0", "/%25e4%25bd%25a0")]
    public void A_path_is_encoded_once_for_S3_and_twice_for_the_others(string raw, string once, string twice)
    {
        Assert.Equal(once, Line(new SignableRequest("GET", raw, "", []), 1, doubleEncode: false));
        Assert.Equal(twice, Line(new SignableRequest("GET", raw, "", []), 1, doubleEncode: true));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("uploads", "uploads=")]
    [InlineData("b=1&a=2&a=1", "a=1&a=2&b=1")]
    [InlineData("a=%20&b=+&c=%2B", "a=%20&b=%20&c=%2B")]
    [InlineData("a=b=c", "a=b%3Dc")]
    [InlineData("a=1&&b=2&", "a=1&b=2")]
    [InlineData("prefix=a/b", "prefix=a%2Fb")]
    [InlineData("A=1&a=1&B=1", "A=1&B=1&a=1")]
    [InlineData("a-b=1&a=1", "a=1&a-b=1")]
    [InlineData("x=%FF", "x=%FF")]
    [InlineData("x=%e4%bd%a0", "x=%E4%BD%A0")]
    public void A_query_is_sorted_by_its_encoded_names_and_values(string raw, string canonical) =>
        Assert.Equal(canonical, Line(new SignableRequest("GET", "/", raw, []), 2, doubleEncode: false));

    [Fact]
    public void A_presigned_query_does_not_cover_its_own_signature() =>
        Assert.Equal("X-Amz-Algorithm=AWS4-HMAC-SHA256&z=1", Line(
            new SignableRequest("GET", "/", "z=1&X-Amz-Signature=abc&X-Amz-Algorithm=AWS4-HMAC-SHA256", []), 2, doubleEncode: false));

    [Fact]
    public void A_parameter_named_like_the_signature_is_covered_where_the_header_carries_the_claim() =>
        Assert.Equal("X-Amz-Signature=abc&z=1", Line(new SignableRequest("GET", "/", "z=1&X-Amz-Signature=abc", []), 2, doubleEncode: false));

    [Fact]
    public void A_header_is_trimmed_its_runs_of_spaces_are_folded_and_its_repetitions_joined()
    {
        var request = new SignableRequest("GET", "/", "", [new("X-A", "  one   two "), new("other", "x"), new("x-a", "three")]);

        Assert.Equal("x-a:one two,three", Line(request, 3, doubleEncode: false, "x-a"));
    }

    [Fact]
    public void A_header_named_as_signed_must_be_there() =>
        Assert.Null(CanonicalRequest.Build(new SignableRequest("GET", "/", "", [new("Host", "h")]), ["host", "x-amz-date"], "", false));

    [Fact]
    public void A_query_is_split_and_decoded_in_order() =>
        Assert.Equal(
            [new("b", "1 2"), new("a", ""), new("c", "\u4f60")],
            CanonicalRequest.SplitQuery("b=1+2&a&c=%E4%BD%A0"));

    [Fact]
    public void The_first_of_a_repeated_parameter_and_header_is_read()
    {
        var request = new SignableRequest("GET", "/", "a=1&a=2", [new("X", "1"), new("x", "2")]);

        Assert.Equal("1", request.QueryParameter("a"));
        Assert.Null(request.QueryParameter("A"));
        Assert.Equal("1", request.Header("X"));
        Assert.Null(request.Header("Y"));
    }

    private static string Line(SignableRequest request, int line, bool doubleEncode, params string[] signed) =>
        CanonicalRequest.Build(request, signed, "hash", doubleEncode)!.Split('\n')[line];
}
