// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Frontier.Buckets.Objects;

namespace Frontier.Buckets.Tests.Api;

public sealed class MultipartTests
{
    private const int PartBytes = 5 << 20;

    [Fact]
    public async Task Parts_make_an_object_in_their_order_NB_1_5()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var id = await BeginAsync(host, ("Content-Type", "video/mp4"), ("x-amz-meta-m", "1"));
        var (one, two, late) = (Bytes(PartBytes, 1), Bytes(1000, 2), Bytes(PartBytes, 3));
        var tagTwo = (await PutPartAsync(host, id, 7, two)).Expect(200)["ETag"]!;
        (await PutPartAsync(host, id, 2, late)).Expect(200);
        var tagOne = (await PutPartAsync(host, id, 2, one)).Expect(200)["ETag"]!;
        (await PutPartAsync(host, id, 9, two)).Expect(200);
        (await host.SendAsync("GET", "/bucket/key")).Expect(404, "NoSuchKey");

        var completed = (await CompleteAsync(host, id, (2, tagOne), (7, tagTwo))).Expect(200);
        var expected = $"\"{Convert.ToHexStringLower(MD5.HashData([.. MD5.HashData(one), .. MD5.HashData(two)]))}-2\"";
        Assert.Equal(expected, completed.One("ETag"));
        await host.RestartAsync();
        var got = (await host.SendAsync("GET", "/bucket/key")).Expect(200);
        Assert.Equal([.. one, .. two], got.Body);
        Assert.Equal((expected, "video/mp4", "1"), (got["ETag"], got["Content-Type"], got["x-amz-meta-m"]));
        var across = (await host.SendAsync("GET", "/bucket/key", headers: ("Range", $"bytes={PartBytes - 2}-{PartBytes + 1}"))).Expect(206);
        Assert.Equal([.. one[^2..], .. two[..2]], across.Body);
        var part = (await host.SendAsync("GET", "/bucket/key?partNumber=2")).Expect(206);
        Assert.Equal((two.Length, "2"), (part.Body.Length, part["x-amz-mp-parts-count"]));

