// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Frontier.Contracts;
using Frontier.Protocols.SigV4;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>Uploads that the edge signs, in every form in which clients send them: what the origin received is verified as it would (DP-13.8 to DP-13.12).</summary>
public sealed class SignedUploadsTests
{
    private const string KeyId = "OACTEST";
    private const string Secret = "the-distribution's-own-secret";
    private const string SignedChunk = ";chunk-signature=0000000000000000000000000000000000000000000000000000000000000000\r\n";

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task A_body_is_signed_for_with_every_method_DP_13_3_DP_13_10(string method)
    {
        await using var edge = await WithBucketAsync();
        using var body = new StringContent("hello");
        Assert.Equal(200, (await edge.SendAsync(new HttpMethod(method), "/a?x=1", body)).Status);
        var request = edge.Store.Log.Single();
        Assert.Equal((method, "hello"), (request.Method, request.BodyText));
        AssertSigned(edge, request, SignatureVerifier.UnsignedPayload);
    }

    [Fact]
    public async Task The_hash_that_the_viewer_gives_is_signed_though_no_policy_forwards_it_DP_13_10()
    {
        await using var edge = await WithBucketAsync();
        var hash = Convert.ToHexStringLower(SHA256.HashData("hello"u8));
        using var body = new StringContent("hello");
        await edge.SendAsync(HttpMethod.Put, "/a", body, ("x-amz-content-sha256", hash));
        AssertSigned(edge, edge.Store.Log.Single(), hash);
    }

    [Fact]
    public async Task A_hash_with_a_GET_is_not_believed_and_cannot_spoil_what_is_cached_for_others()
    {
        await using var edge = await WithBucketAsync(originRequestPolicy: TestPolicies.AllViewer);
        edge.Store.On("/a").Handle(static request => request.Header("x-amz-content-sha256") == SignatureVerifier.EmptyPayloadHash
            ? ScriptedReply.Of(200, "picture") : ScriptedReply.Of(400, "XAmzContentSHA256Mismatch"));
        Assert.Equal(200, (await edge.GetAsync("/a", ("x-amz-content-sha256", new string('0', 64)))).Status);
        Assert.Equal("picture", (await edge.GetAsync("/a")).Body);
        AssertSigned(edge, edge.Store.Last("/a"), SignatureVerifier.EmptyPayloadHash);
    }

    [Fact]
    public async Task A_session_token_of_the_viewer_s_own_signature_goes_with_that_signature_DP_13_8()
    {
        await using var edge = await WithBucketAsync(originRequestPolicy: TestPolicies.AllViewer);
        using var body = new StringContent("hello");
        await edge.SendAsync(HttpMethod.Put, "/a", body, ("Authorization", "AWS4-HMAC-SHA256 Credential=theirs"), ("X-Amz-Security-Token", "theirs"), ("X-Amz-Date", "20200101T000000Z"), ("x-amz-meta-a", "b"));
        var request = edge.Store.Log.Single();
        Assert.Null(request.Header("X-Amz-Security-Token"));
        Assert.DoesNotContain("theirs", request.RawText, StringComparison.Ordinal);
        Assert.Contains("x-amz-meta-a", request.Header("Authorization"), StringComparison.Ordinal);
        AssertSigned(edge, request, SignatureVerifier.UnsignedPayload);
    }

    [Fact]
    public async Task Unsigned_chunks_arrive_as_they_were_sent_with_what_describes_them()
    {
        await using var edge = await WithBucketAsync();
        const string framed = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32c:sOO8/Q==\r\n\r\n";
        await SendChunksAsync(edge, PayloadHash.UnsignedChunksAndTrailer, framed, 5, "x-amz-checksum-crc32c");
        var request = edge.Store.Log.Single();
        Assert.Equal(framed, request.BodyText);
        Assert.Equal(("aws-chunked", "5", "x-amz-checksum-crc32c"), (request.Header("Content-Encoding"), request.Header("x-amz-decoded-content-length"), request.Header("x-amz-trailer")));
        AssertSigned(edge, request, PayloadHash.UnsignedChunksAndTrailer);
    }

