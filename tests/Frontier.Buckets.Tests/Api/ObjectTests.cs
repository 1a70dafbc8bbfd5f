// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;

namespace Frontier.Buckets.Tests.Api;

public sealed class ObjectTests
{
    [Fact]
    public async Task An_object_comes_back_with_what_was_said_of_it_NB_1_7()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var put = (await host.PutAsync(
            "/bucket/dir/page", "hello", ("Content-Type", "text/html"), ("Cache-Control", "max-age=60"), ("Content-Encoding", "aws-chunked, gzip"), ("Content-Language", "de"),
            ("Content-Disposition", "inline"), ("Expires", "Fri, 07 Aug 2026 13:00:00 GMT"), ("x-amz-meta-Colour", "grün"), ("x-amz-storage-class", "STANDARD_IA"),
            ("x-amz-website-redirect-location", "/other"))).Expect(200);
        var md5 = $"\"{Convert.ToHexStringLower(MD5.HashData("hello"u8))}\"";
        Assert.Equal(md5, put["ETag"]);

        foreach (var method in new[] { "GET", "HEAD" })
        {
            var got = (await host.SendAsync(method, "/bucket/dir/page")).Expect(200);
            Assert.Equal(method == "GET" ? "hello" : "", got.Text);
            Assert.Equal("5", got["Content-Length"]);
            Assert.Equal("text/html", got["Content-Type"]);
            Assert.Equal("max-age=60", got["Cache-Control"]);
            Assert.Equal("gzip", got["Content-Encoding"]);
            Assert.Equal("de", got["Content-Language"]);
            Assert.Equal("inline", got["Content-Disposition"]);
            Assert.Equal("Fri, 07 Aug 2026 13:00:00 GMT", got["Expires"]);
            Assert.Equal("STANDARD_IA", got["x-amz-storage-class"]);
            Assert.Equal("/other", got["x-amz-website-redirect-location"]);
            Assert.Equal("Fri, 07 Aug 2026 12:00:00 GMT", got["Last-Modified"]);
            Assert.Equal("bytes", got["Accept-Ranges"]);
            Assert.Equal(md5, got["ETag"]);
            Assert.Equal("AmazonS3", got["Server"]);
            Assert.NotNull(got["x-amz-request-id"]);
            Assert.NotNull(got["x-amz-id-2"]);
            Assert.Equal("grün", got["x-amz-meta-colour"]);
        }
    }

    [Fact]
    public async Task An_object_without_a_type_is_binary_and_an_empty_one_has_the_md5_of_nothing_NB_1_5()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/empty", "")).Expect(200);
        var got = (await host.SendAsync("GET", "/bucket/empty")).Expect(200);
        Assert.Equal("binary/octet-stream", got["Content-Type"]);
        Assert.Equal("0", got["Content-Length"]);
        Assert.Equal("\"d41d8cd98f00b204e9800998ecf8427e\"", got["ETag"]);
    }

    [Theory]
    [InlineData("bytes=0-3", 206, "0123", "bytes 0-3/10")]
    [InlineData("bytes=7-", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-2", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=5-100", 206, "56789", "bytes 5-9/10")]
    [InlineData("bytes=0-1,4-5", 200, "0123456789", null)]
    [InlineData("lines=1-2", 200, "0123456789", null)]
    [InlineData("bytes=10-", 416, null, "bytes */10")]
    public async Task A_single_range_is_honoured_NB_1_4(string range, int status, string? body, string? contentRange)
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/digits", "0123456789")).Expect(200);
        var got = (await host.SendAsync("GET", "/bucket/digits", headers: ("Range", range))).Expect(status, status == 416 ? "InvalidRange" : null);
        Assert.Equal(contentRange, got["Content-Range"]);
        Assert.Equal(body ?? got.Text, got.Text);
    }

    [Theory]
    [InlineData("If-Match", "same", 200)]
    [InlineData("If-Match", "other", 412)]
    [InlineData("If-None-Match", "same", 304)]
    [InlineData("If-None-Match", "other", 200)]
    [InlineData("If-Modified-Since", "Fri, 07 Aug 2026 12:00:00 GMT", 304)]
    [InlineData("If-Modified-Since", "Fri, 07 Aug 2026 11:59:59 GMT", 200)]
    [InlineData("If-Unmodified-Since", "Fri, 07 Aug 2026 12:00:00 GMT", 200)]
    [InlineData("If-Unmodified-Since", "Fri, 07 Aug 2026 11:59:59 GMT", 412)]
    public async Task One_condition_decides_alone_NB_1_4(string name, string value, int status)
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var tag = (await host.PutAsync("/bucket/key", "x")).Expect(200)["ETag"]!;
        (await host.SendAsync("GET", "/bucket/key", headers: (name, value switch { "same" => tag, "other" => "\"0\"", _ => value }))).Expect(status);
    }

    [Fact]
    public async Task Entity_tags_win_over_dates_NB_1_4()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var tag = (await host.PutAsync("/bucket/key", "x")).Expect(200)["ETag"]!;
        (await host.SendAsync("GET", "/bucket/key", headers: [("If-Match", tag), ("If-Unmodified-Since", "Fri, 07 Aug 2026 11:00:00 GMT")])).Expect(200);
        var unchanged = (await host.SendAsync("GET", "/bucket/key", headers: [("If-None-Match", tag), ("If-Modified-Since", "Fri, 07 Aug 2026 11:00:00 GMT")])).Expect(304);
        Assert.Equal(tag, unchanged["ETag"]);
        Assert.Empty(unchanged.Body);
        (await host.SendAsync("GET", "/bucket/key", headers: [("If-Range", "\"0\""), ("Range", "bytes=0-0")])).Expect(200);
    }

    [Fact]
    public async Task A_write_may_be_made_conditional_on_what_is_there()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/key", "1", ("If-Match", "\"0\""))).Expect(404, "NoSuchKey");
        var tag = (await host.PutAsync("/bucket/key", "1", ("If-None-Match", "*"))).Expect(200)["ETag"]!;
        (await host.PutAsync("/bucket/key", "2", ("If-None-Match", "*"))).Expect(412, "PreconditionFailed");
        (await host.PutAsync("/bucket/key", "2", ("If-Match", "\"0\""))).Expect(412, "PreconditionFailed");
        (await host.PutAsync("/bucket/key", "2", ("If-Match", tag))).Expect(200);
        Assert.Equal("2", (await host.SendAsync("GET", "/bucket/key")).Text);
    }

    [Fact]
    public async Task Of_many_that_create_a_key_only_if_it_is_absent_one_does()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => host.PutAsync("/bucket/once", $"writer {i}", ("If-None-Match", "*"))));
        Assert.Single(answers, static answer => answer.Status == 200);
        Assert.All(answers, static answer => Assert.True(answer.Status is 200 or 412, answer.Text));
    }

    [Theory]
    [InlineData("/bucket/..%2F..%2Fetc/passwd")]
    [InlineData("/bucket/../../secret")]
    [InlineData("/bucket//double//slash/")]
    [InlineData("/bucket/%01%7F%0A")]
    [InlineData("/bucket/%E2%82%AC%F0%9F%98%80")]
    [InlineData("/bucket/a+b%20c%2Bd%25")]
    [InlineData("/bucket/.")]
    public async Task Any_key_is_only_a_name_and_lists_as_it_was_written(string target)
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync(target, "odd")).Expect(200);
        Assert.Equal("odd", (await host.SendAsync("GET", target)).Expect(200).Text);
        var listed = (await host.SendAsync("GET", "/bucket?list-type=2&encoding-type=url")).Expect(200).One("Key");
        Assert.Equal(Uri.UnescapeDataString(target["/bucket/".Length..]), Uri.UnescapeDataString(listed));
        Assert.Empty(System.IO.Directory.GetFiles(Path.GetDirectoryName(host.Directory)!));
        (await host.SendAsync("DELETE", target)).Expect(204);
    }

    [Fact]
    public async Task Keys_have_at_most_1024_bytes_and_are_utf8()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/" + new string('k', 1024), "x")).Expect(200);
        (await host.PutAsync("/bucket/" + new string('k', 1025), "x")).Expect(400, "KeyTooLongError");
        (await host.PutAsync("/bucket/%FF%FE", "x")).Expect(400, "InvalidURI");
    }

    [Fact]
    public async Task Response_headers_may_be_overridden_by_a_signed_request_only_NB_1_4()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/key", "x", ("Content-Type", "text/plain"))).Expect(200);
        var got = (await host.SendAsync("GET", "/bucket/key?response-content-type=text%2Fcsv&response-cache-control=no-store")).Expect(200);
        Assert.Equal("text/csv", got["Content-Type"]);
        Assert.Equal("no-store", got["Cache-Control"]);
        (await host.SendAsync("GET", "/bucket/key?response-content-type=a%0D%0Ab:c")).Expect(400, "InvalidArgument");
        (await host.SendAsync("PUT", "/bucket?policy", Policies.PublicRead("bucket"))).Expect(204);
        (await host.SendUnsignedAsync("GET", "/bucket/key?response-content-type=text%2Fcsv")).Expect(400, "InvalidRequest");
    }

    [Fact]
    public async Task Deleting_confirms_whether_or_not_there_was_something()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/key", "x")).Expect(200);
        (await host.SendAsync("DELETE", "/bucket/key")).Expect(204);
        (await host.SendAsync("DELETE", "/bucket/key")).Expect(204);
        (await host.SendAsync("GET", "/bucket/key")).Expect(404, "NoSuchKey");
    }

    [Fact]
    public async Task Many_keys_are_deleted_at_once_and_quietly_if_asked()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/a", "x")).Expect(200);
        (await host.PutAsync("/bucket/b", "x")).Expect(200);
        var request = "<Delete><Object><Key>a</Key></Object><Object><Key>none</Key></Object><Object><Key>b</Key><ETag>\"0\"</ETag></Object></Delete>"u8.ToArray();
        var answer = (await host.SendAsync("POST", "/bucket?delete", request)).Expect(200);
        Assert.Equal(["a", "none"], answer.Xml.Elements().Where(static e => e.Name.LocalName == "Deleted").Select(static e => e.Value));
        Assert.Equal("PreconditionFailed", answer.One("Code"));
        var quiet = (await host.SendAsync("POST", "/bucket?delete", "<Delete><Quiet>true</Quiet><Object><Key>b</Key></Object></Delete>"u8.ToArray())).Expect(200);
        Assert.Empty(quiet.Xml.Elements());
        Assert.Empty((await host.SendAsync("GET", "/bucket")).All("Key"));
        (await host.SendAsync("POST", "/bucket?delete", "<Delete>"u8.ToArray())).Expect(400, "MalformedXML");
    }

    [Fact]
    public async Task A_copy_takes_metadata_along_or_gets_its_own()
    {
        await using var host = await BucketHost.StartAsync("bucket", "other");
        var tag = (await host.PutAsync("/bucket/a", "body", ("Content-Type", "text/css"), ("x-amz-meta-m", "1"), ("x-amz-tagging", "t=1"))).Expect(200)["ETag"]!;
        var copied = (await host.SendAsync("PUT", "/other/b", headers: ("x-amz-copy-source", "/bucket/a"))).Expect(200);
        Assert.Equal(tag, copied.One("ETag"));
        var got = (await host.SendAsync("GET", "/other/b")).Expect(200);
        Assert.Equal(("body", "text/css", "1", "1"), (got.Text, got["Content-Type"], got["x-amz-meta-m"], got["x-amz-tagging-count"]));

        (await host.SendAsync("PUT", "/other/c", headers: [("x-amz-copy-source", "bucket%2Fa"), ("x-amz-metadata-directive", "REPLACE"), ("Content-Type", "text/plain")])).Expect(200);
        got = (await host.SendAsync("GET", "/other/c")).Expect(200);
        Assert.Equal(("text/plain", null), (got["Content-Type"], got["x-amz-meta-m"]));

        (await host.SendAsync("PUT", "/bucket/a", headers: ("x-amz-copy-source", "/bucket/a"))).Expect(400, "InvalidRequest");
        (await host.SendAsync("PUT", "/bucket/a", headers: [("x-amz-copy-source", "/bucket/a"), ("x-amz-metadata-directive", "REPLACE")])).Expect(200);
        (await host.SendAsync("PUT", "/other/d", headers: [("x-amz-copy-source", "/bucket/a"), ("x-amz-copy-source-if-none-match", tag)])).Expect(412, "PreconditionFailed");
        (await host.SendAsync("PUT", "/other/d", headers: ("x-amz-copy-source", "/bucket/none"))).Expect(404, "NoSuchKey");
    }

    [Fact]
    public async Task Metadata_beyond_two_kilobytes_is_refused()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/key", "x", ("x-amz-meta-a", new string('v', 2047)))).Expect(200);
        (await host.PutAsync("/bucket/key", "x", ("x-amz-meta-a", new string('v', 2048)))).Expect(400, "MetadataTooLarge");
    }

    [Fact]
    public async Task Tags_can_be_put_read_and_deleted_without_touching_the_object()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/key", "x", ("x-amz-tagging", "a=1&b=2"))).Expect(200);
        Assert.Equal(["a", "b"], (await host.SendAsync("GET", "/bucket/key?tagging")).Expect(200).All("Key"));
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        (await host.SendAsync("PUT", "/bucket/key?tagging", "<Tagging><TagSet><Tag><Key>c</Key><Value>3</Value></Tag></TagSet></Tagging>"u8.ToArray())).Expect(200);
        await host.RestartAsync();
        Assert.Equal("c", (await host.SendAsync("GET", "/bucket/key?tagging")).Expect(200).One("Key"));
        var got = (await host.SendAsync("GET", "/bucket/key")).Expect(200);
        Assert.Equal(("x", "Fri, 07 Aug 2026 12:00:00 GMT"), (got.Text, got["Last-Modified"]));
        (await host.SendAsync("DELETE", "/bucket/key?tagging")).Expect(204);
        Assert.Empty((await host.SendAsync("GET", "/bucket/key?tagging")).Expect(200).All("Key"));
        (await host.SendAsync("PUT", "/bucket/key?tagging", Encoding.UTF8.GetBytes("<Tagging><TagSet><Tag><Key>c</Key><Value>3</Value></Tag><Tag><Key>c</Key><Value>4</Value></Tag></TagSet></Tagging>"))).Expect(400, "InvalidTag");
    }
}
