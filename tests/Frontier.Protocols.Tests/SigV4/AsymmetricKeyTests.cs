// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Frontier.Protocols.SigV4;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.SigV4;

/// <summary>Signature Version 4A beside its vectors: the derived key, and what a claim may not leave out.</summary>
public sealed class AsymmetricKeyTests
{
    private const string Timestamp = "20260807T120000Z";

    private static readonly AccessKey Key = new("AKIDTESTS", "a secret of tests");
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The figures that other implementations agreed on.</summary>
    [Theory]
    [InlineData(
        "AKISORANDOMAASORANDOM", "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom",
        "15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb", "0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0")]
    [InlineData(
        "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        "b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1", "865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518")]
    public void An_access_key_has_the_published_public_key(string id, string secret, string x, string y)
    {
        using var pair = AsymmetricKey.Derive(new AccessKey(id, secret));

        var point = pair.ExportParameters(includePrivateParameters: false).Q;

        Assert.Equal((x, y), (Convert.ToHexStringLower(point.X!), Convert.ToHexStringLower(point.Y!)));
    }

    [Fact]
    public void Only_the_owner_of_the_secret_signs()
    {
        var signature = Sign(Key, "text");

        Assert.True(AsymmetricKey.Verify(Key, "text", signature));
        Assert.False(AsymmetricKey.Verify(Key, "texts", signature));
        Assert.False(AsymmetricKey.Verify(Key with { Id = "AKIDTESTT" }, "text", signature));
        Assert.False(AsymmetricKey.Verify(Key with { Secret = "another" }, "text", signature));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz")]
    [InlineData("3006020100020100")]
    [InlineData("300602010002")]
    public void What_is_no_signature_is_refused_and_nothing_thrown(string signature)
    {
        Assert.False(AsymmetricKey.Verify(Key, "text", signature));
        Assert.False(AsymmetricKey.Verify(Key, "text", Sign(Key, "text") + "00"));
        Assert.False(AsymmetricKey.Verify(Key, "text", new string('0', 10_000)));
    }

    [Fact]
    public void No_text_in_the_place_of_a_signature_throws() =>
        Prop.ForAll<string>(text => !AsymmetricKey.Verify(Key, "text", text ?? "")).QuickCheckThrowOnFailure();

    /// <summary>Servers that do not ask for it keep refusing it, as the bucket server does.</summary>
    [Fact]
    public void A_claim_of_4A_is_read_only_where_it_is_allowed()
    {
        var request = Signed("host;x-amz-date;x-amz-region-set");

        Assert.False(SignatureClaim.TryRead(request, out _, out var fault));
        Assert.Equal("The authorization mechanism is not AWS4-HMAC-SHA256.", fault);
        Assert.True(SignatureClaim.TryRead(request, out var claim, out _, allowAsymmetric: true));
        Assert.Equal(("AKIDTESTS", "20260807/a-service/aws4_request", true), (claim!.AccessKeyId, claim.Scope.ToString(), claim.IsAsymmetric));
        Assert.Equal(SignatureVerdict.Valid, SignatureVerifier.Verify(request, claim, Key.Secret, SignatureVerifier.EmptyPayloadHash, "a-service", Now));
    }

    [Theory]
    [InlineData("host;x-amz-date", SignatureVerdict.Malformed)]
    [InlineData("x-amz-date;x-amz-region-set", SignatureVerdict.Malformed)]
    [InlineData("host;x-amz-region-set", SignatureVerdict.Malformed)]
    public void Host_date_and_region_set_must_be_signed(string signedHeaders, SignatureVerdict expected)
    {
        var request = Signed(signedHeaders);
        Assert.True(SignatureClaim.TryRead(request, out var claim, out _, allowAsymmetric: true));

        Assert.Equal(expected, SignatureVerifier.Verify(request, claim!, Key.Secret, SignatureVerifier.EmptyPayloadHash, "a-service", Now));
    }

    [Fact]
    public void An_old_claim_and_one_for_another_service_are_refused()
    {
        var request = Signed("host;x-amz-date;x-amz-region-set");
        SignatureClaim.TryRead(request, out var claim, out _, allowAsymmetric: true);

        Assert.Equal(SignatureVerdict.RequestTimeTooSkewed, SignatureVerifier.Verify(request, claim!, Key.Secret, SignatureVerifier.EmptyPayloadHash, "a-service", Now.AddMinutes(6)));
        Assert.Equal(SignatureVerdict.Malformed, SignatureVerifier.Verify(request, claim!, Key.Secret, SignatureVerifier.EmptyPayloadHash, "service", Now));
    }

    [Theory]
    [InlineData("AKIDTESTS/20260807/us-east-1/a-service")]
    [InlineData("20260807/a-service/aws4_request")]
    [InlineData("AKIDTESTS/20260806/a-service/aws4_request")]
    public void A_credential_of_another_form_is_malformed(string credential)
    {
        var request = Signed("host;x-amz-date;x-amz-region-set", credential);

        Assert.False(SignatureClaim.TryRead(request, out _, out var fault, allowAsymmetric: true));
        Assert.NotNull(fault);
    }

    private static SignableRequest Signed(string signedHeaders, string credential = "AKIDTESTS/20260807/a-service/aws4_request")
    {
        var request = new SignableRequest("GET", "/a%2Fb", "c=d", [new("Host", "example.test"), new("X-Amz-Date", Timestamp), new("X-Amz-Region-Set", "*")]);
        var canonical = CanonicalRequest.Build(request, signedHeaders.Split(';'), SignatureVerifier.EmptyPayloadHash, doubleEncodePath: true)!;
        var signature = Sign(Key, new CredentialScope(Timestamp[..8], "", "a-service").StringToSign(AsymmetricKey.Algorithm, Timestamp, canonical));
        return request with { Headers = [.. request.Headers, new("Authorization", $"{AsymmetricKey.Algorithm} Credential={credential}, SignedHeaders={signedHeaders}, Signature={signature}")] };
    }

    private static string Sign(AccessKey key, string text)
    {
        using var pair = AsymmetricKey.Derive(key);
        return Convert.ToHexStringLower(pair.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }
}