    [Theory]
    [InlineData(PayloadHash.SignedChunks, "aws-chunked", null)]
    [InlineData(PayloadHash.SignedChunks, "aws-chunked, gzip", "gzip")]
    [InlineData(PayloadHash.AsymmetricChunks, "aws-chunked", null)]
    public async Task Chunks_signed_with_the_viewer_s_key_arrive_plain(string form, string coding, string? left)
    {
        await using var edge = await WithBucketAsync();
        await SendChunksAsync(edge, form, $"5{SignedChunk}hello\r\n6{SignedChunk} world\r\n0{SignedChunk}\r\n", 11, coding: coding);
        var request = edge.Store.Log.Single();
        Assert.Equal(("hello world", "11", left), (request.BodyText, request.Header("Content-Length"), request.Header("Content-Encoding")));
        Assert.Null(request.Header("x-amz-decoded-content-length"));
        AssertSigned(edge, request, SignatureVerifier.UnsignedPayload);
    }

    [Fact]
    public async Task Chunks_signed_with_the_viewer_s_key_keep_the_checksum_behind_them_and_lose_its_signature()
    {
        await using var edge = await WithBucketAsync();
        var framed = $"5{SignedChunk}hello\r\n6{SignedChunk} world\r\n0{SignedChunk}x-amz-checksum-crc32:DUoRhQ==\r\nx-amz-trailer-signature:{new string('0', 64)}\r\n\r\n";
        await SendChunksAsync(edge, PayloadHash.SignedChunksAndTrailer, framed, 11, "x-amz-checksum-crc32");
        var request = edge.Store.Log.Single();
        Assert.Equal(("b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n", "11"), (request.BodyText, request.Header("x-amz-decoded-content-length")));
        AssertSigned(edge, request, PayloadHash.UnsignedChunksAndTrailer);
    }

