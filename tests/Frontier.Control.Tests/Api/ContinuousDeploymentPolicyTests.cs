// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Deployment;

namespace Frontier.Control.Tests.Api;

/// <summary>§6.18, API-6.15.</summary>
public sealed class ContinuousDeploymentPolicyTests
{
    [Fact]
    public async Task A_policy_is_created_read_changed_listed_and_deleted()
    {
        await using var control = await TestControl.StartAsync();
        var (_, staging) = await control.CreatePairAsync();
        var name = staging.Text("DomainName")!;

        var created = await control.CreatePolicyAsync(Policy(name, Sticky));
        var id = created.Text("Id")!;
        Assert.Equal("ContinuousDeploymentPolicy", created.Root.Name.LocalName);
        Assert.True(Guid.TryParse(id, out _));
        Assert.Equal($"{control.Address}2020-05-31/continuous-deployment-policy/{id}", created.Location);
        Assert.Equal((name, "true", "SingleWeight", "0.15", "300", "600"),
            (created.Text("DnsName"), created.Text("Enabled"), created.Text("Type"), created.Text("Weight"), created.Text("IdleTTL"), created.Text("MaximumTTL")));

        var whole = (await control.CallAsync("GET", $"continuous-deployment-policy/{id}")).Expect(200);
        var config = (await control.CallAsync("GET", $"continuous-deployment-policy/{id}/config")).Expect(200);
        Assert.Equal((created.ETag, created.ETag), (whole.ETag, config.ETag));
        Assert.Equal("ContinuousDeploymentPolicyConfig", config.Root.Name.LocalName);

        // What was read is taken back (API-5.13), and the two types change places.
        (await control.CallAsync("PUT", $"continuous-deployment-policy/{id}", config.Root, "EAAAAAAAAAAAA")).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("PUT", $"continuous-deployment-policy/{id}", config.Root)).ExpectError(400, "InvalidIfMatchVersion");
        var same = (await control.CallAsync("PUT", $"continuous-deployment-policy/{id}", config.Root, config.ETag)).Expect(200);
        Assert.NotEqual(config.ETag, same.ETag);
        var updated = (await control.CallAsync("PUT", $"continuous-deployment-policy/{id}", Policy(name, ByHeader), same.ETag)).Expect(200);
        Assert.Equal(("aws-cf-cd-try", "yes", null), (updated.Text("Header"), updated.Text("Value"), updated.Text("Weight")));

        var list = (await control.CallAsync("GET", "continuous-deployment-policy")).Expect(200);
        Assert.Equal(("ContinuousDeploymentPolicyList", "1"), (list.Root.Name.LocalName, list.Text("Quantity")));
        Assert.Equal(id, list.Root.Element(Answer.Ns + "Items")!.Element(Answer.Ns + "ContinuousDeploymentPolicySummary")!.Element(Answer.Ns + "ContinuousDeploymentPolicy")!.Element(Answer.Ns + "Id")!.Value);

