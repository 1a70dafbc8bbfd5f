// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Keys;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Delivery;

/// <summary>DP-20.1 to DP-20.6: what is compressed, to what, and what that does to the header.</summary>
public sealed class CompressionTests
{
    private static readonly string[] Compressible = ["Content-Type: text/html; charset=utf-8", "Content-Length: 5000"];

    [Theory]
    [InlineData(AcceptedEncodings.BrotliAndGzip, ContentCoding.Brotli)] // DP-20.2
    [InlineData(AcceptedEncodings.Brotli, ContentCoding.Brotli)]
    [InlineData(AcceptedEncodings.Gzip, ContentCoding.Gzip)]
    [InlineData(AcceptedEncodings.Identity, ContentCoding.Identity)]
    [InlineData(AcceptedEncodings.Unspecified, ContentCoding.Identity)]
    public void The_keys_encoding_decides_and_brotli_is_preferred_DP_20_2(AcceptedEncodings wanted, ContentCoding coding) =>
        Assert.Equal(coding, Compression.Decide(wanted, Sample.Answer(200, Compressible)));

    [Theory]
    [InlineData(200, true)]
    [InlineData(403, true)]
    [InlineData(404, true)]
    [InlineData(203, false)]
    [InlineData(206, false)]
    [InlineData(301, false)]
    [InlineData(400, false)]
    [InlineData(410, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public void Three_statuses_are_compressed_DP_20_1(int status, bool compressed) => Assert.Equal(compressed, IsCompressed(Sample.Answer(status, Compressible)));

    [Theory]
    [InlineData("999", false)]
    [InlineData("1000", true)]
    [InlineData("10000000", true)]
    [InlineData("10000001", false)]
    [InlineData("0", false)]
    [InlineData("x", false)]
    [InlineData(null, false)] // chunked
    public void The_length_must_be_told_and_within_bounds_DP_20_1(string? length, bool compressed) =>
        Assert.Equal(compressed, IsCompressed(Sample.Answer(200, length is null ? ["Content-Type: text/css"] : ["Content-Type: text/css", $"Content-Length: {length}"])));

    [Theory]
    [InlineData("text/html", true)]
    [InlineData("TEXT/HTML ; charset=utf-8", true)]
    [InlineData("application/wasm", true)]
    [InlineData("application/pdf", true)]
    [InlineData("image/svg+xml", true)]
    [InlineData("vnd.apple.mpegurl", true)]
    [InlineData("image/png", false)]
    [InlineData("video/mp4", false)]
    [InlineData("text/event-stream", false)]
    [InlineData("text", false)]
    [InlineData("", false)]
    [InlineData("text/html-with-a-very-long-name-that-no-list-has-ever-had", false)]
    public void The_type_must_be_listed_DP_20_1(string type, bool compressed) =>
        Assert.Equal(compressed, IsCompressed(Sample.Answer(200, $"Content-Type: {type}", "Content-Length: 5000")));

    [Fact]
    public void There_are_48_types_section_20() => Assert.Equal(48, CompressibleTypes.All.Count);

    [Theory]
    [InlineData("Content-Encoding: gzip")] // DP-20.5
    [InlineData("Content-Encoding: br")]
    [InlineData("Content-Encoding: identity")]
    [InlineData("Cache-Control: public, No-Transform")]
    public void What_is_coded_or_must_not_be_transformed_stays_as_it_is_DP_20_1(string header) =>
        Assert.False(IsCompressed(Sample.Answer(200, [.. Compressible, header])));

    [Fact]
    public void Without_a_type_nothing_is_compressed_DP_20_1() => Assert.False(IsCompressed(Sample.Answer(200, "Content-Length: 5000")));

    [Theory]
    [InlineData(true, "Accept-Encoding: gzip, br", AcceptedEncodings.BrotliAndGzip)]
    [InlineData(true, "Accept-Encoding: gzip;q=0, br", AcceptedEncodings.Brotli)]
    [InlineData(true, "X: no encodings", AcceptedEncodings.Unspecified)]
    [InlineData(false, "Accept-Encoding: gzip, br", AcceptedEncodings.Unspecified)]
    public void The_behavior_must_compress_DP_20_1(bool compress, string header, AcceptedEncodings wanted) =>
        Assert.Equal(wanted, Compression.Wanted(Sample.Request("/", header), Sample.Behavior(Both, behavior: Sample.BehaviorConfig with { Compress = compress })));

    [Fact]
    public void Without_the_policys_flag_nothing_is_wanted_even_where_the_header_is_in_the_key_DP_20_6() =>
        Assert.Equal(AcceptedEncodings.Unspecified, Wanted(Sample.CachePolicy with { Headers = Sample.Listed("Accept-Encoding") }, "Accept-Encoding: gzip, br"));

    [Fact]
    public void Gzip_alone_is_what_a_policy_without_brotli_gives_DP_20_1() =>
        Assert.Equal(AcceptedEncodings.Gzip, Wanted(Sample.CachePolicy with { AcceptEncodingGzip = true }, "Accept-Encoding: gzip, br"));

    [Fact]
    public void A_viewer_of_http_1_0_wants_none_DP_20_1()
    {
        var request = Sample.Request("/", "Accept-Encoding: gzip");
        request.Version = HttpVersion.Http10;

        Assert.Equal(AcceptedEncodings.Unspecified, Compression.Wanted(request, Sample.Behavior(Both, behavior: Sample.BehaviorConfig with { Compress = true })));
    }

    [Fact]
    public void A_range_wants_none_DP_16_7() => Assert.Equal(AcceptedEncodings.Unspecified, Wanted(Both, "Accept-Encoding: gzip", "Range: bytes=0-1"));

    [Theory]
    [InlineData("ETag: \"x\"", "ETag: W/\"x\"")]
    [InlineData("ETag: W/\"x\"", "ETag: W/\"x\"")]
    [InlineData("ETag: x", null)]
    [InlineData("ETag: 'x'", null)]
    public void A_strong_tag_becomes_weak_and_an_invalid_one_goes_DP_20_3(string tag, string? expected) =>
        Assert.Equal(
            ["Content-Type: text/html", "Content-Encoding: br", "Vary: Accept-Encoding", .. expected is null ? Array.Empty<string>() : [expected]],
            Lines(ContentCoding.Brotli, "Content-Type: text/html", tag).OrderBy(static line => line.StartsWith("ETag", StringComparison.Ordinal)));

    [Fact]
    public void Vary_gains_the_encoding_once_and_the_length_and_digests_of_the_plain_body_go_DP_20_2() =>
        Assert.Equal(
            ["Content-Encoding: gzip", "Vary: Origin, Accept-Encoding"],
            Lines(ContentCoding.Gzip, "Vary: Origin", "Content-Length: 5000", "Content-MD5: x", "Content-Digest: x", "Repr-Digest: x", "Digest: x"));

    [Theory]
    [InlineData("accept-encoding")]
    [InlineData("Origin, Accept-Encoding")]
    [InlineData("*")]
    public void A_Vary_that_says_it_already_is_kept_DP_20_2(string vary) =>
        Assert.Contains($"Vary: {vary}", Lines(ContentCoding.Gzip, $"Vary: {vary}"));

    [Fact]
    public void A_body_that_stays_keeps_its_header() => Assert.Equal(["ETag: \"x\""], Lines(ContentCoding.Identity, "ETag: \"x\""));

    [Theory]
    [InlineData("ETag: W/\"x\"", "ETag: \"x\"", "ETag: W/\"x\"")] // we coded it
    [InlineData("ETag: \"x\"", "ETag: \"x\"", "ETag: \"x\"")] // the origin did
    [InlineData("X: no tag", "ETag: x", null)] // we removed an invalid one
    public void A_304_speaks_of_the_coded_body_DP_15_7(string stored, string brought, string? expected)
    {
        var into = Sample.Headers(brought, "Vary: Origin");
        Compression.Adapt(Sample.Headers("Content-Encoding: br", "Vary: Accept-Encoding", stored), into);

        Assert.Equal(expected, Sample.Lines(into).Find(static line => line.StartsWith("ETag", StringComparison.Ordinal)));
        Assert.Equal(expected == "ETag: \"x\"" ? "Origin" : "Origin, Accept-Encoding", into.GetText("vary"u8));
    }

    [Fact]
    public void A_304_of_a_plain_object_is_left_alone_DP_15_7()
    {
        var into = Sample.Headers("ETag: \"x\"", "Vary: Origin");
        Compression.Adapt(Sample.Headers("ETag: W/\"x\""), into);

        Assert.Equal(["ETag: \"x\"", "Vary: Origin"], Sample.Lines(into));
    }

    private static readonly CachePolicyConfig Both = Sample.CachePolicy with { AcceptEncodingGzip = true, AcceptEncodingBrotli = true };

    private static bool IsCompressed(ResponseHead answer) => Compression.Decide(AcceptedEncodings.Gzip, answer) is ContentCoding.Gzip;

    private static AcceptedEncodings Wanted(CachePolicyConfig policy, params string[] headers) =>
        Compression.Wanted(Sample.Request("/", headers), Sample.Behavior(policy, behavior: Sample.BehaviorConfig with { Compress = true }));

    private static List<string> Lines(ContentCoding coding, params string[] headers)
    {
        var list = Sample.Headers(headers);
        Compression.Apply(coding, list);
        return Sample.Lines(list);
    }
}
