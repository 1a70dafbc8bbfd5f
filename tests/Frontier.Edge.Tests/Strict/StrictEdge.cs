// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tests.Strict;

/// <summary>An edge that follows the RFCs, in front of an origin that is sent everything and decides everything.</summary>
internal static class StrictEdge
{
    private static readonly string[] AllMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];

    public static async Task<TestEdge> StartAsync(string cachePolicy = TestPolicies.UseOriginHeaders, string defaultRootObject = "")
    {
        var edge = await TestEdge.StartAsync(distribution => distribution with
        {
            DefaultRootObject = defaultRootObject,
            DefaultBehavior = distribution.DefaultBehavior with
            {
                CachePolicyId = cachePolicy,
                OriginRequestPolicyId = TestPolicies.AllViewer,
                AllowedMethods = [.. AllMethods],
            },
        });
        await edge.RestartAsync(options => options with { StrictHttpCaching = true });
        return edge;
    }
}