        (await control.CallAsync("DELETE", $"continuous-deployment-policy/{id}", ifMatch: updated.ETag)).Expect(204);
        (await control.CallAsync("GET", $"continuous-deployment-policy/{id}")).ExpectError(404, "NoSuchContinuousDeploymentPolicy");
        (await control.CallAsync("GET", $"continuous-deployment-policy/{id}/config")).ExpectError(404, "NoSuchContinuousDeploymentPolicy");
        (await control.CallAsync("PUT", $"continuous-deployment-policy/{id}", config.Root, updated.ETag)).ExpectError(404, "NoSuchContinuousDeploymentPolicy");
        (await control.CallAsync("DELETE", $"continuous-deployment-policy/{id}", ifMatch: updated.ETag)).ExpectError(404, "NoSuchContinuousDeploymentPolicy");
        Assert.Null((await control.CallAsync("GET", "continuous-deployment-policy")).Text("Items"));
    }

    [Theory]
    [InlineData("<Type>SingleWeight</Type>", "SingleWeightConfig and no other")]
    [InlineData("<Type>SingleHeader</Type><SingleWeightConfig><Weight>0.1</Weight></SingleWeightConfig>", "SingleHeaderConfig and no other")]
    [InlineData("<Type>SingleWeight</Type><SingleWeightConfig><Weight>0.16</Weight></SingleWeightConfig>", "between 0 and 0.15")]
    [InlineData("<Type>SingleWeight</Type><SingleWeightConfig><Weight>-0.01</Weight></SingleWeightConfig>", "between 0 and 0.15")]
    [InlineData("<Type>SingleWeight</Type><SingleWeightConfig><Weight>much</Weight></SingleWeightConfig>", "must be a number")]
    [InlineData("<Type>SingleWeight</Type><SingleWeightConfig/>", "singleWeightConfig.weight")]
    [InlineData("<Type>SingleWeight</Type><SingleWeightConfig><Weight>0.1</Weight><SessionStickinessConfig><IdleTTL>299</IdleTTL><MaximumTTL>3601</MaximumTTL></SessionStickinessConfig></SingleWeightConfig>", "MaximumTTL must be between 300 and 3600")]
    [InlineData("<Type>SingleWeight</Type><SingleWeightConfig><Weight>0.1</Weight><SessionStickinessConfig><IdleTTL>600</IdleTTL><MaximumTTL>300</MaximumTTL></SessionStickinessConfig></SingleWeightConfig>", "IdleTTL must not be more than MaximumTTL")]
    [InlineData("<Type>SingleHeader</Type><SingleHeaderConfig><Header>x-staging</Header><Value>1</Value></SingleHeaderConfig>", "prefix aws-cf-cd-")]
    [InlineData("<Type>SingleHeader</Type><SingleHeaderConfig><Header>aws-cf-cd-</Header><Value>1</Value></SingleHeaderConfig>", "prefix aws-cf-cd-")]
    [InlineData("<Type>SingleHeader</Type><SingleHeaderConfig><Header>aws-cf-cd-a b</Header><Value>1</Value></SingleHeaderConfig>", "prefix aws-cf-cd-")]
    [InlineData("<Type>SingleHeader</Type><SingleHeaderConfig><Header>aws-cf-cd-a</Header><Value></Value></SingleHeaderConfig>", "1 to 1783")]
    [InlineData("<Type>Both</Type>", "SingleWeight, SingleHeader")]
    [InlineData("", "needs a TrafficConfig")]
    public async Task A_traffic_configuration_that_cannot_be_is_refused_with_what_is_wrong(string traffic, string says)
    {
        await using var control = await TestControl.StartAsync();
        var (_, staging) = await control.CreatePairAsync();

        var answer = (await control.CallAsync("POST", "continuous-deployment-policy", Policy(staging.Text("DomainName")!, traffic))).ExpectError(400, "InvalidArgument");

        Assert.Contains(says, answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_names_exactly_one_staging_distribution_which_no_other_policy_names()
    {
        await using var control = await TestControl.StartAsync();
        var (primary, staging) = await control.CreatePairAsync();
        var name = staging.Text("DomainName")!;

        (await control.CallAsync("POST", "continuous-deployment-policy", Policy(primary.Text("DomainName")!))).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("POST", "continuous-deployment-policy", Policy("d0.frontier.localhost"))).ExpectError(400, "InvalidArgument");
        var none = Policy(name);
        Documents.Change(none, "StagingDistributionDnsNames", "<StagingDistributionDnsNames><Quantity>0</Quantity></StagingDistributionDnsNames>");
        Assert.Contains("exactly one item", (await control.CallAsync("POST", "continuous-deployment-policy", none)).ExpectError(400, "InvalidArgument").ErrorMessage, StringComparison.Ordinal);

        await control.CreatePolicyAsync(Policy(name));
        (await control.CallAsync("POST", "continuous-deployment-policy", Policy(name))).ExpectError(409, "ContinuousDeploymentPolicyAlreadyExists");
        (await control.CallAsync("POST", "continuous-deployment-policy", Policy(name, ByWeight))).ExpectError(409, "StagingDistributionInUse");
    }

    [Fact]
    public async Task A_policy_that_is_attached_cannot_be_deleted_nor_can_the_distributions_it_binds_API_5_10()
    {
        await using var control = await TestControl.StartAsync();
        var (primaryId, stagingId, policyId) = await control.DeployAsync();
        async Task<Answer> DeleteAsync(string target) => await control.CallAsync("DELETE", target, ifMatch: (await control.CallAsync("GET", target)).ETag);

        (await DeleteAsync($"continuous-deployment-policy/{policyId}")).ExpectError(409, "ContinuousDeploymentPolicyInUse");
        (await DeleteAsync($"distribution/{primaryId}")).ExpectError(409, "ResourceInUse");
        (await DeleteAsync($"distribution/{stagingId}")).ExpectError(409, "StagingDistributionInUse");

        (await control.ReviseAsync(primaryId, ("ContinuousDeploymentPolicyId", ""))).Expect(200);
        (await DeleteAsync($"distribution/{stagingId}")).ExpectError(409, "StagingDistributionInUse"); // the policy still names it
        (await DeleteAsync($"continuous-deployment-policy/{policyId}")).Expect(204);
        (await DeleteAsync($"distribution/{stagingId}")).ExpectError(409, "DistributionNotDisabled");
    }

    [Fact]
    public async Task There_are_as_many_policies_and_staging_distributions_as_the_quotas_allow()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { ContinuousDeploymentPolicies = 1, StagingDistributions = 2 } });
        var (primary, staging) = await control.CreatePairAsync();
        var second = (await control.CopyAsync(primary.Text("Id")!, "second")).Expect(201);

        (await control.CopyAsync(primary.Text("Id")!, "third")).ExpectError(400, "TooManyDistributions");
        await control.CreatePolicyAsync(Policy(staging.Text("DomainName")!));
        (await control.CallAsync("POST", "continuous-deployment-policy", Policy(second.Text("DomainName")!))).ExpectError(400, "TooManyContinuousDeploymentPolicies");
    }
}
