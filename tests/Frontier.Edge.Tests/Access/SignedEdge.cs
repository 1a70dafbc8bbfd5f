// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Access;

/// <summary>An edge whose distribution serves what <see cref="Signer"/> has signed.</summary>
internal static class SignedEdge
{
    public const string Root = "http://" + TestEdge.Host;

    public static TestSigner Signer => TestSigner.Ecdsa;

    public static async Task<TestEdge> StartAsync(Func<BehaviorConfig, BehaviorConfig>? behavior = null, Func<DistributionConfig, DistributionConfig>? distribution = null)
    {
        var edge = await TestEdge.StartAsync();
        await edge.RequireAsync(behavior, distribution);
        return edge;
    }

    public static string Policy(TestEdge edge, string resource) =>
        $$$"""{"Statement":[{"Resource":"{{{resource}}}","Condition":{"DateLessThan":{"AWS:EpochTime":{{{edge.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}}} } }}]}""";

    extension(TestEdge edge)
    {
        public DateTimeOffset End => edge.Clock.GetUtcNow().AddHours(1);

        public async Task RequireAsync(Func<BehaviorConfig, BehaviorConfig>? behavior = null, Func<DistributionConfig, DistributionConfig>? distribution = null)
        {
            edge.Signers = [Signer, TestSigner.Rsa];
            var signed = TestEdge.Behavior("*") with { Signers = new SignersConfig([Signer.Id]) };
            edge.Configure(usual =>
            {
                var changed = usual with { DefaultBehavior = behavior?.Invoke(signed) ?? signed };
                return distribution?.Invoke(changed) ?? changed;
            });
            await edge.DeployedAsync();
        }

        /// <summary>The target of a URL signed with a canned policy.</summary>
        public string Sign(string target) => Signer.Canned(Root + target, edge.End)[Root.Length..];
    }
}
