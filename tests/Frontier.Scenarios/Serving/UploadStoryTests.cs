// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Frontier.Hosting;
using Frontier.Protocols.SigV4;
using Frontier.Samples;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Serving;

/// <summary>Uploads through a distribution into a private bucket: the edge signs them, and the bucket server checks what it always checks (DP-13.3, DP-13.8 to DP-13.13).</summary>
public sealed class UploadStoryTests
{
    private const string Everything = "\"s3:GetObject\",\"s3:PutObject\",\"s3:DeleteObject\",\"s3:AbortMultipartUpload\"";

    private static readonly string WrongSum = Convert.ToBase64String(new byte[SHA256.HashSizeInBytes]);

    [Fact]
    public async Task Every_form_of_upload_that_clients_have_arrives_whole()
    {
        await using var story = await Story.StartAsync();
        var text = "hello world"u8.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(text));
        (await story.SendAsync("PUT", "/plain", text)).Expect(200);
        (await story.SendAsync("PUT", "/hashed", text, ("x-amz-content-sha256", hash))).Expect(200);
        (await story.SendAsync("PUT", "/unsigned", text, ("x-amz-content-sha256", SignatureVerifier.UnsignedPayload))).Expect(200);
        (await story.SendAsync("PUT", "/chunks", Unsigned(text, SumOf(text)), Chunked(PayloadHash.UnsignedChunksAndTrailer, text))).Expect(200);
        (await story.SendAsync("PUT", "/signed-chunks", Signed(text, trailer: null), Chunked(PayloadHash.SignedChunks, text))).Expect(200);
        (await story.SendAsync("PUT", "/signed-trailer", Signed(text, SumOf(text)), Chunked(PayloadHash.SignedChunksAndTrailer, text))).Expect(200);
        foreach (var key in new[] { "plain", "hashed", "unsigned", "chunks", "signed-chunks", "signed-trailer" })
        {
            var stored = (await story.Client.ReadAsync("uploads", key)).Expect(200);
            Assert.Equal("hello world", stored.Text);
            Assert.False(stored.Headers.ContainsKey("Content-Encoding"), key);
            Assert.Equal("hello world", (await story.SendAsync("GET", "/" + key)).Expect(200).Text);
        }
    }

    [Fact]
    public async Task What_a_client_vouches_for_and_does_not_keep_is_refused_by_the_bucket()
    {
        await using var story = await Story.StartAsync();
        var text = "hello world"u8.ToArray();
        Assert.Contains("XAmzContentSHA256Mismatch", (await story.SendAsync("PUT", "/a", text, ("x-amz-content-sha256", new string('0', 64)))).Expect(400).Text, StringComparison.Ordinal);
        Assert.Contains("BadDigest", (await story.SendAsync("PUT", "/a", Unsigned(text, WrongSum), Chunked(PayloadHash.UnsignedChunksAndTrailer, text))).Expect(400).Text, StringComparison.Ordinal);
        Assert.Contains("BadDigest", (await story.SendAsync("PUT", "/a", Signed(text, WrongSum), Chunked(PayloadHash.SignedChunksAndTrailer, text))).Expect(400).Text, StringComparison.Ordinal);
        Assert.Contains("InvalidArgument", (await story.SendAsync("PUT", "/a", text, ("x-amz-content-sha256", "nonsense"))).Expect(400).Text, StringComparison.Ordinal);
        Assert.Contains("MissingContentLength", (await story.SendAsync("PUT", "/a", text, ("Transfer-Encoding", "chunked"))).Expect(411).Text, StringComparison.Ordinal);
        (await story.Client.ReadAsync("uploads", "a")).Expect(404);
    }

    [Fact]
    public async Task Parts_are_put_together_and_objects_deleted_as_the_policy_says_and_no_further()
    {
        await using var story = await Story.StartAsync();
        var begun = (await story.SendAsync("POST", "/parts?uploads")).Expect(200).Text;
        var upload = begun.Split("<UploadId>")[1].Split('<')[0];
        var part = (await story.SendAsync("PUT", $"/parts?partNumber=1&uploadId={upload}", "one part"u8.ToArray())).Expect(200);
        var list = $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{part.Headers["ETag"]}</ETag></Part></CompleteMultipartUpload>";
        (await story.SendAsync("POST", $"/parts?uploadId={upload}", Encoding.UTF8.GetBytes(list))).Expect(200);
        Assert.Equal("one part", (await story.Client.ReadAsync("uploads", "parts")).Expect(200).Text);
        (await story.SendAsync("DELETE", "/parts")).Expect(204);
        (await story.Client.ReadAsync("uploads", "parts")).Expect(404);

        await story.AllowAsync("\"s3:GetObject\"");
        Assert.Contains("AccessDenied", (await story.SendAsync("PUT", "/b", "more"u8.ToArray())).Expect(403).Text, StringComparison.Ordinal);
        (await story.SendAsync("DELETE", "/b")).Expect(403);
        (await story.SendAsync("PATCH", "/b", "more"u8.ToArray())).Expect(405); // S3 knows no such method
        (await story.SendAsync("OPTIONS", "/b", null, ("Origin", "https://a.example"), ("Access-Control-Request-Method", "PUT"))).Expect(403); // no rule for other origins
    }

    [Fact]
    public async Task The_AWS_CLI_uploads_through_a_distribution_whole_and_in_parts()
    {
        Assert.SkipUnless(Command.Exists("aws"), "The story needs the AWS CLI.");
        await using var story = await Story.StartAsync();
        using var files = new TemporaryDirectory();
        var (small, large) = (Path.Combine(files.Path, "small"), Path.Combine(files.Path, "large"));
        await File.WriteAllTextAsync(small, "a small file");
        var bytes = new byte[20 << 20];
        new Random(5).NextBytes(bytes);
        await File.WriteAllBytesAsync(large, bytes);

        // Names under localhost are this machine's (RFC 6761), which not every resolver knows.
        await File.WriteAllTextAsync(Path.Combine(files.Path, "sitecustomize.py"), """
            import socket
            resolve = socket.getaddrinfo
            socket.getaddrinfo = lambda host, *rest, **more: resolve("127.0.0.1" if str(host).endswith(".localhost") else host, *rest, **more)
            """);
        await File.WriteAllTextAsync(Path.Combine(files.Path, "config"), "[default]\nregion = us-east-1\ns3 =\n  addressing_style = path\n");
        var environment = new Dictionary<string, string>
        {
            ["PYTHONPATH"] = files.Path,
            ["AWS_CONFIG_FILE"] = Path.Combine(files.Path, "config"),
            ["AWS_ACCESS_KEY_ID"] = "AKIAVIEWER", // the edge takes its signature off, whoever it is
            ["AWS_SECRET_ACCESS_KEY"] = "a-viewer-s-own-secret",
            ["AWS_CA_BUNDLE"] = story.Node.Edge.AuthorityPath,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        foreach (var endpoint in new[] { $"http://{story.Site.Domain}:{story.Node.Edge.Http.Port}", $"https://{story.Site.Domain}:{story.Node.Edge.Https.Port}" })
        {
            foreach (var (file, key) in new[] { (small, "small"), (large, "large") })
            {
                var run = await Command.RunAsync("aws", ["--endpoint-url", endpoint, "s3", "cp", "--no-progress", file, $"s3://cli/{key}"], FrontierProcess.Patience, environment);
                Assert.True(run.ExitCode == 0, run.Everything);
                Assert.Equal(await File.ReadAllBytesAsync(file), (await story.Client.ReadAsync("uploads", $"cli/{key}")).Expect(200).Body);
                run = await Command.RunAsync("aws", ["--endpoint-url", endpoint, "s3", "rm", $"s3://cli/{key}"], FrontierProcess.Patience, environment);
                Assert.True(run.ExitCode == 0, run.Everything);
                (await story.Client.ReadAsync("uploads", $"cli/{key}")).Expect(404);
            }
        }
    }

    private static string SumOf(byte[] text) => Convert.ToBase64String(SHA256.HashData(text));

    private static (string, string)[] Chunked(string form, byte[] text) =>
    [
        ("x-amz-content-sha256", form), ("x-amz-decoded-content-length", text.Length.ToString(CultureInfo.InvariantCulture)), ("Content-Encoding", "aws-chunked"),
        .. form.EndsWith("TRAILER", StringComparison.Ordinal) ? [("x-amz-trailer", "x-amz-checksum-sha256")] : Array.Empty<(string, string)>(),
    ];

    private static byte[] Unsigned(byte[] text, string checksum) =>
        Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text.Length:x}\r\n{Encoding.Latin1.GetString(text)}\r\n0\r\nx-amz-checksum-sha256:{checksum}\r\n\r\n"));

    /// <summary>Signed as a client of S3 does, with a key of its own that no bucket of this story knows.</summary>
    private static byte[] Signed(byte[] text, string? trailer)
    {
        var scope = new CredentialScope("20260101", "us-east-1", "s3");
        var signer = new ChunkSigner(scope.DeriveKey("a-viewer-s-own-secret"), "20260101T000000Z", scope, new string('a', 64));
        var framed = new StringBuilder();
        foreach (var chunk in new[] { text[..6], text[6..], [] })
        {
            framed.Append(CultureInfo.InvariantCulture, $"{chunk.Length:x};chunk-signature={signer.SignChunk(SHA256.HashData(chunk))}\r\n");
            framed.Append(chunk.Length == 0 ? "" : Encoding.Latin1.GetString(chunk) + "\r\n");
        }

        var field = $"x-amz-checksum-sha256:{trailer}";
        framed.Append(trailer is null ? "" : $"{field}\r\nx-amz-trailer-signature:{signer.SignTrailer(field + "\n")}\r\n").Append("\r\n");
        return Encoding.Latin1.GetBytes(framed.ToString());
    }

    private sealed record Story(TemporaryDirectory Data, Node Node, Client Client, Site Site, HttpClient Viewer) : IAsyncDisposable
    {
        public static async Task<Story> StartAsync()
        {
            var data = new TemporaryDirectory();
            var node = await InProcess.StartAsync(data.Path, TimeProvider.System);
            var client = Client.Of(node, TimeProvider.System);
            (await client.Buckets.SendAsync(HttpMethod.Put, "/uploads")).Expect(200);
            var control = (await client.CloudFront.SendAsync(HttpMethod.Post, "/2020-05-31/origin-access-control", Encoding.UTF8.GetBytes(SampleContent.OriginAccessControl("uploads")))).Expect(201).Element("Id");
            var site = await client.MakeSiteAsync(Documents.OfBucket("uploads", "uploads", control).Replace(
                "<CachePolicyId>658327ea-f89d-4fab-a63d-7e88639e58f6</CachePolicyId>",
                """
                <AllowedMethods><Quantity>7</Quantity><Items><Method>GET</Method><Method>HEAD</Method><Method>OPTIONS</Method><Method>PUT</Method><Method>PATCH</Method><Method>POST</Method><Method>DELETE</Method></Items>
                <CachedMethods><Quantity>2</Quantity><Items><Method>GET</Method><Method>HEAD</Method></Items></CachedMethods></AllowedMethods>
                <CachePolicyId>4135ea2d-6df8-44a3-9df3-4b5a84be39ad</CachePolicyId>
                <OriginRequestPolicyId>b689b0a8-53d0-40ab-baf2-68738e2966ac</OriginRequestPolicyId>
                """,
                StringComparison.Ordinal));
            var story = new Story(data, node, client, site, new HttpClient { Timeout = FrontierProcess.Patience });
            await story.AllowAsync(Everything);
            return story;
        }

        public async Task AllowAsync(string actions) => (await Client.Buckets.SendAsync(HttpMethod.Put, "/uploads?policy", Encoding.UTF8.GetBytes(
            SampleContent.BucketPolicy("uploads", Site.Arn).Replace("\"s3:GetObject\"", $"[{actions}]", StringComparison.Ordinal)))).Expect(204);

        public async Task<Answer> SendAsync(string method, string target, byte[]? body = null, params IReadOnlyList<(string Name, string Value)> headers)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"http://{Node.Edge.Http}{target}");
            request.Headers.Host = Site.Domain;
            request.Content = body is null ? null : new ByteArrayContent(body);
            foreach (var (name, value) in headers)
            {
                if (!request.Headers.TryAddWithoutValidation(name, value))
                {
                    request.Content!.Headers.TryAddWithoutValidation(name, value);
                }
            }

            using var response = await Viewer.SendAsync(request);
            return await Answer.ReadAsync(response);
        }

        public async ValueTask DisposeAsync()
        {
            Viewer.Dispose();
            Client.Dispose();
            await Node.DisposeAsync();
            Data.Dispose();
        }
    }
}
