// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.SigV4;

public sealed class SignatureClaimTests
{
    private const string Timestamp = "20260807T120000Z";
    private const string Credential = "AKID/20260807/us-east-1/s3/aws4_request";

    [Fact]
    public void A_request_without_a_claim_has_no_fault_either()
    {
        Assert.False(SignatureClaim.TryRead(new SignableRequest("GET", "/", "a=b", []), out var claim, out var fault));
        Assert.Null(claim);
        Assert.Null(fault);
    }

    [Theory]
    [InlineData("Credential=" + Credential + ", SignedHeaders=host;x-amz-date, Signature=00ff")]
    [InlineData("Credential=" + Credential + ",SignedHeaders=host;x-amz-date,Signature=00ff")]
    [InlineData("Signature=00ff,  Credential=" + Credential + ",  SignedHeaders=host;x-amz-date")]
    public void The_Authorization_header_is_read_with_and_without_spaces_in_any_order(string parameters)
    {
        var claim = Read(WithAuthorization("AWS4-HMAC-SHA256 " + parameters));

        Assert.Equal("AKID", claim.AccessKeyId);
        Assert.Equal(new CredentialScope("20260807", "us-east-1", "s3"), claim.Scope);
        Assert.Equal(["host", "x-amz-date"], claim.SignedHeaders);
        Assert.Equal("00ff", claim.Signature);
        Assert.Equal(new DateTimeOffset(2026, 8, 7, 12, 0, 0, TimeSpan.Zero), claim.SignedAt);
        Assert.False(claim.IsPresigned);
    }

    [Fact]
    public void A_key_id_may_hold_slashes() =>
        Assert.Equal("a/b", Read(WithAuthorization($"AWS4-HMAC-SHA256 Credential=a/b/20260807/r/s/aws4_request, SignedHeaders=host, Signature=0")).AccessKeyId);

    [Fact]
    public void The_Date_header_stands_in_for_a_missing_X_Amz_Date()
    {
        var request = new SignableRequest("GET", "/", "", [
            new("Authorization", $"AWS4-HMAC-SHA256 Credential={Credential}, SignedHeaders=host;date, Signature=0"), new("Date", "Fri, 07 Aug 2026 12:00:00 GMT")]);

        Assert.Equal(Timestamp, Read(request).Timestamp);
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("AWS AKID:signature")]
    [InlineData("AWS4-HMAC-SHA256")]
    [InlineData("AWS4-HMAC-SHA256 ")]
    [InlineData("AWS4-HMAC-SHA256 Credential, SignedHeaders, Signature")]
    [InlineData("AWS4-HMAC-SHA256 Credential=" + Credential + ", SignedHeaders=host")]
    [InlineData("AWS4-HMAC-SHA256 Credential=" + Credential + ", Signature=0")]
    [InlineData("AWS4-HMAC-SHA256 SignedHeaders=host, Signature=0")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID/20260807/us-east-1/s3/aws5_request, SignedHeaders=host, Signature=0")]
    [InlineData("AWS4-HMAC-SHA256 Credential=20260807/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID/20260806/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID//us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID/2026/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID/20260807T12/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0")]
    public void An_Authorization_header_that_cannot_be_read_is_a_fault(string authorization)
    {
        Assert.False(SignatureClaim.TryRead(WithAuthorization(authorization), out var claim, out var fault));
        Assert.Null(claim);
        Assert.NotNull(fault);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-08-07T12:00:00Z")]
    [InlineData("20260807T120000")]
    [InlineData("20261307T120000Z")]
    public void A_claim_needs_a_date_in_its_form(string? timestamp)
    {
        var request = new SignableRequest("GET", "/", "", [
            new("Authorization", $"AWS4-HMAC-SHA256 Credential={Credential}, SignedHeaders=host, Signature=0"), .. timestamp is null ? [] : new[] { KeyValuePair.Create("X-Amz-Date", timestamp) }]);

        Assert.False(SignatureClaim.TryRead(request, out _, out var fault));
        Assert.NotNull(fault);
    }

    [Fact]
    public void A_presigned_query_is_read_decoded()
    {
        var claim = Read(new SignableRequest("GET", "/", Presigned("AWS4-HMAC-SHA256", "3600"), []));

        Assert.True(claim.IsPresigned);
        Assert.Equal(TimeSpan.FromHours(1), claim.ValidFor);
        Assert.Equal("AKID", claim.AccessKeyId);
        Assert.Equal(["host", "x-amz-acl"], claim.SignedHeaders);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("604800")]
    public void A_presigned_URL_lives_from_a_second_to_a_week(string expires) =>
        Assert.True(SignatureClaim.TryRead(new SignableRequest("GET", "/", Presigned("AWS4-HMAC-SHA256", expires), []), out _, out _));

    [Theory]
    [InlineData("AWS4-HMAC-SHA256", "0")]
    [InlineData("AWS4-HMAC-SHA256", "604801")]
    [InlineData("AWS4-HMAC-SHA256", "-1")]
    [InlineData("AWS4-HMAC-SHA256", "")]
    [InlineData("AWS4-HMAC-SHA256", "1.5")]
    [InlineData("AWS4-HMAC-SHA256", "99999999999999999999")]
    [InlineData("AWS4-ECDSA-P256-SHA256", "60")]
    [InlineData("", "60")]
    public void A_presigned_URL_of_another_algorithm_or_duration_is_a_fault(string algorithm, string expires)
    {
        Assert.False(SignatureClaim.TryRead(new SignableRequest("GET", "/", Presigned(algorithm, expires), []), out _, out var fault));
        Assert.NotNull(fault);
    }

    [Fact]
    public void Rubbish_never_throws() =>
        Prop.ForAll<string?, string?, string?>((authorization, date, query) =>
        {
            _ = SignatureClaim.TryRead(
                new SignableRequest("GET", "/", "X-Amz-Algorithm=AWS4-HMAC-SHA256&" + query, [new("X-Amz-Date", date ?? "")]), out _, out var queryFault);
            return queryFault is not null
                && !SignatureClaim.TryRead(new SignableRequest("GET", "/", "", [new("Authorization", "AWS4-HMAC-SHA256 " + authorization)]), out _, out _);
        }).QuickCheckThrowOnFailure();

    private static string Presigned(string algorithm, string expires) =>
        $"X-Amz-Algorithm={algorithm}&X-Amz-Credential={Uri.EscapeDataString(Credential)}&X-Amz-Date={Timestamp}&X-Amz-Expires={expires}&X-Amz-SignedHeaders=host%3Bx-amz-acl&X-Amz-Signature=00ff";

    private static SignableRequest WithAuthorization(string authorization) =>
        new("GET", "/", "", [new("authorization", authorization), new("X-Amz-Date", Timestamp)]);

    private static SignatureClaim Read(SignableRequest request)
    {
        Assert.True(SignatureClaim.TryRead(request, out var claim, out var fault), fault);
        return claim!;
    }
}