    [Theory]
    [InlineData("5;chunk-signature=0\r\nhello", 5)] // breaks off
    [InlineData("5\r\nhello\r\n0\r\n\r\n", 5)] // has no signatures, though it says so
    [InlineData("5;chunk-signature=0\r\nhello\r\n0;chunk-signature=0\r\n\r\nmore", 5)]
    [InlineData("5;chunk-signature=0\r\nhello\r\n0;chunk-signature=0\r\n\r\n", 4)]
    [InlineData("5;chunk-signature=0\r\nhello\r\n0;chunk-signature=0\r\n\r\n", 6)]
    public async Task Chunks_that_are_not_what_they_say_are_no_upload(string framed, int announced)
    {
        await using var edge = await WithBucketAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendChunksAsync(edge, PayloadHash.SignedChunks, framed, announced));
        Assert.True(edge.Store.Log.Count == 0 || edge.Store.Log.Single().Body.Length == 0); // never whole
    }

    [Fact]
    public async Task A_large_upload_in_signed_chunks_streams_through_whole()
    {
        await using var edge = await WithBucketAsync();
        var random = new Random(11);
        var framed = new MemoryStream();
        var plain = new MemoryStream();
        foreach (var size in Enumerable.Range(0, 60).Select(_ => random.Next(1, 100_000)))
        {
            var chunk = new byte[size];
            random.NextBytes(chunk);
            plain.Write(chunk);
            framed.Write(Encoding.ASCII.GetBytes($"{size:x}{SignedChunk}"));
            framed.Write(chunk);
            framed.Write("\r\n"u8);
        }

        framed.Write(Encoding.ASCII.GetBytes($"0{SignedChunk}\r\n"));
        await SendChunksAsync(edge, PayloadHash.SignedChunks, framed.ToArray(), plain.Length);
        Assert.Equal(plain.ToArray(), edge.Store.Log.Single().Body);
    }

    [Fact]
    public async Task An_upload_of_unknown_length_goes_on_as_one_and_is_the_origin_s_to_judge()
    {
        await using var edge = await WithBucketAsync();
        using var body = new StreamContent(new MemoryStream("hello"u8.ToArray()));
        body.Headers.ContentLength = null;
        using var request = new HttpRequestMessage(HttpMethod.Put, $"http://{edge.Server.Http}/a") { Content = body };
        request.Headers.Host = TestEdge.Host;
        request.Headers.TransferEncodingChunked = true;
        edge.Store.On("/a").Reply(411, "MissingContentLength");
        using var answer = await edge.Viewer.SendAsync(request);
        Assert.Equal(411, (int)answer.StatusCode);
        Assert.Equal(("hello", "chunked"), (edge.Store.Last("/a").BodyText, edge.Store.Last("/a").Header("Transfer-Encoding")));
        AssertSigned(edge, edge.Store.Last("/a"), SignatureVerifier.UnsignedPayload);
    }

    [Theory]
    [InlineData("lambda")]
    [InlineData("mediastore")]
    [InlineData("mediapackagev2")]
    public async Task Other_services_are_signed_for_by_their_names_with_paths_encoded_as_they_want_DP_13_9(string service)
    {
        await using var edge = await WithServiceAsync(service, OriginSigningBehavior.Always);
        edge.Origin.On("*").Reply(200, "answer");
        using var body = new StringContent("hello");
        await edge.SendAsync(HttpMethod.Post, "/a%20b/c?q=%2F", body);
        AssertSigned(edge, edge.Origin.Log.Single(), SignatureVerifier.UnsignedPayload, service); // which Lambda refuses, as it does at CloudFront
        await edge.GetAsync("/other");
        AssertSigned(edge, edge.Origin.Last("/other"), SignatureVerifier.EmptyPayloadHash, service);
    }

    [Fact]
    public async Task Where_the_viewer_s_own_signature_is_left_alone_its_body_is_too_DP_13_8()
    {
        await using var edge = await WithServiceAsync("lambda", OriginSigningBehavior.NoOverride);
        edge.Origin.On("*").Reply(200, "answer");
        var framed = $"5{SignedChunk}hello\r\n0{SignedChunk}\r\n";
        await SendChunksAsync(edge, PayloadHash.SignedChunks, framed, 5, more: ("Authorization", "Bearer viewer"));
        Assert.Equal((framed, "Bearer viewer"), (edge.Origin.Last("/a").BodyText, edge.Origin.Last("/a").Header("Authorization")));
    }

    private static Task<ViewerAnswer> SendChunksAsync(TestEdge edge, string form, string framed, long length, string? trailer = null, string coding = "aws-chunked", (string, string)? more = null) =>
        SendChunksAsync(edge, form, Encoding.ASCII.GetBytes(framed), length, trailer, coding, more);

    private static async Task<ViewerAnswer> SendChunksAsync(TestEdge edge, string form, byte[] framed, long length, string? trailer = null, string coding = "aws-chunked", (string, string)? more = null)
    {
        using var body = new ByteArrayContent(framed);
        body.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        List<(string, string)> headers = [("x-amz-content-sha256", form), ("x-amz-decoded-content-length", $"{length}"), ("Authorization", "AWS4-HMAC-SHA256 Credential=theirs")];
        headers.AddRange(trailer is null ? [] : [("x-amz-trailer", trailer)]);
        if (more is { } other)
        {
            headers.RemoveAll(header => header.Item1 == other.Item1);
            headers.Add(other);
        }

        return await edge.SendAsync(HttpMethod.Put, "/a", body, headers);
    }

    private static Task<TestEdge> WithBucketAsync(string? originRequestPolicy = null) => StartAsync(originRequestPolicy, static origin => origin with
    {
        DomainName = "pictures.s3.eu-west-1.amazonaws.com",
        S3 = new S3OriginConfig { Bucket = "pictures", Region = "eu-west-1", Signing = OriginSigningBehavior.Always, AccessKeyId = KeyId, SecretAccessKey = Secret },
    });

    private static Task<TestEdge> WithServiceAsync(string service, OriginSigningBehavior behavior) => StartAsync(TestPolicies.AllViewer, origin => origin with
    {
        Signing = new OriginSigningConfig { Behavior = behavior, Service = service, Region = "eu-west-1", AccessKeyId = KeyId, SecretAccessKey = Secret },
    });

    private static async Task<TestEdge> StartAsync(string? originRequestPolicy, Func<OriginConfig, OriginConfig> change)
    {
        var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            Origins = [change(distribution.Origins[0])],
            DefaultBehavior = TestEdge.Behavior("*") with
            {
                AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
                CachePolicyId = TestPolicies.CookiesInKey,
                OriginRequestPolicyId = originRequestPolicy,
            },
        });
        edge.Store.On("*").Reply(200, "stored");
        return edge;
    }

    private static void AssertSigned(TestEdge edge, ScriptedRequest request, string payloadHash, string service = "s3") =>
        OriginSignature.AssertIsOf(edge, request, new AccessKey(KeyId, Secret), "eu-west-1", payloadHash, service);
}
