// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>§6.2: what no distribution can have yet is refused by name, and lists by what does not exist say so.</summary>
public sealed class WebAclTests
{
    [Fact]
    public async Task A_web_acl_is_refused_with_the_words_of_update_distribution_API_10_20()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "distribution", Distribution());
        var target = $"distribution/{created.Text("Id")}/associate-web-acl";
        var body = Parse("<AssociateDistributionWebACLRequest><WebACLArn>arn:aws:wafv2:us-east-1:000000000000:global/webacl/a/b</WebACLArn></AssociateDistributionWebACLRequest>");

        var refused = (await control.CallAsync("PUT", target, body, created.ETag)).ExpectError(400, "InvalidArgument");

        Assert.Equal("DistributionConfig.WebACLId is not supported by this version of Frontier: web ACLs are not built.", refused.ErrorMessage);
        Assert.Equal(refused.ErrorMessage, (await control.CallAsync("POST", "distribution", Distribution("b", ("", "+<WebACLId>acl</WebACLId>")))).ErrorMessage);
        (await control.CallAsync("PUT", target, Parse("<AssociateDistributionWebACLRequest/>"), created.ETag)).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("PUT", target, body, "EAAAAAAAAAAAA")).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("PUT", "distribution/E00000000000/associate-web-acl", body, created.ETag)).ExpectError(404, "EntityNotFound");
    }

    [Fact]
    public async Task There_is_no_web_acl_to_take_away()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "distribution", Distribution());

        (await control.CallAsync("PUT", $"distribution/{created.Text("Id")}/disassociate-web-acl")).ExpectError(400, "InvalidIfMatchVersion");
        (await control.CallAsync("PUT", $"distribution/{created.Text("Id")}/disassociate-web-acl", ifMatch: created.ETag)).ExpectError(404, "EntityNotFound");
    }

    [Fact]
    public async Task Distributions_are_listed_by_their_connection_mode_and_by_nothing_that_does_not_exist()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", "distribution", Distribution())).Text("Id");

        Assert.Equal([id], (await control.CallAsync("GET", "distributionsByConnectionMode/direct")).Expect(200).Texts("Id").Take(1));
        Assert.Equal("0", (await control.CallAsync("GET", "distributionsByConnectionMode/tenant-only")).Expect(200).Text("Quantity"));
        (await control.CallAsync("GET", "distributionsByConnectionMode/other")).ExpectError(400, "InvalidArgument");
        foreach (var target in new[] { "distributionsByVpcOriginId/vo_1", "distributionsByAnycastIpListId/a", "distributionsByConnectionFunction?ConnectionFunctionIdentifier=f", "distributionsByTrustStore?TrustStoreIdentifier=t" })
        {
            (await control.CallAsync("GET", target)).ExpectError(404, "EntityNotFound");
        }
    }
}
