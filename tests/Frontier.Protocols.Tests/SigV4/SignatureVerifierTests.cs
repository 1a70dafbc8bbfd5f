// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.SigV4;

public sealed class SignatureVerifierTests
{
    private const string Payload = SignatureVerifier.EmptyPayloadHash;

    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccessKey Key = new("AKID", "secret");

    private static readonly SignableRequest Plain = new(
        "PUT", "/bucket/some%20key", "partNumber=1&uploadId=x", [new("Host", "h.example"), new("x-amz-acl", "private"), new("Accept", "*/*")]);

    [Theory]
    [InlineData("s3")]
    [InlineData("cloudfront")]
    public void What_was_signed_is_valid(string service) => Assert.Equal(SignatureVerdict.Valid, Check(Signed(Plain, service), service: service));

    [Fact]
    public void Whatever_was_signed_is_valid_and_its_tampered_twin_is_not() =>
        Prop.ForAll(Requests, Gen.Elements("s3", "cloudfront", "lambda").ToArbitrary(), (request, service) =>
        {
            var signed = Signed(request, service);
            return Check(signed, service: service) is SignatureVerdict.Valid
                && Check(signed with { Method = request.Method + "X" }, service: service) is SignatureVerdict.SignatureDoesNotMatch
                && Check(signed with { RawPath = request.RawPath + "x" }, service: service) is SignatureVerdict.SignatureDoesNotMatch
                && Check(signed with { RawQuery = request.RawQuery + "&added" }, service: service) is SignatureVerdict.SignatureDoesNotMatch
                && Check(signed, payload: "other", service: service) is SignatureVerdict.SignatureDoesNotMatch
                && Check(signed, secret: "other", service: service) is SignatureVerdict.SignatureDoesNotMatch;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("GET", "/bucket/some%20key", "partNumber=1&uploadId=x")]
    [InlineData("put", "/bucket/some%20key", "partNumber=1&uploadId=x")]
    [InlineData("PUT", "/bucket/some%2520key", "partNumber=1&uploadId=x")]
    [InlineData("PUT", "/bucket/Some%20key", "partNumber=1&uploadId=x")]
    [InlineData("PUT", "/bucket//some%20key", "partNumber=1&uploadId=x")]
    [InlineData("PUT", "/bucket/./some%20key", "partNumber=1&uploadId=x")]
    [InlineData("PUT", "/bucket/some+key", "partNumber=1&uploadId=x")]
    [InlineData("PUT", "/bucket/some%20key", "")]
    [InlineData("PUT", "/bucket/some%20key", "partNumber=2&uploadId=x")]
    [InlineData("PUT", "/bucket/some%20key", "partNumber=1&uploadId=x&uploadId=x")]
    [InlineData("PUT", "/bucket/some%20key", "partnumber=1&uploadId=x")]
    [InlineData("PUT", "/bucket/some%20key", "partNumber=1%26uploadId=x")]
    [InlineData("PUT", "/bucket/some%20key", "partNumber=1&uploadId=x&X-Amz-Signature=0")]
    public void A_changed_method_path_or_query_does_not_match(string method, string path, string query) =>
        Assert.Equal(
            SignatureVerdict.SignatureDoesNotMatch,
            Check(Signed(Plain) with { Method = method, RawPath = path, RawQuery = query }));

    [Fact]
    public void Bytes_that_are_no_text_are_told_apart()
    {
        var signed = Signed(Plain with { RawQuery = "prefix=%FF" });

        Assert.Equal(SignatureVerdict.Valid, Check(signed));
        Assert.Equal(SignatureVerdict.SignatureDoesNotMatch, Check(signed with { RawQuery = "prefix=%FE" }));
    }

    [Theory]
    [InlineData("Host", "other.example")]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("x-amz-content-sha256", "UNSIGNED-PAYLOAD")]
    public void A_changed_signed_header_does_not_match(string name, string value) =>
        Assert.Equal(SignatureVerdict.SignatureDoesNotMatch, Check(Replace(Signed(Plain), name, value)));

