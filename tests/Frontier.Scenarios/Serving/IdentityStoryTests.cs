// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Serving;

/// <summary>Settings of older days, as tools still write them: an origin access identity and ForwardedValues.</summary>
public sealed class IdentityStoryTests
{
    private const string Api = "/2020-05-31";

    private const string Identity = """
        <CloudFrontOriginAccessIdentityConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">
          <CallerReference>story</CallerReference><Comment>for a bucket of older days</Comment>
        </CloudFrontOriginAccessIdentityConfig>
        """;

    /// <summary>DP-13.7, NB-1.9: a bucket opens to the identity by either of its names, and to nobody else.</summary>
    [Fact]
    public async Task A_private_bucket_is_served_through_an_origin_access_identity()
    {
        using var data = new TemporaryDirectory();
        await using var node = await InProcess.StartAsync(data.Path, TimeProvider.System);
        using var client = Client.Of(node, TimeProvider.System);
        (await client.Buckets.SendAsync(HttpMethod.Put, "/legacy")).Expect(200);
        (await client.PutAsync("legacy", "one", "first"u8.ToArray())).Expect(200);
        (await client.PutAsync("legacy", "two", "second"u8.ToArray())).Expect(200);
        var identity = (await PostAsync(client, "/origin-access-identity/cloudfront", Identity)).Expect(201);
        var site = await client.MakeSiteAsync(Distribution(identity.Element("Id")));

        (await client.GetAsync(site.Domain, "/one")).Expect(403);
        await OpenToAsync(client, "AWS", $"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity {identity.Element("Id")}");
        var served = (await client.GetAsync(site.Domain, "/one")).Expect(200);
        await OpenToAsync(client, "CanonicalUser", identity.Element("S3CanonicalUserId"));

        Assert.Equal("first", served.Text);
        Assert.Equal("second", (await client.GetAsync(site.Domain, "/two")).Expect(200).Text);
    }

    private static Task<Answer> PostAsync(Client client, string path, string document) => client.CloudFront.SendAsync(HttpMethod.Post, Api + path, Encoding.UTF8.GetBytes(document));

    private static async Task OpenToAsync(Client client, string kind, string principal) => (await client.Buckets.SendAsync(HttpMethod.Put, "/legacy?policy", Encoding.UTF8.GetBytes(
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"{{kind}}":"{{principal}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::legacy/*"}]}"""))).Expect(204);

    private static string Distribution(string identity) => $"""
        <DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">
          <CallerReference>story</CallerReference>
          <Comment></Comment>
          <Enabled>true</Enabled>
          <Origins>
            <Quantity>1</Quantity>
            <Items>
              <Origin>
                <Id>bucket</Id>
                <DomainName>legacy.s3.amazonaws.com</DomainName>
                <S3OriginConfig><OriginAccessIdentity>origin-access-identity/cloudfront/{identity}</OriginAccessIdentity></S3OriginConfig>
              </Origin>
            </Items>
          </Origins>
          <DefaultCacheBehavior>
            <TargetOriginId>bucket</TargetOriginId>
            <ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>
            <ForwardedValues><QueryString>false</QueryString><Cookies><Forward>none</Forward></Cookies></ForwardedValues>
            <MinTTL>0</MinTTL>
          </DefaultCacheBehavior>
        </DistributionConfig>
        """;
}
