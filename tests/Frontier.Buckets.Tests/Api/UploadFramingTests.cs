// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Frontier.Buckets.Objects;
using Frontier.Protocols.SigV4;

namespace Frontier.Buckets.Tests.Api;

public sealed class UploadFramingTests
{
    private const string Signed = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private const string SignedTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    private const string UnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    [Fact]
    public async Task Signed_chunks_are_put_together()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var data = RandomNumberGenerator.GetBytes(200_000);
        (await SendChunkedAsync(host, data, Signed, null)).Expect(200);
        var got = (await host.SendAsync("GET", "/bucket/key")).Expect(200);
        Assert.Equal(data, got.Body);
        Assert.Null(got["Content-Encoding"]);
    }

    [Theory]
    [InlineData(SignedTrailer)]
    [InlineData(UnsignedTrailer)]
    public async Task A_checksum_may_follow_the_chunks(string form)
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var data = RandomNumberGenerator.GetBytes(150_000);
        var crc = Checksum(data);
        var put = (await SendChunkedAsync(host, data, form, ("x-amz-checksum-crc32c", crc))).Expect(200);
        Assert.Equal(crc, put["x-amz-checksum-crc32c"]);
        var got = (await host.SendAsync("GET", "/bucket/key", headers: ("x-amz-checksum-mode", "ENABLED"))).Expect(200);
        Assert.Equal(data, got.Body);
        Assert.Equal(crc, got["x-amz-checksum-crc32c"]);
        (await SendChunkedAsync(host, data, form, ("x-amz-checksum-crc32c", "AAAAAA=="))).Expect(400, "BadDigest");
    }

    [Fact]
    public async Task A_chunk_that_was_changed_is_found_and_nothing_is_stored()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await SendChunkedAsync(host, new byte[100_000], Signed, null, static body => body[70_000] ^= 1)).Expect(403, "SignatureDoesNotMatch");
        (await SendChunkedAsync(host, new byte[100_000], SignedTrailer, ("x-amz-checksum-crc32c", Checksum(new byte[100_000])), static body => body[^5] ^= 1)).Expect(403, "SignatureDoesNotMatch");
        (await host.SendAsync("GET", "/bucket/key")).Expect(404, "NoSuchKey");
    }

    [Theory]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", 5, 400)] // the trailer that was announced is missing
    [InlineData("5\nhello\r\n0\r\nx-amz-checksum-crc32c:mnG7TA==\r\n\r\n", 5, 400)]
    [InlineData("5\r\nhelloX\r\n0\r\nx-amz-checksum-crc32c:mnG7TA==\r\n\r\n", 5, 400)]
    [InlineData("zz\r\nhello\r\n0\r\n\r\n", 5, 400)]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n", 5, 400)]
    [InlineData("FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n", 5, 400)]
    [InlineData("5\r\nhello\r\n0\r\nx-amz-checksum-crc32c:mnG7TA==\r\n\r\n", 6, 400)]
    [InlineData("5\r\nhello\r\n0\r\nx-amz-checksum-crc32c:mnG7TA==\r\n\r\n", 4, 400)]
    [InlineData("5\r\nhello\r\n0\r\nx-amz-checksum-crc32c:mnG7TA==\r\n\r\nmore", 5, 400)]
    [InlineData("5\r\nhel", 5, 400)]
    [InlineData("5\r\nhello\r\n0\r\nx-amz-checksum-crc32c:mnG7TA==\r\n\r\n", 5, 200)]
    public async Task Doubtful_chunks_are_refused(string framed, int length, int status)
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.SendAsync("PUT", "/bucket/key", Encoding.ASCII.GetBytes(framed), payload: UnsignedTrailer, headers: [
            ("Content-Encoding", "aws-chunked"), ("x-amz-decoded-content-length", length.ToString(CultureInfo.InvariantCulture)), ("x-amz-trailer", "x-amz-checksum-crc32c")])).Expect(status);
        (await host.SendAsync("GET", "/bucket/key")).Expect(status == 200 ? 200 : 404);
        Assert.Equal(status == 200 ? 1 : 0, System.IO.Directory.GetFiles(Path.Combine(host.Directory, "bucket", "bodies")).Length);
    }

    [Fact]
    public async Task An_upload_says_how_long_it_is_and_is_that_long()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var head = host.Sign("PUT", "/bucket/key", null, null, BucketHost.OwnerKey, SignatureVerifier.UnsignedPayload).Prepend(("Host", host.Endpoint.ToString())).ToList();
        using (var endless = await RawConnection.OpenAsync(host.Endpoint))
        {
            await endless.WriteHeadAsync("PUT", "/bucket/key", [.. head, ("Transfer-Encoding", "chunked")]);
            Assert.Contains("<Code>MissingContentLength</Code>", await endless.ReadAnswerAsync(), StringComparison.Ordinal);
        }

        using (var huge = await RawConnection.OpenAsync(host.Endpoint))
        {
            await huge.WriteHeadAsync("PUT", "/bucket/key", [.. head, ("Content-Length", "5368709121")]);
            Assert.Contains("<Code>EntityTooLarge</Code>", await huge.ReadAnswerAsync(), StringComparison.Ordinal);
        }

        using (var cut = await RawConnection.OpenAsync(host.Endpoint))
        {
            await cut.WriteHeadAsync("PUT", "/bucket/key", [.. head, ("Content-Length", "100")]);
            await cut.WriteAsync(new byte[50]);
            cut.FinishSending();
            Assert.DoesNotContain(" 200 OK", await cut.ReadAnswerAsync(), StringComparison.Ordinal);
        }

        (await host.SendAsync("GET", "/bucket/key")).Expect(404, "NoSuchKey");
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_its_upload_is_no_error_of_the_server()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var head = host.Sign("PUT", "/bucket/key", null, null, BucketHost.OwnerKey, SignatureVerifier.UnsignedPayload).Prepend(("Host", host.Endpoint.ToString()));
        using (var leaving = await RawConnection.OpenAsync(host.Endpoint))
        {
            await leaving.WriteHeadAsync("PUT", "/bucket/key", [.. head, ("Content-Length", "100000")]);
            await leaving.WriteAsync(new byte[50_000]);
            leaving.Reset();
        }

        await host.RestartAsync(); // ends what is under way; an error in the log would fail this test
        (await host.SendAsync("GET", "/bucket/key")).Expect(404, "NoSuchKey");
    }

    [Fact]
    public async Task A_refused_upload_is_refused_before_its_body_is_sent()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        using var waiting = await RawConnection.OpenAsync(host.Endpoint);
        await waiting.WriteHeadAsync("PUT", "/bucket/key", [("Host", host.Endpoint.ToString()), ("Content-Length", "1000"), ("Expect", "100-continue")]);
        var answer = await waiting.ReadAnswerAsync();
        Assert.StartsWith("HTTP/1.1 403", answer, StringComparison.Ordinal);
        Assert.Contains("<Code>AccessDenied</Code>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg==", 200, null)]
    [InlineData("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", 400, "BadDigest")]
    [InlineData("Content-MD5", "short", 400, "InvalidDigest")]
    [InlineData("x-amz-checksum-crc32", "NhCmhg==", 200, null)]
    [InlineData("x-amz-checksum-sha1", "qvTGHdzF6KLavt4PO0gs2a6pQ00=", 200, null)]
    [InlineData("x-amz-checksum-sha256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=", 200, null)]
    [InlineData("x-amz-checksum-sha256", "AAJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=", 400, "BadDigest")]
    [InlineData("x-amz-checksum-crc32", "NhCm", 400, "InvalidRequest")]
    [InlineData("x-amz-sdk-checksum-algorithm", "CRC32", 400, "InvalidRequest")]
    public async Task What_is_said_of_the_bytes_must_be_so(string header, string value, int status, string? code)
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var put = (await host.PutAsync("/bucket/key", "hello", (header, value))).Expect(status, code);
        if (status == 200 && header != "Content-MD5")
        {
            Assert.Equal(value, put[header]);
            Assert.Equal(value, (await host.SendAsync("HEAD", "/bucket/key", headers: ("x-amz-checksum-mode", "ENABLED")))[header]);
            Assert.Null((await host.SendAsync("HEAD", "/bucket/key"))[header]);
        }
    }

    private static string Checksum(byte[] data)
    {
        using var hash = new ChecksumHash(ChecksumAlgorithm.Crc32C);
        hash.Append(data);
        return hash.Finish();
    }

    private static async Task<Answer> SendChunkedAsync(BucketHost host, byte[] data, string form, (string Name, string Value)? trailer, Action<byte[]>? spoil = null)
    {
        List<(string, string)> headers = [("Content-Encoding", "aws-chunked"), ("x-amz-decoded-content-length", data.Length.ToString(CultureInfo.InvariantCulture))];
        if (trailer is { } announced)
        {
            headers.Add(("x-amz-trailer", announced.Name));
        }

        var signed = host.Sign("PUT", "/bucket/key", null, null, BucketHost.OwnerKey, form, [.. headers]);
        var signature = signed.Single(static header => header.Name == "Authorization").Value.Split("Signature=")[1];
        var timestamp = signed.Single(static header => header.Name == "x-amz-date").Value;
        var scope = new CredentialScope(timestamp[..8], "us-east-1", "s3");
        var signer = form == UnsignedTrailer ? null : new ChunkSigner(scope.DeriveKey(BucketHost.OwnerKey.Secret), timestamp, scope, signature);
        using var body = new MemoryStream();
        foreach (var chunk in data.Chunk(65536).Append([]))
        {
            var extension = signer is null ? "" : $";chunk-signature={signer.SignChunk(SHA256.HashData(chunk))}";
            body.Write(Encoding.ASCII.GetBytes($"{chunk.Length:x}{extension}\r\n"));
            body.Write(chunk);
            body.Write(chunk.Length > 0 ? "\r\n"u8 : ""u8);
        }

        if (trailer is { } field)
        {
            body.Write(Encoding.ASCII.GetBytes($"{field.Name}:{field.Value}\r\n"));
            if (signer is not null)
            {
                body.Write(Encoding.ASCII.GetBytes($"x-amz-trailer-signature:{signer.SignTrailer($"{field.Name}:{field.Value}\n")}\r\n"));
            }
        }

        body.Write("\r\n"u8);
        var bytes = body.ToArray();
        spoil?.Invoke(bytes);
        return await host.SendUnsignedAsync("PUT", "/bucket/key", bytes, headers: signed);
    }
}