        // The part left out and the part replaced leave no file.
        Assert.Equal(2, Directory.GetFiles(Path.Combine(host.Directory, "bucket", "bodies")).Length);
        (await CompleteAsync(host, id, (2, tagOne))).Expect(404, "NoSuchUpload");
    }

    [Fact]
    public async Task A_completion_must_fit_what_was_uploaded_NB_1_3()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var id = await BeginAsync(host);
        var one = (await PutPartAsync(host, id, 1, Bytes(10, 1))).Expect(200)["ETag"]!;
        var two = (await PutPartAsync(host, id, 2, Bytes(10, 2))).Expect(200)["ETag"]!;
        (await CompleteAsync(host, id, (2, two), (1, one))).Expect(400, "InvalidPartOrder");
        (await CompleteAsync(host, id, (1, one), (1, one))).Expect(400, "InvalidPartOrder");
        (await CompleteAsync(host, id, (1, two))).Expect(400, "InvalidPart");
        (await CompleteAsync(host, id, (3, two))).Expect(400, "InvalidPart");
        (await CompleteAsync(host, id, (1, one), (2, two))).Expect(400, "EntityTooSmall");
        (await CompleteAsync(host, id)).Expect(400, "MalformedXML");
        (await CompleteAsync(host, "0000", (1, one))).Expect(404, "NoSuchUpload");
        (await PutPartAsync(host, id, 0, [1])).Expect(400, "InvalidArgument");
        (await PutPartAsync(host, id, 10_001, [1])).Expect(400, "InvalidArgument");
        (await CompleteAsync(host, id, (2, two))).Expect(200);
    }

    [Fact]
    public async Task An_aborted_upload_leaves_nothing()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var id = await BeginAsync(host);
        (await PutPartAsync(host, id, 1, Bytes(10, 1))).Expect(200);
        (await host.SendAsync("DELETE", $"/bucket/key?uploadId={id}")).Expect(204);
        (await host.SendAsync("DELETE", $"/bucket/key?uploadId={id}")).Expect(404, "NoSuchUpload");
        (await PutPartAsync(host, id, 1, [1])).Expect(404, "NoSuchUpload");
        Assert.Empty(Directory.GetFiles(Path.Combine(host.Directory, "bucket", "bodies")));
    }

    [Fact]
    public async Task Uploads_and_parts_are_listed_in_pages()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var a1 = await BeginAsync(host, "a");
        var a2 = await BeginAsync(host, "a");
        await BeginAsync(host, "dir/1");
        await BeginAsync(host, "dir/2");
        List<string> seen = [];
        var (key, id) = ("", "");
        for (var page = 0; page < 4; page++)
        {
            var answer = (await host.SendAsync("GET", $"/bucket?uploads&max-uploads=1&key-marker={Uri.EscapeDataString(key)}&upload-id-marker={id}")).Expect(200);
            seen.Add(answer.One("Key"));
            Assert.Equal(page < 3 ? "true" : "false", answer.One("IsTruncated"));
            (key, id) = page < 3 ? (answer.One("NextKeyMarker"), answer.One("NextUploadIdMarker")) : ("", "");
        }

        Assert.Equal(["a", "a", "dir/1", "dir/2"], seen);
        var rolled = (await host.SendAsync("GET", "/bucket?uploads&delimiter=%2F")).Expect(200);
        Assert.Equal(new[] { a1, a2 }.Order(), rolled.All("UploadId").Order());
        Assert.Contains("dir/", rolled.All("Prefix"));

        for (var number = 1; number <= 3; number++)
        {
            (await host.SendAsync("PUT", $"/bucket/a?partNumber={number}&uploadId={a1}", Bytes(number, number))).Expect(200);
        }

        var first = (await host.SendAsync("GET", $"/bucket/a?uploadId={a1}&max-parts=2")).Expect(200);
        Assert.Equal(["1", "2"], first.All("PartNumber"));
        Assert.Equal(("true", "2"), (first.One("IsTruncated"), first.One("NextPartNumberMarker")));
        Assert.Equal(["3"], (await host.SendAsync("GET", $"/bucket/a?uploadId={a1}&part-number-marker=2")).Expect(200).All("PartNumber"));
    }

    [Fact]
    public async Task A_part_may_be_copied_from_a_range_of_an_object()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/source", "0123456789")).Expect(200);
        var id = await BeginAsync(host);
        var copied = (await host.SendAsync("PUT", $"/bucket/key?partNumber=1&uploadId={id}", headers: [("x-amz-copy-source", "/bucket/source"), ("x-amz-copy-source-range", "bytes=2-5")])).Expect(200);
        (await host.SendAsync("PUT", $"/bucket/key?partNumber=2&uploadId={id}", headers: [("x-amz-copy-source", "/bucket/source"), ("x-amz-copy-source-range", "bytes=2-10")])).Expect(400, "InvalidArgument");
        (await CompleteAsync(host, id, (1, copied.One("ETag")))).Expect(200);
        Assert.Equal("2345", (await host.SendAsync("GET", "/bucket/key")).Text);
    }

    [Theory]
    [InlineData("CRC32", "COMPOSITE")]
    [InlineData("SHA256", "COMPOSITE")]
    [InlineData("CRC32C", "FULL_OBJECT")]
    [InlineData("CRC64NVME", "FULL_OBJECT")]
    public async Task The_checksum_of_the_whole_comes_from_those_of_the_parts(string algorithm, string type)
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var id = await BeginAsync(host, ("x-amz-checksum-algorithm", algorithm), ("x-amz-checksum-type", type));
        var (one, two) = (Bytes(PartBytes, 1), Bytes(12345, 2));
        var tagOne = (await PutPartAsync(host, id, 1, one)).Expect(200);
        var tagTwo = (await PutPartAsync(host, id, 2, two)).Expect(200);
        var header = "x-amz-checksum-" + algorithm.ToLowerInvariant();
        Assert.True(ChecksumAlgorithms.TryParse(algorithm, out var known));
        var expected = type == "FULL_OBJECT" ? Sum(known, [.. one, .. two]) : Sum(known, [.. Convert.FromBase64String(tagOne[header]!), .. Convert.FromBase64String(tagTwo[header]!)]) + "-2";
        var completed = (await CompleteAsync(host, id, (1, tagOne["ETag"]!), (2, tagTwo["ETag"]!))).Expect(200);
        Assert.Equal(expected, completed.One("Checksum" + algorithm));
        var got = await host.SendAsync("HEAD", "/bucket/key", headers: ("x-amz-checksum-mode", "ENABLED"));
        Assert.Equal((expected, type), (got[header], got["x-amz-checksum-type"]));
    }

    private static string Sum(ChecksumAlgorithm algorithm, byte[] data)
    {
        using var hash = new ChecksumHash(algorithm);
        hash.Append(data);
        return hash.Finish();
    }

    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static Task<string> BeginAsync(BucketHost host, params (string Name, string Value)[] headers) => BeginAsync(host, "key", headers);

    private static async Task<string> BeginAsync(BucketHost host, string key, params (string Name, string Value)[] headers) =>
        (await host.SendAsync("POST", $"/bucket/{key}?uploads", headers: headers)).Expect(200).One("UploadId");

    private static Task<Answer> PutPartAsync(BucketHost host, string id, int number, byte[] bytes) =>
        host.SendAsync("PUT", string.Create(CultureInfo.InvariantCulture, $"/bucket/key?partNumber={number}&uploadId={id}"), bytes);

    private static Task<Answer> CompleteAsync(BucketHost host, string id, params (int Number, string ETag)[] parts) => host.SendAsync(
        "POST", $"/bucket/key?uploadId={id}",
        Encoding.UTF8.GetBytes($"<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{string.Concat(parts.Select(static part => $"<Part><PartNumber>{part.Number}</PartNumber><ETag>{part.ETag}</ETag></Part>"))}</CompleteMultipartUpload>"));
}