    [Fact]
    public void A_header_that_was_not_signed_may_change() =>
        Assert.Equal(SignatureVerdict.Valid, Check(Replace(Signed(Plain), "Accept", "text/html")));

    [Fact]
    public void A_second_line_of_a_signed_header_does_not_match()
    {
        var signed = Signed(Plain);
        Assert.Equal(
            SignatureVerdict.SignatureDoesNotMatch, Check(signed with { Headers = [.. signed.Headers, new("X-Amz-Acl", "public-read")] }));
    }

    [Theory]
    [InlineData("x-amz-meta-owner")]
    [InlineData("X-Amz-Security-Token")]
    public void An_amz_header_slipped_in_unsigned_is_malformed(string name)
    {
        var signed = Signed(Plain);
        Assert.Equal(SignatureVerdict.Malformed, Check(signed with { Headers = [.. signed.Headers, new(name, "x")] }));
    }

    [Fact]
    public void The_request_id_that_an_edge_adds_need_not_be_signed()
    {
        var signed = Signed(Plain);
        Assert.Equal(SignatureVerdict.Valid, Check(signed with { Headers = [.. signed.Headers, new("X-Amz-Cf-Id", "id")] }));
    }

    [Fact]
    public void A_signed_header_taken_away_is_malformed()
    {
        var signed = Signed(Plain);
        Assert.Equal(SignatureVerdict.Malformed, Check(signed with { Headers = [.. signed.Headers.Where(header => header.Key != "x-amz-acl")] }));
    }

    [Fact]
    public void The_host_must_be_signed()
    {
        var request = Signed(Plain);
        Assert.True(SignatureClaim.TryRead(request, out var claim, out _));
        var careless = claim! with { SignedHeaders = [.. claim.SignedHeaders.Where(header => header != "host")] };

        Assert.Equal(SignatureVerdict.Malformed, SignatureVerifier.Verify(request, careless, Key.Secret, Payload, "s3", Now));
    }

    [Fact]
    public void A_signature_for_another_service_is_malformed() => Assert.Equal(SignatureVerdict.Malformed, Check(Signed(Plain), service: "cloudfront"));

    [Theory]
    [InlineData(0, SignatureVerdict.Valid)]
    [InlineData(900, SignatureVerdict.Valid)]
    [InlineData(-900, SignatureVerdict.Valid)]
    [InlineData(901, SignatureVerdict.RequestTimeTooSkewed)]
    [InlineData(-901, SignatureVerdict.RequestTimeTooSkewed)]
    public void A_clock_may_be_off_by_fifteen_minutes_either_way_NB_1_3(int seconds, SignatureVerdict verdict) =>
        Assert.Equal(verdict, Check(Signed(Plain), now: Now.AddSeconds(seconds)));

    [Theory]
    [InlineData(-901, SignatureVerdict.RequestTimeTooSkewed)]
    [InlineData(-900, SignatureVerdict.Valid)]
    [InlineData(0, SignatureVerdict.Valid)]
    [InlineData(3_600, SignatureVerdict.Valid)]
    [InlineData(3_601, SignatureVerdict.Expired)]
    public void A_presigned_URL_is_valid_until_its_time_is_over(int seconds, SignatureVerdict verdict) =>
        Assert.Equal(verdict, Check(Presigned("key=1", 3_600), payload: SignatureVerifier.UnsignedPayload, now: Now.AddSeconds(seconds)));

    [Fact]
    public void A_presigned_URL_can_neither_be_prolonged_nor_extended()
    {
        var signed = Presigned("key=1", 3_600);

        Assert.Equal(
            SignatureVerdict.SignatureDoesNotMatch,
            Check(signed with { RawQuery = signed.RawQuery.Replace("X-Amz-Expires=3600", "X-Amz-Expires=604800", StringComparison.Ordinal) }, payload: SignatureVerifier.UnsignedPayload));
        Assert.Equal(
            SignatureVerdict.SignatureDoesNotMatch,
            Check(signed with { RawQuery = signed.RawQuery + "&response-content-type=text/html" }, payload: SignatureVerifier.UnsignedPayload));
    }

