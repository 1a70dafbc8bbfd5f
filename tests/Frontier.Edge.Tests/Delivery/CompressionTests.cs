// SPDX-License-Identifier: Apache-2.0

using System.IO.Compression;
using System.Text;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Delivery;

/// <summary>What the edge compresses on the way into its cache, and how that looks to viewers (§20).</summary>
public sealed class CompressionTests
{
    private static readonly byte[] Page = Text(50_000);

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, br;q=0", "gzip")]
    public async Task A_viewer_gets_the_best_it_accepts_and_the_next_one_the_stored_variant_DP_20_2(string accepts, string coding)
    {
        await using var edge = await StartAsync();
        var miss = await edge.GetAsync("/a", ("Accept-Encoding", accepts));
        Assert.Equal((200, coding, "Accept-Encoding", "Miss from cloudfront"), (miss.Status, miss.Header("Content-Encoding"), miss.Header("Vary"), miss.Cache));
        Assert.Contains(miss.Header("Content-Length"), new[] { null, $"{miss.Bytes.Length}" }); // known only when the coding was faster than the viewer
        Assert.Equal(Page, Decoded(miss));

        var hit = await edge.GetAsync("/a", ("Accept-Encoding", accepts));
        Assert.Equal((200, coding, "Hit from cloudfront"), (hit.Status, hit.Header("Content-Encoding"), hit.Cache));
        Assert.Equal(miss.Bytes, hit.Bytes);
        Assert.True(hit.Bytes.Length < Page.Length / 2);
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    [Fact]
    public async Task While_a_body_is_being_coded_no_length_is_told_DP_20_2()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Reply(200, Page, ("Content-Type", "text/html")).StallAfter(40_000);
        using var viewer = await edge.ConnectAsync();
        await viewer.GetAsync("/a", "Accept-Encoding: gzip", "Connection: close");
        var head = await viewer.ReadHeadAsync();
        Assert.Contains("Content-Encoding: gzip", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Length", head, StringComparison.OrdinalIgnoreCase);
        edge.Origin.On("/a").Release();
        Assert.EndsWith("\r\n0\r\n\r\n", await viewer.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("identity")]
    [InlineData("deflate")]
    public async Task A_viewer_that_accepts_neither_gets_the_plain_body_DP_20_1(string? accepts)
    {
        await using var edge = await StartAsync();
        await edge.GetAsync("/a", ("Accept-Encoding", "br"));
        var answer = await edge.GetAsync("/a", accepts is null ? [] : [("Accept-Encoding", accepts)]);
        Assert.Equal((null, "\"v1\"", $"{Page.Length}"), (answer.Header("Content-Encoding"), answer.Header("ETag"), answer.Header("Content-Length")));
        Assert.Equal(Page, answer.Bytes);
    }

    [Fact]
    public async Task A_viewer_of_http_1_0_gets_the_plain_body_DP_20_1()
    {
        await using var edge = await StartAsync();
        var answer = await edge.SendRawAsync($"GET /a HTTP/1.0\r\nHost: {TestEdge.Host}\r\nAccept-Encoding: gzip\r\n\r\n");
        Assert.DoesNotContain("Content-Encoding", answer, StringComparison.Ordinal);
        Assert.EndsWith(Encoding.ASCII.GetString(Page), answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image/png", 5_000, 200, "")]
    [InlineData("text/css", 999, 200, "")]
    [InlineData("text/css", 10_000_001, 200, "")]
    [InlineData("text/css", 5_000, 500, "")]
    [InlineData("text/css", 5_000, 200, "no-transform")]
    public async Task What_is_not_to_be_compressed_is_not_DP_20_1(string type, int length, int status, string cacheControl)
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/b").Reply(status, Text(length), ("Content-Type", type), ("Cache-Control", $"max-age=60,{cacheControl}"));
        var answer = await edge.GetAsync("/b", ("Accept-Encoding", "gzip, br"));
        Assert.Equal((null, $"{length}"), (answer.Header("Content-Encoding"), answer.Header("Content-Length")));
        Assert.Equal(length, answer.Bytes.Length);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(10_000_000)]
    public async Task The_bounds_themselves_are_compressed_DP_20_1(int length)
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/b").Reply(200, Text(length), ("Content-Type", "application/json"));
        foreach (var coding in new[] { "br", "gzip" })
        {
            var answer = await edge.GetAsync("/b", ("Accept-Encoding", coding));
            Assert.Equal((coding, "Miss from cloudfront"), (answer.Header("Content-Encoding"), answer.Cache));
            Assert.Equal(Text(length), Decoded(answer));
        }
    }

    [Fact]
    public async Task A_body_that_does_not_shrink_comes_out_as_it_went_in()
    {
        var noise = new byte[1_000_000];
        new Random(7).NextBytes(noise);
        await using var edge = await StartAsync();
        edge.Origin.On("/noise").Reply(200, noise, ("Content-Type", "application/wasm"));
        foreach (var coding in new[] { "br", "gzip" })
        {
            Assert.Equal(noise, Decoded(await edge.GetAsync("/noise", ("Accept-Encoding", coding))));
            Assert.Equal(noise, Decoded(await edge.GetAsync("/noise", ("Accept-Encoding", coding))));
        }
    }

    [Fact]
    public async Task Without_a_length_the_body_stays_plain_DP_20_1()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/b").Reply(200, Page, ("Content-Type", "text/html")).Chunked();
        var answer = await edge.GetAsync("/b", ("Accept-Encoding", "gzip"));
        Assert.Null(answer.Header("Content-Encoding"));
        Assert.Equal(Page, answer.Bytes);
    }

    [Fact]
    public async Task Errors_that_are_kept_are_compressed_DP_20_1()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/missing").Reply(404, Page, ("Content-Type", "text/html"));
        var answer = await edge.GetAsync("/missing", ("Accept-Encoding", "gzip"));
        Assert.Equal((404, "gzip"), (answer.Status, answer.Header("Content-Encoding")));
        Assert.Equal(Page, Decoded(answer));
    }

