// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;

namespace Frontier.Protocols.Tests.SigV4;

public sealed class RequestSignerTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccessKey Key = new("OACE1", "secret");

    [Fact]
    public void Host_payload_hash_and_date_are_signed_DP_13_10()
    {
        var added = Sign([new("Host", "b.s3.amazonaws.com")]);

        Assert.Equal(["x-amz-content-sha256", "x-amz-date", "Authorization"], added.Select(field => field.Key));
        Assert.Equal(SignatureVerifier.EmptyPayloadHash, added[0].Value);
        Assert.Equal("20260807T120000Z", added[1].Value);
        Assert.StartsWith(
            "AWS4-HMAC-SHA256 Credential=OACE1/20260807/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=", added[2].Value, StringComparison.Ordinal);
        Assert.Matches("Signature=[0-9a-f]{64}$", added[2].Value);
    }

    [Fact]
    public void The_moment_is_written_in_UTC()
    {
        var added = RequestSigner.Sign(
            new SignableRequest("GET", "/", "", [new("Host", "h")]), Key, "r", "s3", "hash", new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.FromHours(2)));

        Assert.Equal("20251231T230000Z", added[1].Value);
    }

    [Fact]
    public void A_date_or_payload_hash_that_the_viewer_sent_is_not_what_is_signed()
    {
        var clean = Sign([new("Host", "h")]);
        var dirty = Sign([new("Host", "h"), new("X-Amz-Date", "19990101T000000Z"), new("X-AMZ-CONTENT-SHA256", "evil")]);

        Assert.Equal(clean, dirty);
    }

    [Fact]
    public void Further_headers_are_signed_in_order_whatever_their_case()
    {
        var added = Sign([new("Host", "h"), new("X-Amz-Security-Token", "t"), new("Content-Type", "c")], "X-Amz-Security-Token", "content-type", "host");

        Assert.Contains("SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token,", added[2].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_to_be_signed_that_is_missing_is_the_caller_s_bug() =>
        Assert.Throws<ArgumentException>(() => Sign([new("Host", "h")], "x-amz-security-token"));

    [Fact]
    public void A_path_is_encoded_twice_for_every_service_but_S3()
    {
        var request = new SignableRequest("GET", "/a%20b", "", [new("Host", "h")]);
        var signed = request with { Headers = [.. request.Headers, .. RequestSigner.Sign(request, Key, "r", "lambda", "hash", Now)] };
        Assert.True(SignatureClaim.TryRead(signed, out var claim, out _));
        var canonical = CanonicalRequest.Build(signed, claim!.SignedHeaders, "hash", doubleEncodePath: true)!;

        Assert.Equal(claim.Scope.Sign(claim.Scope.DeriveKey(Key.Secret), claim.Timestamp, canonical), claim.Signature);
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Sign(KeyValuePair<string, string>[] headers, params string[] also) => RequestSigner.Sign(
        new SignableRequest("GET", "/key", "", headers), Key, "eu-west-1", "s3", SignatureVerifier.EmptyPayloadHash, Now, also);
}
