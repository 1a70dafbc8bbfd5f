// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Frontier.Protocols.SigV4;

namespace Frontier.Protocols.Tests.SigV4;

/// <summary>The vectors of <c>neighbours.md</c> §1.2: a chunked PUT with and without a trailer.</summary>
public sealed class PublishedVectorTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Timestamp = "20130524T000000Z";
    private const string EmptyHash = SignatureVerifier.EmptyPayloadHash;

    private static readonly CredentialScope Scope = new("20130524", "us-east-1", "s3");

    private static readonly KeyValuePair<string, string>[] Common =
    [
        new("Host", "s3.amazonaws.com"), new("x-amz-date", Timestamp), new("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        new("Content-Encoding", "aws-chunked"), new("x-amz-decoded-content-length", "66560"), new("Content-Length", "66824"),
    ];

    [Fact]
    public void The_chunked_put_without_trailer_has_the_published_hash_and_seed()
    {
        const string Payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
        var request = new SignableRequest("PUT", "/examplebucket/chunkObject.txt", "", [.. Common, new("x-amz-content-sha256", Payload)]);
        var canonical = Canonical(
            request, "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class", Payload);

        Assert.Equal("cee3fed04b70f867d036f722359b0b1f2f0e5dc0efadbc082b76c4c60e316455", Hash(canonical));
        Assert.Equal(
            "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9", Scope.Sign(Scope.DeriveKey(Secret), Timestamp, canonical));
    }

    [Fact]
    public void The_chunked_put_with_trailer_has_the_published_hash_and_seed()
    {
        const string Payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
        var request = new SignableRequest(
            "PUT", "/examplebucket/chunkObject.txt", "", [.. Common, new("x-amz-content-sha256", Payload), new("x-amz-trailer", "x-amz-checksum-crc32c")]);
        var canonical = Canonical(
            request, "content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer", Payload);

        Assert.Equal("44d48b8c2f70eae815a0198cc73d7a546a73a93359c070abbaa5e6c7de112559", Hash(canonical));
        Assert.Equal(
            "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e", Scope.Sign(Scope.DeriveKey(Secret), Timestamp, canonical));
    }

    [Fact]
    public void The_chunks_without_trailer_have_the_published_signatures()
    {
        var first = SignChunk("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9", 65_536);
        Assert.Equal("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648", first);
        var second = SignChunk(first, 1_024);
        Assert.Equal("0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497", second);
        Assert.Equal("b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9", SignChunk(second, 0));
    }

    [Fact]
    public void The_chunks_and_the_trailer_have_the_published_signatures()
    {
        var first = SignChunk("106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e", 65_536);
        Assert.Equal("b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2", first);
        var second = SignChunk(first, 1_024);
        Assert.Equal("1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7", second);
        var third = SignChunk(second, 0);
        Assert.Equal("2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992", third);

        var trailer = $"AWS4-HMAC-SHA256-TRAILER\n{Timestamp}\n{Scope}\n{third}\n{Hash("x-amz-checksum-crc32c:sOO8/Q==\n")}";
        Assert.Equal(
            "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435", CredentialScope.SignText(Scope.DeriveKey(Secret), trailer));
    }

    [Fact]
    public void The_hash_of_no_payload_is_that_of_no_bytes() => Assert.Equal(EmptyHash, Hash(""));

    private static string SignChunk(string previous, int length) => CredentialScope.SignText(
        Scope.DeriveKey(Secret), $"AWS4-HMAC-SHA256-PAYLOAD\n{Timestamp}\n{Scope}\n{previous}\n{EmptyHash}\n{Hash(new string('a', length))}");

    private static string Canonical(SignableRequest request, string signedHeaders, string payloadHash) =>
        CanonicalRequest.Build(request, signedHeaders.Split(';'), payloadHash, doubleEncodePath: false)!;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
