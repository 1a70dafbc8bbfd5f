// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Publishing;

/// <summary>Origin access control for what is no bucket: which hosts it fits, and what edges are told (API-10.5, DP-13.9, DP-13.13).</summary>
public sealed class SignedServicesTests
{
    private const string Lambda = "abc.lambda-url.eu-west-1.on.aws";

    [Theory]
    [InlineData("lambda", Lambda, "eu-west-1")]
    [InlineData("mediastore", "c1.data.mediastore.us-east-1.amazonaws.com", "us-east-1")]
    [InlineData("mediapackagev2", "ch.egress.group.mediapackagev2.eu-central-1.amazonaws.com", "eu-central-1")]
    public async Task Edges_get_the_distribution_s_own_key_with_service_and_region(string type, string host, string region)
    {
        await using var control = await TestControl.StartAsync();
        var access = (await control.CallAsync("POST", "origin-access-control", OriginAccessControl("a", type: type))).Expect(201);
        var made = (await control.CallAsync("POST", "distribution", Distribution("a", At(host, access.Text("Id"))))).Expect(201);

        var origin = (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().Origins[0];

        Assert.Null(origin.S3);
        Assert.True(origin.Signing is { Behavior: OriginSigningBehavior.Always });
        Assert.Equal((type, region, "OAC" + made.Text("Id"), 64), (origin.Signing.Service, origin.Signing.Region, origin.Signing.AccessKeyId, origin.Signing.SecretAccessKey.Length));
    }

    [Fact]
    public async Task A_change_of_the_access_control_alone_reaches_the_edges_DP_13_8()
    {
        await using var control = await TestControl.StartAsync();
        var access = (await control.CallAsync("POST", "origin-access-control", OriginAccessControl("a", type: "lambda"))).Expect(201);
        (await control.CallAsync("POST", "distribution", Distribution("a", At(Lambda, access.Text("Id"))))).Expect(201);
        Assert.Equal(OriginSigningBehavior.Always, (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().Origins[0].Signing!.Behavior);

        (await control.CallAsync("PUT", $"origin-access-control/{access.Text("Id")}/config", OriginAccessControl("a", type: "lambda", signing: "never"), access.ETag)).Expect(200);

        Assert.Null((await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().Origins[0].Signing);
    }

    [Theory]
    [InlineData("lambda", "www.example.com", "InvalidDomainNameForOriginAccessControl")]
    [InlineData("lambda", "c1.data.mediastore.us-east-1.amazonaws.com", "InvalidDomainNameForOriginAccessControl")]
    [InlineData("lambda", "pics.s3.amazonaws.com", "InvalidDomainNameForOriginAccessControl")]
    [InlineData("mediastore", Lambda, "InvalidDomainNameForOriginAccessControl")]
    [InlineData("s3", Lambda, "InvalidDomainNameForOriginAccessControl")]
    [InlineData("s3", "pics.s3-website-eu-west-1.amazonaws.com", "InvalidDomainNameForOriginAccessControl")] // DP-13.11
    [InlineData("s3", "pics.s3.amazonaws.com", "InvalidOriginAccessControl")] // as a custom origin
    public async Task A_type_that_does_not_fit_the_host_is_refused_API_10_5(string type, string host, string error)
    {
        await using var control = await TestControl.StartAsync();
        var access = (await control.CallAsync("POST", "origin-access-control", OriginAccessControl("a", type: type))).Expect(201);
        (await control.CallAsync("POST", "distribution", Distribution("a", At(host, access.Text("Id"))))).ExpectError(400, error);
    }

    [Fact]
    public async Task A_header_that_would_hide_a_loop_is_refused_RFC_8586_section_2()
    {
        await using var control = await TestControl.StartAsync();
        var header = ("Origins/Items/Origin", (string?)"+<CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader><HeaderName>cdn-loop</HeaderName><HeaderValue>x</HeaderValue></OriginCustomHeader></Items></CustomHeaders>");
        var answer = (await control.CallAsync("POST", "distribution", Distribution("a", header))).ExpectError(400, "InvalidArgument");
        Assert.Contains("'cdn-loop' that is not allowed", answer.ErrorMessage, StringComparison.Ordinal);
    }

    private static (string, string?)[] At(string host, string? access) =>
        [("Origins/Items/Origin/DomainName", host), ("Origins/Items/Origin", $"+<OriginAccessControlId>{access}</OriginAccessControlId>")];
}
