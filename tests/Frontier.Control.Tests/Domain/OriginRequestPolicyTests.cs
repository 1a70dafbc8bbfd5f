// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Contracts;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.PolicyDocuments;

namespace Frontier.Control.Tests.Domain;

/// <summary>§9.1, DP-9.3, DP-10.2: what an origin request policy may say.</summary>
public sealed class OriginRequestPolicyTests
{
    private static readonly string Eleven = string.Join(' ', Enumerable.Range(0, 11).Select(number => $"n{number}"));

    public static TheoryData<XElement, string, string> Faults => new()
    {
        { OriginRequestPolicy("n", headers: "whitelist Authorization"), "InvalidArgument", "'Authorization' that is not allowed" },
        { OriginRequestPolicy("n", headers: "whitelist accept-encoding"), "InvalidArgument", "'accept-encoding' that is not allowed" },
        { OriginRequestPolicy("n", headers: "whitelist Cookie"), "InvalidArgument", "'Cookie' that is not allowed" },
        { OriginRequestPolicy("n", headers: "whitelist CloudFront-No-Such-Header"), "InvalidArgument", "not allowed" },
        { OriginRequestPolicy("n", headers: "allViewerAndWhitelistCloudFront Referer"), "InvalidArgument", "CloudFront-" },
        { OriginRequestPolicy("n", headers: "allViewerAndWhitelistCloudFront"), "InvalidArgument", "Headers must list" },
        { OriginRequestPolicy("n", headers: "allViewer Referer"), "InvalidArgument", "Headers cannot list" },
        { OriginRequestPolicy("n", headers: "allExcept"), "InvalidArgument", "Headers must list" },
        { OriginRequestPolicy("n", headers: "everything"), "InvalidArgument", "[none, whitelist, allViewer, allViewerAndWhitelistCloudFront, allExcept]" },
        { OriginRequestPolicy("n", headers: "allExcept " + Eleven), "TooManyHeadersInOriginRequestPolicy", "" },
        { OriginRequestPolicy("n", cookies: "whitelist " + Eleven), "TooManyCookiesInOriginRequestPolicy", "" },
        { OriginRequestPolicy("n", queryStrings: "whitelist " + Eleven), "TooManyQueryStringsInOriginRequestPolicy", "" },
        { Documents.Parse("<OriginRequestPolicyConfig><Name>n</Name></OriginRequestPolicyConfig>"), "InvalidArgument", "originRequestPolicyConfig.headersConfig" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_faulty_origin_request_policy_is_refused(XElement body, string code, string says)
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallAsync("POST", "origin-request-policy", body)).ExpectError(400, code);

        Assert.Contains(says, answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", OriginRequestHeaders.None)]
    [InlineData("whitelist Host X-Forwarded-For CloudFront-Viewer-Address", OriginRequestHeaders.Whitelist)]
    [InlineData("allViewer", OriginRequestHeaders.AllViewer)]
    [InlineData("allViewerAndWhitelistCloudFront CloudFront-Viewer-TLS CloudFront-Viewer-Country", OriginRequestHeaders.AllViewerAndWhitelistCloudFront)]
    [InlineData("allExcept Host Authorization", OriginRequestHeaders.AllExcept)]
    public async Task A_custom_origin_request_policy_reaches_the_edge_field_by_field(string headers, OriginRequestHeaders expected)
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", "origin-request-policy", OriginRequestPolicy("n", headers, "allExcept a b", "all"))).Expect(201).Text("Id")!;
        (await control.CallAsync("POST", "distribution", Documents.Distribution("ref-1", ("DefaultCacheBehavior", $"+<OriginRequestPolicyId>{id}</OriginRequestPolicyId>")))).Expect(201);

        var snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!;

        var policy = snapshot.OriginRequestPolicies.Single();
        Assert.Equal((id, id, "n", expected), (policy.Id, snapshot.Distributions.Single().DefaultBehavior.OriginRequestPolicyId, policy.Name, policy.Headers));
        Assert.Equal(headers.Split(' ')[1..], policy.HeaderNames);
        Assert.True(policy is { Cookies: { Selection: Selection.AllExcept, Names: ["a", "b"] }, QueryStrings: { Selection: Selection.All, Names: [] } });
    }
}
