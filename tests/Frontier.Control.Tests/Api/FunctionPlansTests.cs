// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Functions;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Functions;
using Frontier.Control.Domain.Policies;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;

namespace Frontier.Control.Tests.Api;

/// <summary>API-5.11. Distributions that associate a function are refused today, so no call can bring about what is decided here.</summary>
public sealed class FunctionPlansTests
{
    private static readonly FunctionStage Stage = new("E1", default, default, new FunctionDraft(new FunctionSettings("", FunctionSettings.Runtime2, []), [1]));

    [Fact]
    public void A_function_that_a_behavior_uses_cannot_be_deleted()
    {
        var plans = new FunctionPlans(TestControl.DefaultOptions, new ManualTimeProvider());
        var catalogue = Catalogue("<FunctionAssociations><Quantity>1</Quantity><Items><FunctionAssociation><FunctionARN>arn:aws:cloudfront::000000000000:function/used</FunctionARN>"
            + "<EventType>viewer-request</EventType></FunctionAssociation></Items></FunctionAssociations>");

        Assert.True(plans.PlanDelete(catalogue, "used", "E1").Failed(out var error, out _));
        Assert.Equal(("FunctionInUse", 409), (error.Code, error.Status));
        Assert.False(plans.PlanDelete(catalogue, "free", "E1").Failed(out _, out _));
        Assert.True(plans.IsUsed(catalogue, "used"));
        Assert.False(plans.IsUsed(catalogue, "free"));
    }

    private static Catalogue Catalogue(string association)
    {
        var document = Documents.Distribution("ref-1", ("DefaultCacheBehavior", "+" + association));
        Assert.False(ElementReader.ReadRoot(document, DistributionReader.Read).Failed(out _, out var settings));
        return new Catalogue
        {
            Version = 1,
            Distributions = [new Distribution("E1", "d1.test", "E1", default, 1, true, settings!)],
            OriginAccessControls = [],
            OriginAccessIdentities = [],
            CachePolicies = new PolicySet<CachePolicySettings>([], []),
            OriginRequestPolicies = new PolicySet<OriginRequestPolicySettings>([], []),
            ResponseHeadersPolicies = new PolicySet<ResponseHeadersPolicySettings>([], []),
            Functions = [new Function("used", "R1", Stage, Stage), new Function("free", "R2", Stage, Stage)],
        };
    }
}
