// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Frontier.Protocols.SigV4;

namespace Frontier.Protocols.Tests.SigV4;

/// <summary>The published example of streamed signatures (<c>neighbours.md</c> §1.2), whole and cut in every way.</summary>
public sealed class AwsChunkDecoderTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Timestamp = "20130524T000000Z";
    private const string Seed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
    private const string SeedWithTrailer = "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";
    private const string Trailer = "x-amz-checksum-crc32c:sOO8/Q==";

    private static readonly CredentialScope Scope = new("20130524", "us-east-1", "s3");

    private static readonly string[] Plain =
    [
        "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648", "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
        "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
    ];

    private static readonly string[] Trailed =
    [
        "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2", "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
        "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992", "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435",
    ];

    [Theory]
    [InlineData(false, "cee3fed04b70f867d036f722359b0b1f2f0e5dc0efadbc082b76c4c60e316455", Seed)]
    [InlineData(true, "44d48b8c2f70eae815a0198cc73d7a546a73a93359c070abbaa5e6c7de112559", SeedWithTrailer)]
    public void The_heads_signature_is_the_published_one(bool trailed, string canonicalHash, string seed)
    {
        var payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" + (trailed ? "-TRAILER" : "");
        List<KeyValuePair<string, string>> headers =
        [
            new("Host", "s3.amazonaws.com"), new("x-amz-date", Timestamp), new("x-amz-storage-class", "REDUCED_REDUNDANCY"), new("x-amz-content-sha256", payload),
            new("Content-Encoding", "aws-chunked"), new("x-amz-decoded-content-length", "66560"), new("Content-Length", "66824"),
            .. trailed ? [new KeyValuePair<string, string>("x-amz-trailer", "x-amz-checksum-crc32c")] : Array.Empty<KeyValuePair<string, string>>(),
        ];
        string[] signed = trailed
            ? ["content-encoding", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-decoded-content-length", "x-amz-storage-class", "x-amz-trailer"]
            : ["content-encoding", "content-length", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-decoded-content-length", "x-amz-storage-class"];
        var canonical = CanonicalRequest.Build(new SignableRequest("PUT", "/examplebucket/chunkObject.txt", "", headers), signed, payload, doubleEncodePath: false)!;
        Assert.Equal(canonicalHash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        Assert.Equal(seed, Scope.Sign(Scope.DeriveKey(Secret), Timestamp, canonical));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData(100_000)]
    public void The_published_body_decodes_however_it_is_cut(int piece)
    {
        var body = Body(trailed: false);
        Assert.Equal(66824, body.Length);
        Assert.Equal(ChunkVerdict.Done, Decode(body, piece, Signer(Seed), false, out var data, out _));
        Assert.Equal(new string('a', 66560), data);

        Assert.Equal(ChunkVerdict.Done, Decode(Body(trailed: true), piece, Signer(SeedWithTrailer), true, out data, out var trailers));
        Assert.Equal(66560, data.Length);
        Assert.Equal(new("x-amz-checksum-crc32c", "sOO8/Q=="), Assert.Single(trailers));
    }

    [Fact]
    public void A_changed_byte_anywhere_is_found()
    {
        var body = Body(trailed: true);
        for (var at = 0; at < body.Length; at += at is > 90 and < 65_600 ? 1777 : 1)
        {
            var spoiled = (byte[])body.Clone();
            spoiled[at] ^= 1;
            Assert.True(Decode(spoiled, 5000, Signer(SeedWithTrailer), true, out _, out _) is not ChunkVerdict.Done, $"A change of byte {at} was not found.");
        }
    }

    [Theory]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", ChunkVerdict.Done)]
    [InlineData("5\r\nhello\r\n0\r\nname:value\r\n\r\n", ChunkVerdict.Done)]
    [InlineData("5\r\nhello\r\n0\r\n", ChunkVerdict.More)]
    [InlineData("5\r\nhello", ChunkVerdict.More)]
    [InlineData("5\nhello", ChunkVerdict.Malformed)]
    [InlineData("5\r\r\nhello", ChunkVerdict.Malformed)]
    [InlineData(" 5\r\nhello", ChunkVerdict.Malformed)]
    [InlineData("5;ext=1\r\nhello", ChunkVerdict.Malformed)]
    [InlineData("\r\n", ChunkVerdict.Malformed)]
    [InlineData("5\r\nhello0\r\n\r\n", ChunkVerdict.Malformed)]
    [InlineData("0\r\n:value\r\n\r\n", ChunkVerdict.Malformed)]
    [InlineData("140000001\r\n", ChunkVerdict.ChunkTooLarge)]
    [InlineData("FFFFFFFFFFFFFFFF\r\n", ChunkVerdict.Malformed)]
    public void Unsigned_framing_is_strict(string body, ChunkVerdict expected)
    {
        foreach (var piece in new[] { 1, 1000 })
        {
            Assert.Equal(expected, Decode(Encoding.ASCII.GetBytes(body), piece, null, true, out _, out _));
        }
    }

    [Fact]
    public void Lines_and_signed_chunks_are_bounded()
    {
        Assert.Equal(ChunkVerdict.Malformed, Decode(new byte[2000], 100, null, true, out _, out _));
        Assert.Equal(ChunkVerdict.ChunkTooLarge, Decode(Encoding.ASCII.GetBytes($"1000001;chunk-signature={Seed}\r\n"), 100, Signer(Seed), false, out _, out _));
        Assert.Equal(ChunkVerdict.Malformed, Decode("5\r\nhello"u8.ToArray(), 100, Signer(Seed), false, out _, out _));
        Assert.Equal(ChunkVerdict.Malformed, Decode("0\r\na:b\r\n\r\n"u8.ToArray(), 100, null, false, out _, out _));
    }

    private static ChunkSigner Signer(string seed) => new(Scope.DeriveKey(Secret), Timestamp, Scope, seed);

    private static byte[] Body(bool trailed)
    {
        var signatures = trailed ? Trailed : Plain;
        var text = $"10000;chunk-signature={signatures[0]}\r\n{new string('a', 65536)}\r\n400;chunk-signature={signatures[1]}\r\n{new string('a', 1024)}\r\n0;chunk-signature={signatures[2]}\r\n";
        return Encoding.ASCII.GetBytes(text + (trailed ? $"{Trailer}\r\nx-amz-trailer-signature:{signatures[3]}\r\n\r\n" : "\r\n"));
    }

    private static ChunkVerdict Decode(byte[] body, int piece, ChunkSigner? signer, bool hasTrailer, out string data, out IReadOnlyList<KeyValuePair<string, string>> trailers)
    {
        using var decoder = new AwsChunkDecoder(signer, hasTrailer);
        var output = new byte[piece];
        var decoded = new StringBuilder();
        var verdict = ChunkVerdict.More;
        for (var at = 0; at < body.Length && verdict is ChunkVerdict.More; at += piece)
        {
            verdict = decoder.Decode(body.AsSpan(at, Math.Min(piece, body.Length - at)), output, out _, out var written);
            decoded.Append(Encoding.ASCII.GetString(output, 0, written));
        }

        data = decoded.ToString();
        trailers = decoder.Trailers;
        return verdict;
    }
}
