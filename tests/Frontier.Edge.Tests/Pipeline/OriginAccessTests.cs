// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Protocols.SigV4;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>Origin access control: what the origin received is verified as a bucket server would (DP-13.8 to DP-13.12).</summary>
public sealed class OriginAccessTests
{
    private const string Bucket = "pictures.s3.eu-west-1.amazonaws.com";
    private const string KeyId = "AKIAEDGE";
    private const string Secret = "edge-secret";

    [Theory]
    [InlineData("/a")]
    [InlineData("/dir/%C3%A9t%C3%A9%20and+plus/~x")]
    [InlineData("/a?b=2&a=1&empty&x=%2F")]
    public async Task Every_request_to_the_bucket_is_signed_with_the_distributions_key_and_its_path_left_alone_DP_13_9_DP_13_1(string target)
    {
        await using var edge = await WithBucketAsync(OriginSigningBehavior.Always);
        Assert.Equal(200, (await edge.GetAsync(target)).Status);
        var request = edge.Store.Log.Single();
        Assert.Equal((Bucket, target), (request.Header("Host"), request.Target));
        AssertSigned(edge, request, SignatureVerifier.EmptyPayloadHash);
    }

    [Fact]
    public async Task Always_replaces_the_viewers_authorization_DP_13_8()
    {
        await using var edge = await WithBucketAsync(OriginSigningBehavior.Always);
        await edge.GetAsync("/a", ("Authorization", "Bearer viewer"), ("X-Amz-Date", "20200101T000000Z"));
        AssertSigned(edge, edge.Store.Log.Single(), SignatureVerifier.EmptyPayloadHash);
    }

    [Fact]
    public async Task Never_sends_no_signature_DP_13_8()
    {
        await using var edge = await WithBucketAsync(OriginSigningBehavior.Never);
        await edge.GetAsync("/a");
        var request = edge.Store.Log.Single();
        Assert.Null(request.Header("Authorization"));
        Assert.Null(request.Header("X-Amz-Date"));
    }

    [Fact]
    public async Task No_override_signs_where_the_request_to_the_origin_has_no_authorization_DP_13_8()
    {
        await using var edge = await WithBucketAsync(OriginSigningBehavior.NoOverride);
        await edge.GetAsync("/a");
        AssertSigned(edge, edge.Store.Last("/a"), SignatureVerifier.EmptyPayloadHash);
    }

    [Fact]
    public async Task No_override_leaves_an_authorization_that_the_cache_policy_forwards_DP_13_8()
    {
        await using var edge = await WithBucketAsync(OriginSigningBehavior.NoOverride, TestPolicies.AuthorizationInKey);
        Assert.Equal(200, (await edge.GetAsync("/a", ("Authorization", "Bearer viewer"))).Status);
        Assert.Equal("Bearer viewer", edge.Store.Last("/a").Header("Authorization"));
        Assert.Null(edge.Store.Last("/a").Header("X-Amz-Date"));

        // Another viewer's answer is another object, and who sends none is signed for.
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
        AssertSigned(edge, edge.Store.Last("/a"), SignatureVerifier.EmptyPayloadHash);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync("/a", ("Authorization", "Bearer viewer"))).Cache);
    }

    [Fact]
    public async Task No_override_signs_where_the_viewers_authorization_is_not_forwarded_DP_10_2()
    {
        await using var edge = await WithBucketAsync(OriginSigningBehavior.NoOverride);
        await edge.GetAsync("/a", ("Authorization", "Bearer viewer"));
        AssertSigned(edge, edge.Store.Last("/a"), SignatureVerifier.EmptyPayloadHash);
    }

    [Fact]
    public async Task An_upload_is_signed_without_its_payload_DP_13_10()
    {
        await using var edge = await WithBucketAsync(OriginSigningBehavior.Always);
        using var body = new StringContent("a picture");
        Assert.Equal(200, (await edge.SendAsync(HttpMethod.Put, "/new", body)).Status);
        var request = edge.Store.Log.Single();
        Assert.Equal("a picture", request.BodyText);
        AssertSigned(edge, request, SignatureVerifier.UnsignedPayload);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Every_method_that_the_behavior_allows_reaches_the_bucket_signed_DP_13_3(string method)
    {
        await using var edge = await WithBucketAsync(OriginSigningBehavior.Always);
        edge.Store.On("*").Reply(405, "<Code>MethodNotAllowed</Code>");
        Assert.Equal(405, (await edge.SendAsync(new HttpMethod(method), "/a")).Status); // the bucket's word, not ours
        var request = edge.Store.Log.Single();
        Assert.Equal(method, request.Method);
        AssertSigned(edge, request, SignatureVerifier.EmptyPayloadHash);
    }

    [Fact]
    public async Task What_a_bucket_does_not_show_is_its_own_403_and_is_not_kept_DP_13_5()
    {
        await using var edge = await WithBucketAsync(OriginSigningBehavior.Always);
        edge.Store.On("/none").Reply(403, "<Error><Code>AccessDenied</Code></Error>", ("Content-Type", "application/xml"), ("x-amz-request-id", "R"));
        for (var asked = 1; asked <= 2; asked++)
        {
            var denied = await edge.GetAsync("/none");
            Assert.Equal((403, "<Error><Code>AccessDenied</Code></Error>", "application/xml"), (denied.Status, denied.Body, denied.Header("Content-Type")));
            Assert.Equal(("Error from cloudfront", null, asked), (denied.Cache, denied.Header("x-amz-request-id"), edge.Store.Requests("/none")));
        }
    }

    [Fact]
    public async Task A_revalidation_is_signed_too()
    {
        await using var edge = await WithBucketAsync(OriginSigningBehavior.Always);
        edge.Store.On("/a").Reply(200, "v1", ("ETag", "\"v1\""), ("Cache-Control", "max-age=60"));
        await edge.GetAsync("/a");
        edge.Clock.Advance(TimeSpan.FromHours(1));
        await edge.GetAsync("/a");
        Assert.Equal("\"v1\"", edge.Store.Last("/a").Header("If-None-Match"));
        AssertSigned(edge, edge.Store.Last("/a"), SignatureVerifier.EmptyPayloadHash);
    }

    private static async Task<TestEdge> WithBucketAsync(OriginSigningBehavior signing, string cachePolicy = TestPolicies.CookiesInKey)
    {
        var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            Origins =
            [
                distribution.Origins[0] with
                {
                    DomainName = Bucket,
                    S3 = new S3OriginConfig { Bucket = "pictures", Region = "eu-west-1", Signing = signing, AccessKeyId = KeyId, SecretAccessKey = Secret },
                },
            ],
            DefaultBehavior = TestEdge.Behavior("*") with
            {
                AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
                CachePolicyId = cachePolicy,
            },
        });
        edge.Store.On("*").Reply(200, "picture");
        return edge;
    }

    private static void AssertSigned(TestEdge edge, ScriptedRequest request, string payloadHash) =>
        OriginSignature.AssertIsOf(edge, request, new AccessKey(KeyId, Secret), "eu-west-1", payloadHash);
}