    [Fact]
    public async Task What_is_passed_without_being_stored_is_not_compressed_DP_20_1()
    {
        await using var edge = await StartAsync(TestPolicies.UseOriginHeaders);
        edge.Origin.On("/b").Reply(200, Page, ("Content-Type", "text/html"), ("Cache-Control", "private"));
        Assert.Null((await edge.GetAsync("/b", ("Accept-Encoding", "gzip"))).Header("Content-Encoding"));
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_compressed_DP_20_1()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, Page, ("Content-Type", "text/html"));
        Assert.Null((await edge.GetAsync("/a", ("Accept-Encoding", "gzip, br"))).Header("Content-Encoding"));
    }

    [Fact]
    public async Task What_was_stored_before_the_setting_stays_until_it_is_fetched_again_DP_20_7_DP_15_7()
    {
        await using var edge = await TestEdge.StartAsync();
        Script(edge);
        Assert.Null((await edge.GetAsync("/a", ("Accept-Encoding", "br"))).Header("Content-Encoding"));
        edge.Configure(static distribution => distribution with { DefaultBehavior = distribution.DefaultBehavior with { Compress = true } });
        await edge.DeployedAsync();
        Assert.Null((await edge.GetAsync("/a", ("Accept-Encoding", "br"))).Header("Content-Encoding"));

        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        var refreshed = await edge.GetAsync("/a", ("Accept-Encoding", "br"));
        Assert.Equal(("RefreshHit from cloudfront", null, "\"v1\""), (refreshed.Cache, refreshed.Header("Content-Encoding"), refreshed.Header("ETag")));
        Assert.Equal(Page, refreshed.Bytes);

        await edge.Control.InvalidateAsync(TestEdge.Id, "/a");
        Assert.Equal("br", (await edge.GetAsync("/a", ("Accept-Encoding", "br"))).Header("Content-Encoding"));
    }

    [Fact]
    public async Task A_304_keeps_the_compressed_variant_and_its_weak_tag_DP_15_7_DP_20_3()
    {
        await using var edge = await StartAsync();
        var miss = await edge.GetAsync("/a", ("Accept-Encoding", "br"));
        Assert.Equal("W/\"v1\"", miss.Header("ETag"));
        edge.Clock.Advance(TimeSpan.FromSeconds(61));
        var refreshed = await edge.GetAsync("/a", ("Accept-Encoding", "br"));
        Assert.Equal(
            ("RefreshHit from cloudfront", "br", "W/\"v1\"", "Accept-Encoding"), (refreshed.Cache, refreshed.Header("Content-Encoding"), refreshed.Header("ETag"), refreshed.Header("Vary")));
        Assert.Equal(Page, Decoded(refreshed));
        Assert.Equal("W/\"v1\"", edge.Origin.Last("/a").Header("If-None-Match"));
    }

    [Theory]
    [InlineData("\"x\"", "W/\"x\"")]
    [InlineData("W/\"x\"", "W/\"x\"")]
    [InlineData("x", null)]
    public async Task The_tag_is_weakened_or_removed_DP_20_3(string tag, string? expected)
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/b").Reply(200, Page, ("Content-Type", "text/html"), ("ETag", tag));
        Assert.Equal(expected, (await edge.GetAsync("/b", ("Accept-Encoding", "gzip"))).Header("ETag"));
        Assert.Equal(tag, (await edge.GetAsync("/b")).Header("ETag"));
    }

    [Theory]
    [InlineData("W/\"v1\"", 304)]
    [InlineData("\"v1\"", 304)]
    [InlineData("W/\"v2\"", 200)]
    public async Task The_viewers_condition_meets_the_weak_tag_DP_15_4(string tag, int status)
    {
        await using var edge = await StartAsync();
        await edge.GetAsync("/a", ("Accept-Encoding", "br"));
        Assert.Equal(status, (await edge.GetAsync("/a", ("Accept-Encoding", "br"), ("If-None-Match", tag))).Status);
    }

    [Fact]
    public async Task A_range_of_a_stored_variant_is_one_of_its_coded_bytes_DP_16_7()
    {
        await using var edge = await StartAsync();
        var whole = (await edge.GetAsync("/a", ("Accept-Encoding", "gzip"))).Bytes;
        var part = await edge.GetAsync("/a", ("Accept-Encoding", "gzip"), ("Range", "bytes=5-24"));
        Assert.Equal((206, "gzip", $"bytes 5-24/{whole.Length}"), (part.Status, part.Header("Content-Encoding"), part.Header("Content-Range")));
        Assert.Equal(whole[5..25], part.Bytes);
    }

    [Fact]
    public async Task A_range_on_a_miss_brings_the_plain_bytes_DP_16_2_DP_16_7()
    {
        await using var edge = await StartAsync();
        var whole = await edge.GetAsync("/a", ("Accept-Encoding", "gzip"), ("Range", "bytes=0-9")); // this origin sends no parts
        Assert.Equal((200, null), (whole.Status, whole.Header("Content-Encoding")));
        Assert.Equal(Page, whole.Bytes);
        var part = await edge.GetAsync("/a", ("Accept-Encoding", "gzip"), ("Range", "bytes=0-9"));
        Assert.Equal((206, null, $"bytes 0-9/{Page.Length}"), (part.Status, part.Header("Content-Encoding"), part.Header("Content-Range")));
    }

    [Fact]
    public async Task One_viewer_s_range_does_not_keep_the_object_plain_for_the_others_DP_20_1()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Handle(request => request.Header("Range") is null
            ? new ScriptedReply { Status = 200, Body = Page, Headers = [("Content-Type", "text/html"), ("ETag", "\"x\"")] }
            : new ScriptedReply { Status = 206, Body = Page, Headers = [("Content-Type", "text/html"), ("ETag", "\"x\""), ("Content-Range", $"bytes 0-{Page.Length - 1}/{Page.Length}")] });
        Assert.Equal(206, (await edge.GetAsync("/a", ("Accept-Encoding", "gzip"), ("Range", "bytes=0-0"))).Status);
        Assert.Equal("gzip", (await edge.GetAsync("/a", ("Accept-Encoding", "gzip"))).Header("Content-Encoding"));
    }

    [Fact]
    public async Task What_the_origin_compressed_is_passed_and_kept_as_it_is_DP_20_5()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/b").Reply(200, Page, ("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("ETag", "\"x\""));
        var answer = await edge.GetAsync("/b", ("Accept-Encoding", "gzip, br"));
        Assert.Equal(("gzip", "\"x\"", null), (answer.Header("Content-Encoding"), answer.Header("ETag"), answer.Header("Vary")));
        Assert.Equal(Page, answer.Bytes);
    }

    [Fact]
    public async Task Beyond_the_bound_on_encoders_the_plain_body_is_kept_DP_20_4()
    {
        await using var edge = await StartAsync();
        await edge.RestartAsync(static options => options with { MaxCompressions = 1 });
        edge.Origin.On("/slow").Reply(200, Page, ("Content-Type", "text/html")).StallAfter(10_000);
        var slow = edge.GetAsync("/slow", ("Accept-Encoding", "gzip"));
        await edge.Origin.WaitUntilAsync(() => edge.Origin.BytesSent >= 10_000);
        await Eventually.IsTrueAsync(() => edge.Server.CompressionsUnderWay == 1);

        var plain = await edge.GetAsync("/a", ("Accept-Encoding", "gzip"));
        Assert.Equal((null, "\"v1\""), (plain.Header("Content-Encoding"), plain.Header("ETag")));
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a", ("Accept-Encoding", "gzip"))).Cache);
        edge.Origin.On("/slow").Release();
        Assert.Equal(Page, Decoded(await slow));

        await Eventually.IsTrueAsync(() => edge.Server.CompressionsUnderWay == 0);
        Assert.Equal("br", (await edge.GetAsync("/a", ("Accept-Encoding", "br"))).Header("Content-Encoding"));
    }

    [Fact]
    public async Task A_body_that_breaks_off_breaks_the_viewers_connection_and_gives_its_encoder_back_DP_11_4()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/broken").Reply(200, Text(500_000), ("Content-Type", "text/html")).EndConnection(ScriptedEnding.Reset, 300_000);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => edge.GetAsync("/broken", ("Accept-Encoding", "br")));
        await Eventually.IsTrueAsync(() => edge.Server.CompressionsUnderWay == 0);
        edge.Origin.On("/broken").Reply(ScriptedReply.Of(200, "whole"));
        var answer = await edge.GetAsync("/broken", ("Accept-Encoding", "br"));
        Assert.Equal(("whole", "Miss from cloudfront"), (answer.Body, answer.Cache));
    }

    [Fact]
    public async Task Many_viewers_share_one_compression_DP_17_1()
    {
        await using var edge = await StartAsync();
        edge.Origin.On("/a").Reply(200, Page, ("Content-Type", "text/html")).Hold();
        var viewers = Enumerable.Range(0, 10).Select(_ => edge.GetAsync("/a", ("Accept-Encoding", "br"))).ToArray();
        await edge.Origin.WaitForRequestsAsync("/a", 1);
        edge.Origin.On("/a").Release();
        Assert.All(await Task.WhenAll(viewers), static answer => Assert.Equal(Page, Decoded(answer)));
        Assert.Equal(1, edge.Origin.Requests("/a"));
    }

    private static async Task<TestEdge> StartAsync(string? cachePolicy = null)
    {
        var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            DefaultBehavior = TestEdge.Behavior("*") with { Compress = true, CachePolicyId = cachePolicy ?? TestEdge.CachingOptimized },
        });
        Script(edge);
        return edge;
    }

    /// <summary>A page of a minute's life that is 304 to whoever has it, by weak comparison.</summary>
    private static void Script(TestEdge edge) => edge.Origin.On("/a").Handle(static request => request.Header("If-None-Match") is "\"v1\"" or "W/\"v1\""
        ? ScriptedReply.Of(304, "", ("ETag", "\"v1\""), ("Cache-Control", "max-age=60"))
        : new ScriptedReply { Body = Page, Headers = [("ETag", "\"v1\""), ("Cache-Control", "max-age=60"), ("Content-Type", "text/html; charset=utf-8")] });

    private static byte[] Text(int bytes)
    {
        var text = new StringBuilder(bytes + 64);
        for (var line = 0; text.Length < bytes; line++)
        {
            text.Append("<p>Line ").Append(line * 7919).AppendLine(" of a page that repeats itself.</p>");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, bytes));
    }

    private static byte[] Decoded(ViewerAnswer answer)
    {
        using var coded = new MemoryStream(answer.Bytes);
        using Stream decoder = answer.Header("Content-Encoding") switch
        {
            "br" => new BrotliStream(coded, CompressionMode.Decompress),
            "gzip" => new GZipStream(coded, CompressionMode.Decompress),
            _ => coded,
        };
        using var plain = new MemoryStream();
        decoder.CopyTo(plain);
        return plain.ToArray();
    }
}
