// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Buckets.Access;
using Frontier.Protocols.SigV4;

namespace Frontier.Buckets.Tests.Access;

public sealed class PolicyTests
{
    private const string Arn = "arn:aws:cloudfront::123456789012:distribution/E1A2B3C4D5E6F7";

    [Fact]
    public async Task A_distribution_may_what_the_policy_grants_to_its_arn_NB_1_9()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/key", "x")).Expect(200);
        var edge = OriginAccessKeys.Derive(BucketHost.Secret, "E1A2B3C4D5E6F7");
        var other = OriginAccessKeys.Derive(BucketHost.Secret, "E9A2B3C4D5E6F7");
        (await host.SendAsync("GET", "/bucket/key", key: edge)).Expect(403, "AccessDenied");
        (await host.SendAsync("PUT", "/bucket?policy", Policies.Distribution("bucket", "E1A2B3C4D5E6F7"))).Expect(204);
        (await host.SendAsync("GET", "/bucket/key", key: edge)).Expect(200);
        (await host.SendAsync("HEAD", "/bucket/key", key: edge)).Expect(200);
        (await host.SendAsync("GET", "/bucket/key", key: other)).Expect(403, "AccessDenied");
        (await host.SendAsync("GET", "/bucket/key", key: edge with { Secret = other.Secret })).Expect(403, "SignatureDoesNotMatch");
        (await host.SendAsync("PUT", "/bucket/key", "y"u8.ToArray(), key: edge)).Expect(403, "AccessDenied");
        (await host.SendAsync("GET", "/", key: edge)).Expect(403, "AccessDenied");
        (await host.SendAsync("PUT", "/bucket?policy", Policies.PublicRead("bucket"), key: edge)).Expect(403, "AccessDenied");
        (await host.SendAsync("PUT", "/newbucket", key: edge)).Expect(403, "AccessDenied");
        (await host.SendUnsignedAsync("GET", "/bucket/key")).Expect(403, "AccessDenied");
    }

    /// <summary>NB-1.9, DP-13.7: both names that AWS gives a legacy identity.</summary>
    [Theory]
    [InlineData("AWS")]
    [InlineData("CanonicalUser")]
    public async Task An_origin_access_identity_may_what_the_policy_grants_to_it(string kind)
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/key", "x")).Expect(200);
        var identity = OriginAccessKeys.DeriveForIdentity(BucketHost.Secret, "E1A2B3C4D5E6F7");
        var other = OriginAccessKeys.DeriveForIdentity(BucketHost.Secret, "E9A2B3C4D5E6F7");
        var distribution = OriginAccessKeys.Derive(BucketHost.Secret, "E1A2B3C4D5E6F7");
        var principal = kind == "AWS" ? "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1A2B3C4D5E6F7" : OriginAccessKeys.CanonicalUserOf("E1A2B3C4D5E6F7");
        (await host.SendAsync("GET", "/bucket/key", key: identity)).Expect(403, "AccessDenied");
        (await host.SendAsync("PUT", "/bucket?policy", Policies.Principal("bucket", kind, principal))).Expect(204);

        (await host.SendAsync("GET", "/bucket/key", key: identity)).Expect(200);
        (await host.SendAsync("GET", "/bucket/key", key: other)).Expect(403, "AccessDenied");
        (await host.SendAsync("GET", "/bucket/key", key: distribution)).Expect(403, "AccessDenied");
        (await host.SendAsync("GET", "/bucket/key", key: identity with { Secret = distribution.Secret })).Expect(403, "SignatureDoesNotMatch");
        (await host.SendAsync("PUT", "/bucket/key", "y"u8.ToArray(), key: identity)).Expect(403, "AccessDenied");
        (await host.SendUnsignedAsync("GET", "/bucket/key")).Expect(403, "AccessDenied");
        Assert.Equal("false", (await host.SendAsync("GET", "/bucket?policyStatus")).Expect(200).One("IsPublic"));
        (await host.SendAsync("PUT", "/bucket?policy", Policies.Distribution("bucket", "E1A2B3C4D5E6F7"))).Expect(204);
        (await host.SendAsync("GET", "/bucket/key", key: identity)).Expect(403, "AccessDenied");
    }

    [Fact]
    public async Task A_denial_can_spare_an_identity_by_its_arn_NB_1_9()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/key", "x")).Expect(200);
        (await host.SendAsync("PUT", "/bucket?policy", """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"},
            {"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*",
            "Condition":{"StringNotEquals":{"aws:PrincipalArn":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"} } }]}
            """u8.ToArray())).Expect(204);

        (await host.SendAsync("GET", "/bucket/key", key: OriginAccessKeys.DeriveForIdentity(BucketHost.Secret, "E1"))).Expect(200);
        (await host.SendAsync("GET", "/bucket/key", key: OriginAccessKeys.DeriveForIdentity(BucketHost.Secret, "E2"))).Expect(403, "AccessDenied");
        (await host.SendUnsignedAsync("GET", "/bucket/key")).Expect(403, "AccessDenied");
    }

    [Fact]
    public async Task Who_may_not_list_learns_not_that_a_key_is_missing_NB_1_6()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.SendAsync("PUT", "/bucket?policy", Policies.PublicRead("bucket"))).Expect(204);
        (await host.SendUnsignedAsync("GET", "/bucket/none")).Expect(403, "AccessDenied");
        (await host.SendAsync("PUT", "/bucket?policy", Policies.PublicRead("bucket", "\"s3:GetObject\",\"s3:ListBucket\"", "*"))).Expect(204);
        (await host.SendUnsignedAsync("GET", "/bucket/none")).Expect(404, "NoSuchKey");
        (await host.SendUnsignedAsync("GET", "/bucket?list-type=2")).Expect(200);
    }

    [Fact]
    public async Task A_policy_judges_the_very_prefix_that_is_listed()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/secret/key", "x")).Expect(200);
        (await host.SendAsync("PUT", "/bucket?policy", """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::bucket",
            "Condition":{"StringLike":{"s3:prefix":"public/*"} } }]}
            """u8.ToArray())).Expect(204);
        (await host.SendUnsignedAsync("GET", "/bucket?list-type=2&prefix=public/")).Expect(200);
        (await host.SendUnsignedAsync("GET", "/bucket?list-type=2&Prefix=public/")).Expect(403, "AccessDenied");
        (await host.SendUnsignedAsync("GET", "/bucket?list-type=2&prefix=secret/&Prefix=public/")).Expect(403, "AccessDenied");
        (await host.SendUnsignedAsync("GET", "/bucket?list-type=2&prefix=secret/&prefix=public/")).Expect(403, "AccessDenied");
    }

    [Fact]
    public async Task A_copy_needs_the_right_to_read_its_source()
    {
        await using var host = await BucketHost.StartAsync("source", "target");
        (await host.PutAsync("/source/key", "secret")).Expect(200);
        var edge = OriginAccessKeys.Derive(BucketHost.Secret, "E1A2B3C4D5E6F7");
        (await host.SendAsync("PUT", "/target?policy", Policies.Distribution("target", "E1A2B3C4D5E6F7", "\"s3:*\""))).Expect(204);
        (await host.SendAsync("PUT", "/target/key", key: edge, headers: ("x-amz-copy-source", "/source/key"))).Expect(403, "AccessDenied");
    }

    [Fact]
    public async Task Public_policies_can_be_blocked()
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.PutAsync("/bucket/key", "x")).Expect(200);
        (await host.SendAsync("PUT", "/bucket?policy", Policies.PublicRead("bucket"))).Expect(204);
        (await host.SendUnsignedAsync("GET", "/bucket/key")).Expect(200);
        (await host.SendAsync("PUT", "/bucket?publicAccessBlock", "<PublicAccessBlockConfiguration><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>"u8.ToArray())).Expect(200);
        (await host.SendUnsignedAsync("GET", "/bucket/key")).Expect(403, "AccessDenied");
        (await host.SendAsync("PUT", "/bucket?policy", Policies.PublicRead("bucket"))).Expect(403, "AccessDenied");
        (await host.SendAsync("PUT", "/bucket?policy", Policies.Distribution("bucket", "E1A2B3C4D5E6F7"))).Expect(204);
        Assert.Equal("false", (await host.SendAsync("GET", "/bucket?policyStatus")).Expect(200).One("IsPublic"));
    }

    [Theory]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:Get*","Resource":"arn:aws:s3:::b/k?y"}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"S3:getobject","Resource":"*"}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":"*","NotAction":"s3:PutObject","Resource":"*"}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":"*","NotAction":"s3:GetObject","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"*","NotResource":"arn:aws:s3:::b/k*"}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":{"CanonicalUser":"abc"},"Action":"*","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":{"Service":"other.amazonaws.com"},"Action":"*","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1A2B3C4D5E6F7"},"Action":"*","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/k*"}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"ArnLike":{"aws:sourceARN":"arn:aws:cloudfront::*:distribution/E1*"}}}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceAccount":"123456789012"}}}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:Absent":"x"}}}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:Absent":"x"}}}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":["10.0.0.0/8","192.0.2.7"]}}}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}}}""", false)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":true}}}""", false)]
    public void Statements_are_weighed_NB_1_9(string statements, bool allowed)
    {
        Assert.True(BucketPolicy.TryParse(Encoding.UTF8.GetBytes($$"""{"Statement":[{{statements}}]}"""), out var policy, out var fault), fault);
        var context = new Dictionary<string, string> { ["aws:sourcearn"] = Arn, ["aws:sourceaccount"] = "123456789012", ["aws:sourceip"] = "192.0.2.7", ["aws:securetransport"] = "false" };
        Assert.Equal(allowed, policy!.Allows(new AccessRequest(Caller.Distribution("E1A2B3C4D5E6F7"), "s3:GetObject", "arn:aws:s3:::b/key", context)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Statement":[]}""")]
    [InlineData("""{"Statement":[{"Effect":"Maybe","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::bucket/*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bucket/*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"me","Action":"s3:*","Resource":"arn:aws:s3:::bucket/*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","NotPrincipal":"*","Action":"s3:*","Resource":"arn:aws:s3:::bucket/*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"ec2:*","Resource":"arn:aws:s3:::bucket/*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::elsewhere/*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::bucket/*","Condition":{"StringEqualz":{"a":"b"}}}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::bucket/*","Condition":{"0":{"a":"b"}}}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::bucket/*","Condition":{"IpAddress":{"aws:SourceIp":"here"}}}]}""")]
    public async Task A_policy_that_is_not_wholly_understood_is_refused(string policy)
    {
        await using var host = await BucketHost.StartAsync("bucket");
        (await host.SendAsync("PUT", "/bucket?policy", Encoding.UTF8.GetBytes(policy))).Expect(400, "MalformedPolicy");
        (await host.SendAsync("GET", "/bucket?policy")).Expect(404, "NoSuchBucketPolicy");
    }
}
