// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Deployment;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>API-6.4, API-6.5, API-6.15, API-6.16: copies, what binds them to their primary, promotion.</summary>
public sealed class StagingDistributionTests
{
    [Fact]
    public async Task A_copy_has_the_primarys_configuration_and_names_of_its_own_API_6_4()
    {
        await using var control = await TestControl.StartAsync();
        var (primary, staging) = await control.CreatePairAsync("ref", ("", "+" + Aliases("www.example.com")), ("", "+<DefaultRootObject>index.html</DefaultRootObject>"));

        Assert.NotEqual(primary.Text("Id"), staging.Text("Id"));
        Assert.NotEqual(primary.Text("DomainName"), staging.Text("DomainName"));
        Assert.Equal($"{control.Address}2020-05-31/distribution/{staging.Text("Id")}", staging.Location);
        Assert.Matches("^E[A-Z0-9]{12,13}$", staging.ETag);
        Assert.Equal(("true", "ref-staging", "index.html"), (staging.Text("Staging"), staging.Text("CallerReference"), staging.Text("DefaultRootObject")));
        Assert.Empty(staging.Texts("CNAME"));
        Assert.Contains("<Enabled>true</Enabled><ViewerCertificate>", staging.Body, StringComparison.Ordinal);
        Assert.Equal(primary.ETag, (await control.CallAsync("GET", $"distribution/{primary.Text("Id")}")).ETag);

        var disabled = (await control.CopyAsync(primary.Text("Id")!, "off", enabled: "false", ifMatch: primary.ETag)).Expect(201);
        Assert.Contains("<Enabled>false</Enabled><ViewerCertificate>", disabled.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_that_cannot_be_made_is_refused()
    {
        await using var control = await TestControl.StartAsync();
        var (primary, staging) = await control.CreatePairAsync();
        var id = primary.Text("Id")!;

        (await control.CopyAsync("E00000000000", "a")).ExpectError(404, "NoSuchDistribution");
        (await control.CopyAsync(id, "a", staging: null)).ExpectError(400, "InvalidArgument");
        (await control.CopyAsync(id, "a", staging: "false")).ExpectError(400, "InvalidArgument");
        (await control.CopyAsync(id, "a", ifMatch: "EAAAAAAAAAAAA")).ExpectError(412, "PreconditionFailed");
        (await control.CopyAsync(id, "a", ifMatch: "*")).ExpectError(400, "InvalidIfMatchVersion");
        (await control.CopyAsync(id, "ref")).ExpectError(409, "DistributionAlreadyExists");
        (await control.CopyAsync(id, "")).ExpectError(400, "InvalidArgument");
        (await control.CopyAsync(staging.Text("Id")!, "a")).ExpectError(400, "InvalidArgument");
    }

    [Fact]
    public async Task A_staging_distribution_may_be_created_has_no_aliases_and_stays_one()
    {
        await using var control = await TestControl.StartAsync();
        (await control.CallAsync("POST", "distribution", Distribution("a", ("", "+<Staging>true</Staging>"), ("", "+" + Aliases("www.example.com"))))).ExpectError(400, "InvalidArgument");
        var id = (await control.CallAsync("POST", "distribution", Distribution("a", ("", "+<Staging>true</Staging>")))).Expect(201).Text("Id")!;

        (await control.ReviseAsync(id, ("Staging", "false"))).ExpectError(400, "IllegalUpdate");
        (await control.ReviseAsync(id, ("Aliases", Aliases("www.example.com").ToString()))).ExpectError(400, "InvalidArgument");
        Assert.True((await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().Staging);
    }

    [Fact]
    public async Task While_a_policy_is_attached_only_some_settings_of_either_side_change_API_6_16()
    {
        await using var control = await TestControl.StartAsync();
        var (primaryId, stagingId, _) = await control.DeployAsync();
        const string says = "One or more fields updated are not supported for continuous deployment.";

        foreach (var id in new[] { primaryId, stagingId })
        {
            foreach (var (path, xml) in new[] { ("PriceClass", "PriceClass_100"), ("Enabled", "false"), ("HttpVersion", "http1.1"), ("IsIPV6Enabled", "true") })
            {
                Assert.Equal(says, (await control.ReviseAsync(id, (path, xml))).ExpectError(400, "IllegalUpdate").ErrorMessage);
            }

            (await control.ReviseAsync(
                id, ("Comment", "another"), ("DefaultRootObject", "home.html"), ("DefaultCacheBehavior/Compress", "true"), ("Origins/Items/Origin/DomainName", "new.example.com"))).Expect(200);
            var withTimeout = await control.ReviseAsync(id, ("Origins/Items/Origin", "+<ResponseCompletionTimeout>60</ResponseCompletionTimeout>"));
            Assert.Contains("ResponseCompletionTimeout", withTimeout.ExpectError(400, "InvalidArgument").ErrorMessage, StringComparison.Ordinal); // DP-28.5
        }

        (await control.ReviseAsync(primaryId, ("ContinuousDeploymentPolicyId", ""), ("PriceClass", "PriceClass_100"))).Expect(200);
        (await control.ReviseAsync(stagingId, ("PriceClass", "PriceClass_100"))).Expect(200);
    }

    [Fact]
    public async Task A_policy_is_attached_to_one_primary_that_can_take_part_API_6_15_API_10_21()
    {
        await using var control = await TestControl.StartAsync();
        var (_, stagingId, policyId) = await control.DeployAsync();
        var attach = ("", $"+<ContinuousDeploymentPolicyId>{policyId}</ContinuousDeploymentPolicyId>");

        (await control.CallAsync("POST", "distribution", Distribution("b", attach))).ExpectError(409, "ContinuousDeploymentPolicyInUse");
        (await control.CallAsync("POST", "distribution", Distribution("b", ("", "+<ContinuousDeploymentPolicyId>none</ContinuousDeploymentPolicyId>")))).ExpectError(404, "NoSuchContinuousDeploymentPolicy");
        (await control.ReviseAsync(stagingId, ("ContinuousDeploymentPolicyId", policyId))).ExpectError(400, "InvalidArgument");

        var (primary, staging) = await control.CreatePairAsync("http3", ("", "+<HttpVersion>http2and3</HttpVersion>"));
        var other = await control.CreatePolicyAsync(Policy(staging.Text("DomainName")!));
        var answer = await control.ReviseAsync(primary.Text("Id")!, ("ContinuousDeploymentPolicyId", other.Text("Id")));
        Assert.Contains("HTTP/3", answer.ExpectError(400, "InvalidArgument").ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edges_are_told_of_an_enabled_policy_between_enabled_distributions_and_of_a_new_epoch_when_sessions_end_DP_28_1_DP_28_2()
    {
        await using var control = await TestControl.StartAsync();
        var (primaryId, stagingId, policyId) = await control.DeployAsync(Sticky);
        var name = (await control.CallAsync("GET", $"distribution/{stagingId}")).Text("DomainName")!;
        async Task<ContinuousDeploymentConfig?> ToldAsync() =>
            (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single(distribution => distribution.Id == primaryId).ContinuousDeployment;
        async Task UpdateAsync(string traffic, bool enabled)
        {
            var current = await control.CallAsync("GET", $"continuous-deployment-policy/{policyId}");
            (await control.CallAsync("PUT", $"continuous-deployment-policy/{policyId}", Policy(name, traffic, enabled), current.ETag)).Expect(200);
        }

        var first = (await ToldAsync())!;
        Assert.True(first is { HeaderName: null, Weight: 0.15, Sessions: { IdleSeconds: 300, MaximumSeconds: 600 } });
        Assert.Equal((policyId, stagingId), (first.PolicyId, first.StagingDistributionId));

        await UpdateAsync(Sticky.Replace("0.15", "0.01", StringComparison.Ordinal), enabled: true);
        Assert.Equal((0.01, first.Sessions!.Epoch), ((await ToldAsync())!.Weight, (await ToldAsync())!.Sessions!.Epoch));

        await UpdateAsync(Sticky, enabled: false);
        Assert.Null(await ToldAsync());
        await UpdateAsync(Sticky, enabled: true);
        var second = (await ToldAsync())!.Sessions!.Epoch;
        await UpdateAsync(ByWeight, enabled: true);
        Assert.Null((await ToldAsync())!.Sessions);
        await UpdateAsync(Sticky, enabled: true);
        Assert.Equal(3, new HashSet<string> { first.Sessions.Epoch, second, (await ToldAsync())!.Sessions!.Epoch }.Count);

        await UpdateAsync(ByHeader, enabled: true);
        Assert.True(await ToldAsync() is { HeaderName: "aws-cf-cd-try", HeaderValue: "yes", Sessions: null });
    }

    [Fact]
    public async Task Promotion_gives_the_primary_the_staging_configuration_and_disables_the_policy_at_once_API_6_5()
    {
        await using var control = await TestControl.StartAsync();
        var (primaryId, stagingId, policyId) = await control.DeployAsync();
        (await control.ReviseAsync(stagingId, ("Comment", "the new one"), ("Origins/Items/Origin/DomainName", "new.example.com"))).Expect(200);
        var (primary, staging) = (await control.CallAsync("GET", $"distribution/{primaryId}"), await control.CallAsync("GET", $"distribution/{stagingId}"));
        var version = (await control.ReportAsync("e", 0, 0)).Snapshot!.Version;

        var promoted = (await control.CallAsync("PUT", $"distribution/{primaryId}/promote-staging-config?StagingDistributionId={stagingId}", ifMatch: $"{primary.ETag}, {staging.ETag}")).Expect(200);

        Assert.Equal((primaryId, primary.Text("DomainName"), "InProgress"), (promoted.Text("Id"), promoted.Text("DomainName"), promoted.Text("Status")));
        Assert.Equal(("the new one", "ref", "false", policyId), (promoted.Text("Comment"), promoted.Text("CallerReference"), promoted.Text("Staging"), promoted.Text("ContinuousDeploymentPolicyId")));
        Assert.NotEqual(primary.ETag, promoted.ETag);
        Assert.Equal("false", (await control.CallAsync("GET", $"continuous-deployment-policy/{policyId}")).Text("Enabled"));
        Assert.Equal(staging.ETag, (await control.CallAsync("GET", $"distribution/{stagingId}")).ETag);
        var snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.Equal(version + 1, snapshot.Version);
        var told = snapshot.Distributions.Single(distribution => distribution.Id == primaryId);
        Assert.Equal(("new.example.com", null), (told.Origins[0].DomainName, told.ContinuousDeployment));

        // The same staging distribution serves the next time as well.
        var policy = await control.CallAsync("GET", $"continuous-deployment-policy/{policyId}/config");
        Change(policy.Root, "Enabled", "true");
        (await control.CallAsync("PUT", $"continuous-deployment-policy/{policyId}", Policy(staging.Text("DomainName")!), policy.ETag)).Expect(200);
    }

    [Fact]
    public async Task Aliases_and_enablement_stay_the_primarys_when_it_is_promoted()
    {
        await using var control = await TestControl.StartAsync();
        var primary = (await control.CallAsync("POST", "distribution", Distribution("ref", ("", "+" + Aliases("www.example.com"))))).Expect(201);
        var staging = (await control.CopyAsync(primary.Text("Id")!, "off", enabled: "false")).Expect(201);
        var policy = await control.CreatePolicyAsync(Policy(staging.Text("DomainName")!));
        var attached = (await control.ReviseAsync(primary.Text("Id")!, ("ContinuousDeploymentPolicyId", policy.Text("Id")))).Expect(200);
        Assert.Null((await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions[0].ContinuousDeployment); // a disabled one serves nothing

        var promoted = (await control.CallAsync("PUT", $"distribution/{primary.Text("Id")}/promote-staging-config", ifMatch: $"\"{attached.ETag}\",\"{staging.ETag}\"")).Expect(200);

        Assert.Equal("www.example.com", promoted.Text("CNAME"));
        Assert.Contains("<Enabled>true</Enabled><ViewerCertificate>", promoted.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promotion_without_both_current_etags_or_of_another_distribution_changes_nothing_API_3_8()
    {
        await using var control = await TestControl.StartAsync();
        var (primaryId, stagingId, _) = await control.DeployAsync();
        var (alone, aloneStaging) = await control.CreatePairAsync("alone");
        var (primary, staging) = (await control.CallAsync("GET", $"distribution/{primaryId}"), await control.CallAsync("GET", $"distribution/{stagingId}"));
        Task<Answer> PromoteAsync(string id, string? stagingDistribution, string? ifMatch) =>
            control.CallAsync("PUT", $"distribution/{id}/promote-staging-config?StagingDistributionId={stagingDistribution}", ifMatch: ifMatch);

        (await PromoteAsync(primaryId, stagingId, null)).ExpectError(400, "InvalidIfMatchVersion");
        (await PromoteAsync(primaryId, stagingId, primary.ETag)).ExpectError(400, "InvalidIfMatchVersion");
        (await PromoteAsync(primaryId, stagingId, $"{primary.ETag},{staging.ETag},{staging.ETag}")).ExpectError(400, "InvalidIfMatchVersion");
        (await PromoteAsync(primaryId, stagingId, $"EAAAAAAAAAAAA,*")).ExpectError(400, "InvalidIfMatchVersion");
        (await PromoteAsync(primaryId, stagingId, $"{staging.ETag},{primary.ETag}")).ExpectError(412, "PreconditionFailed");
        (await PromoteAsync(primaryId, stagingId, $"{primary.ETag},EAAAAAAAAAAAA")).ExpectError(412, "PreconditionFailed");
        (await PromoteAsync("E00000000000", stagingId, $"{primary.ETag},{staging.ETag}")).ExpectError(404, "NoSuchDistribution");
        (await PromoteAsync(primaryId, "E00000000000", $"{primary.ETag},{staging.ETag}")).ExpectError(404, "NoSuchDistribution");
        (await PromoteAsync(primaryId, aloneStaging.Text("Id"), $"{primary.ETag},{aloneStaging.ETag}")).ExpectError(400, "InvalidArgument");
        (await PromoteAsync(alone.Text("Id")!, aloneStaging.Text("Id"), $"{alone.ETag},{aloneStaging.ETag}")).ExpectError(400, "InvalidArgument");
        Assert.Equal((primary.ETag, staging.ETag), ((await control.CallAsync("GET", $"distribution/{primaryId}")).ETag, (await control.CallAsync("GET", $"distribution/{stagingId}")).ETag));
    }
}