    [Fact]
    public void The_payload_marker_of_a_presigned_request_may_travel_unsigned_but_no_other_amz_header()
    {
        var signed = Presigned("key=1", 3_600);

        Assert.Equal(
            SignatureVerdict.Valid,
            Check(signed with { Headers = [.. signed.Headers, new("x-amz-content-sha256", "UNSIGNED-PAYLOAD")] }, payload: SignatureVerifier.UnsignedPayload));
        Assert.Equal(
            SignatureVerdict.Malformed,
            Check(signed with { Headers = [.. signed.Headers, new("x-amz-acl", "public-read")] }, payload: SignatureVerifier.UnsignedPayload));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void A_made_up_signature_does_not_match(string signature)
    {
        var request = Signed(Plain);
        Assert.True(SignatureClaim.TryRead(request, out var claim, out _));

        Assert.Equal(
            SignatureVerdict.SignatureDoesNotMatch,
            SignatureVerifier.Verify(request, claim! with { Signature = signature }, Key.Secret, Payload, "s3", Now));
    }

    private static SignableRequest Signed(SignableRequest request, string service = "s3")
    {
        string[] also = [.. request.Headers.Select(header => header.Key).Where(name => name.StartsWith("x-amz-", StringComparison.Ordinal)).Distinct()];
        return request with { Headers = [.. request.Headers, .. RequestSigner.Sign(request, Key, "us-east-1", service, Payload, Now, also)] };
    }

    private static SignableRequest Presigned(string query, int seconds)
    {
        var scope = new CredentialScope("20260807", "us-east-1", "s3");
        var full = $"{query}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={Uri.EscapeDataString($"{Key.Id}/{scope}")}"
            + $"&X-Amz-Date=20260807T120000Z&X-Amz-Expires={seconds}&X-Amz-SignedHeaders=host";
        var request = new SignableRequest("GET", "/bucket/key", full, [new("Host", "h.example")]);
        var canonical = CanonicalRequest.Build(request, ["host"], SignatureVerifier.UnsignedPayload, doubleEncodePath: false)!;
        return request with { RawQuery = $"{full}&X-Amz-Signature={scope.Sign(scope.DeriveKey(Key.Secret), "20260807T120000Z", canonical)}" };
    }

    private static SignatureVerdict Check(
        SignableRequest request, string? secret = null, string payload = Payload, string service = "s3", DateTimeOffset? now = null)
    {
        Assert.True(SignatureClaim.TryRead(request, out var claim, out var fault), fault);
        return SignatureVerifier.Verify(request, claim!, secret ?? Key.Secret, payload, service, now ?? Now);
    }

    private static SignableRequest Replace(SignableRequest request, string name, string value) =>
        request with { Headers = [.. request.Headers.Select(header => header.Key == name ? new(name, value) : header)] };

    private static Arbitrary<SignableRequest> Requests => (
        from method in Gen.Elements("GET", "PUT", "DELETE", "POST")
        from path in Gen.ListOf(Gen.Elements("/", "a", "%20", "%2F", "+", "~", "..", "%e4", "*"))
        from query in Gen.ListOf(Gen.Elements("a=1", "b", "c=%20", "d=+", "e==", "a=0", "%ff=%fe", ""))
        from headers in Gen.ListOf(Gen.Elements<KeyValuePair<string, string>>(new("x-amz-acl", "a"), new("x-amz-meta-b", "  x  y "), new("Accept", ""), new("x-amz-meta-c", "")))
        select new SignableRequest(method, "/" + string.Concat(path), string.Join('&', query), [new("Host", "h.example:8402"), .. headers])).ToArbitrary();
}
