// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Tests.Harness;
using Frontier.Protocols.SigV4;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Publishing;

public sealed class SnapshotTests
{
    [Fact]
    public async Task A_custom_origin_and_its_behaviors_reach_the_edge_field_by_field()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "distribution", Distribution(
            "ref-1",
            ("", "+<DefaultRootObject>index.html</DefaultRootObject>"), ("", "+<HttpVersion>http1.1</HttpVersion>"), ("", "+" + Aliases("www.example.com")),
            ("Origins/Items/Origin", "+<OriginPath>/site</OriginPath>"),
            ("Origins/Items/Origin", "+<ResponseCompletionTimeout>60</ResponseCompletionTimeout>"),
            ("Origins/Items/Origin", "+<CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader><HeaderName>X-Secret</HeaderName><HeaderValue>s</HeaderValue></OriginCustomHeader></Items></CustomHeaders>"),
            ("Origins/Items/Origin/CustomOriginConfig", "<CustomOriginConfig><HTTPPort>8080</HTTPPort><HTTPSPort>8443</HTTPSPort><OriginProtocolPolicy>https-only</OriginProtocolPolicy><OriginSslProtocols><Quantity>1</Quantity><Items><SslProtocol>TLSv1.2</SslProtocol></Items></OriginSslProtocols><OriginReadTimeout>7</OriginReadTimeout><OriginKeepaliveTimeout>9</OriginKeepaliveTimeout><IpAddressType>dualstack</IpAddressType></CustomOriginConfig>"),
            ("", $"+<CacheBehaviors><Quantity>1</Quantity><Items><CacheBehavior><PathPattern>/api/*</PathPattern><TargetOriginId>web</TargetOriginId><ViewerProtocolPolicy>redirect-to-https</ViewerProtocolPolicy><CachePolicyId>4135ea2d-6df8-44a3-9df3-4b5a84be39ad</CachePolicyId><OriginRequestPolicyId>216adef6-5c7f-47e4-b989-5492eafa07d3</OriginRequestPolicyId></CacheBehavior></Items></CacheBehaviors>")));

        var snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!;

        var distribution = snapshot.Distributions.Single();
        Assert.Equal(created.Text("DomainName"), distribution.DomainName);
        Assert.Equal(created.Text("ARN"), distribution.Arn);
        Assert.True(distribution is { Enabled: true, Http2: false, DefaultRootObject: "index.html", Aliases: ["www.example.com"] });
        var origin = distribution.Origins.Single();
        Assert.True(origin is
        {
            Id: "web", DomainName: "origin.example.com", Path: "/site", Protocol: OriginProtocol.HttpsOnly, HttpPort: 8080, HttpsPort: 8443, TlsProtocols: ["TLSv1.2"],
            ReadTimeoutSeconds: 7, KeepAliveTimeoutSeconds: 9, AddressFamily: OriginAddressFamily.DualStack, ResponseCompletionTimeoutSeconds: 60, S3: null,
        });
        Assert.Equal([new HeaderConfig("X-Secret", "s")], origin.CustomHeaders);
        Assert.True(distribution.Behaviors.Single() is { PathPattern: "/api/*", ViewerProtocol: ViewerProtocol.RedirectToHttps, OriginRequestPolicyId: not null });
        Assert.Equal(["Managed-CachingOptimized", "Managed-CachingDisabled"], snapshot.CachePolicies.Select(policy => policy.Name));
        Assert.Equal(["Managed-AllViewer"], snapshot.OriginRequestPolicies.Select(policy => policy.Name));
    }

    /// <summary>DP-13.8, DP-13.13, API-10.4.</summary>
    [Theory]
    [InlineData("pics.s3.amazonaws.com", "us-east-1")]
    [InlineData("pics.s3.eu-west-1.amazonaws.com", "eu-west-1")]
    [InlineData("pics.s3.frontier.localhost", "us-east-1")]
    public async Task A_bucket_with_an_access_control_gets_the_distributions_own_key(string host, string region)
    {
        await using var control = await TestControl.StartAsync();
        var access = (await control.CallAsync("POST", "origin-access-control", OriginAccessControl("oac"))).Text("Id")!;
        var id = (await control.CallAsync("POST", "distribution", Distribution("ref-1", Bucket(host, access)))).Expect(201).Text("Id")!;

        var origin = (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().Origins.Single();

        var key = OriginAccessKeys.Derive(control.Options.OriginAccessSecret, id);
        Assert.Equal(OriginProtocol.HttpsOnly, origin.Protocol); // DP-13.2
        Assert.Equal(new S3OriginConfig { Bucket = "pics", Region = region, Signing = OriginSigningBehavior.Always, AccessKeyId = key.Id, SecretAccessKey = key.Secret }, origin.S3);
    }

    [Fact]
    public async Task A_bucket_without_an_access_control_gets_no_key_and_a_website_is_a_custom_origin_DP_13_6_DP_13_11()
    {
        await using var control = await TestControl.StartAsync();
        (await control.CallAsync("POST", "distribution", Distribution("a", Bucket("pics.s3.amazonaws.com", "")))).Expect(201);
        (await control.CallAsync("POST", "distribution", Distribution("b", Bucket("pics.s3-website-eu-west-1.amazonaws.com", "")))).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("POST", "distribution", Distribution("c", ("Origins/Items/Origin/DomainName", "pics.s3-website-eu-west-1.amazonaws.com")))).Expect(201);

        var distributions = (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions;

        Assert.True(distributions[0].Origins[0].S3 is { Signing: OriginSigningBehavior.Never, AccessKeyId: null, SecretAccessKey: null });
        Assert.Null(distributions[1].Origins[0].S3);
    }

    [Fact]
    public async Task A_change_whose_snapshot_no_edge_would_load_is_refused()
    {
        await using var control = await TestControl.StartAsync(options => options with
        {
            SnapshotCheck = snapshot => snapshot.Distributions.Length > 1 ? ["Two are one too many."] : [],
        });
        (await control.CallAsync("POST", "distribution", Distribution("a"))).Expect(201);

        var answer = (await control.CallAsync("POST", "distribution", Distribution("b"))).ExpectError(400, "InvalidArgument");

        Assert.Contains("Two are one too many.", answer.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(1, (await control.ReportAsync("e", 0, 0)).Snapshot!.Version);
    }

    private static (string, string?)[] Bucket(string host, string access) =>
    [
        ("Origins/Items/Origin/DomainName", host),
        ("Origins/Items/Origin/CustomOriginConfig", "<S3OriginConfig><OriginAccessIdentity/></S3OriginConfig>"),
        ("Origins/Items/Origin", $"+<OriginAccessControlId>{access}</OriginAccessControlId>"),
    ];
}
