// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Protocols.SigV4;

namespace Frontier.Buckets.Tests.Access;

public sealed class SignatureTests
{
    [Fact]
    public async Task What_is_not_signed_rightly_changes_nothing_NB_1_3()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.SendUnsignedAsync("PUT", "/bucket/key", "x"u8.ToArray())).Expect(403, "AccessDenied");
        (await host.SendAsync("PUT", "/bucket/key", "x"u8.ToArray(), key: new AccessKey("NOBODY", "s"))).Expect(403, "InvalidAccessKeyId");
        (await host.SendAsync("PUT", "/bucket/key", "x"u8.ToArray(), key: BucketHost.OwnerKey with { Secret = "wrong" })).Expect(403, "SignatureDoesNotMatch");
        (await host.SendAsync("PUT", "/bucket/key", "x"u8.ToArray(), payload: new string('0', 64))).Expect(400, "XAmzContentSHA256Mismatch");
        (await host.SendAsync("PUT", "/bucket/key", "x"u8.ToArray(), payload: "nonsense")).Expect(400, "InvalidArgument");
        (await host.SendUnsignedAsync("GET", "/bucket", headers: ("Authorization", "AWS4-HMAC-SHA256 Credential=x"))).Expect(400, "AuthorizationHeaderMalformed");
        (await host.SendUnsignedAsync("GET", "/bucket", headers: ("Authorization", "AWS a:b"))).Expect(400, "InvalidRequest");
        (await host.SendUnsignedAsync("GET", "/bucket?AWSAccessKeyId=a&Signature=b&Expires=1")).Expect(400, "InvalidRequest");
        (await host.SendUnsignedAsync("GET", "/bucket", headers: [.. host.Sign("GET", "/bucket", null, null, BucketHost.OwnerKey, null), ("x-amz-extra", "unsigned")])).Expect(403, "AccessDenied");
        Assert.Empty((await host.SendAsync("GET", "/bucket")).Expect(200).All("Key"));
    }

    [Fact]
    public async Task An_unsigned_payload_is_taken_when_it_says_so()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.SendAsync("PUT", "/bucket/key", "x"u8.ToArray(), payload: SignatureVerifier.UnsignedPayload)).Expect(200);
    }

    [Fact]
    public async Task A_clock_may_be_a_quarter_of_an_hour_off_NB_1_3()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        var signed = host.Sign("GET", "/bucket", null, null, BucketHost.OwnerKey, null);
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        (await host.SendUnsignedAsync("GET", "/bucket", headers: signed)).Expect(200);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        (await host.SendUnsignedAsync("GET", "/bucket", headers: signed)).Expect(403, "RequestTimeTooSkewed");
    }

    [Fact]
    public async Task A_presigned_url_works_until_its_time_is_over()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/a%20key", "x")).Expect(200);
        var url = Presign(host, "GET", "/bucket/a%20key", 60);
        Assert.Equal("x", (await host.SendUnsignedAsync("GET", url)).Expect(200).Text);
        (await host.SendUnsignedAsync("GET", url.Replace("a%20key", "other", StringComparison.Ordinal))).Expect(403, "SignatureDoesNotMatch");
        (await host.SendUnsignedAsync("PUT", Presign(host, "PUT", "/bucket/put", 60), "y"u8.ToArray())).Expect(200);
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Contains("expired", (await host.SendUnsignedAsync("GET", url)).Expect(403, "AccessDenied").Text, StringComparison.Ordinal);
        (await host.SendUnsignedAsync("GET", Presign(host, "GET", "/bucket/put", 604_801))).Expect(400, "AuthorizationQueryParametersError");
    }

    private static string Presign(BucketHost host, string method, string path, int seconds)
    {
        var timestamp = host.Clock.GetUtcNow().ToString(SignatureClaim.TimestampForm, CultureInfo.InvariantCulture);
        var scope = new CredentialScope(timestamp[..8], "us-east-1", "s3");
        var query = $"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={Uri.EscapeDataString($"{BucketHost.OwnerKey.Id}/{scope}")}&X-Amz-Date={timestamp}&X-Amz-Expires={seconds}&X-Amz-SignedHeaders=host";
        var request = new SignableRequest(method, path, query, [new("host", host.Endpoint.ToString())]);
        var canonical = CanonicalRequest.Build(request, ["host"], SignatureVerifier.UnsignedPayload, doubleEncodePath: false)!;
        return $"{path}?{query}&X-Amz-Signature={scope.Sign(scope.DeriveKey(BucketHost.OwnerKey.Secret), timestamp, canonical)}";
    }
}
