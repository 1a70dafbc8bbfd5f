// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Frontier.Control.OwnApi;
using Frontier.Control.Planning;
using Frontier.Control.Tests.Harness;
using Frontier.Decisions.Linting;

namespace Frontier.Control.Tests.Planning;

/// <summary>Plans and findings by Frontier's own API.</summary>
public sealed class PlanApiTests
{
    private const string CachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
    private const string Fields = "#Fields: cs-method cs-uri-stem sc-status cs-protocol x-host-header";

    private const string Api = $"""
        <CacheBehaviors><Quantity>1</Quantity><Items><CacheBehavior>
          <PathPattern>/api/*</PathPattern><TargetOriginId>web</TargetOriginId><ViewerProtocolPolicy>https-only</ViewerProtocolPolicy><CachePolicyId>{CachingDisabled}</CachePolicyId>
        </CacheBehavior></Items></CacheBehaviors>
        """;

    [Fact]
    public async Task A_plan_tells_what_changes_and_for_whom_and_changes_nothing()
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "distribution", Documents.Distribution())).Expect(201);
        var after = Documents.Distribution("ref-1", ("", "+" + Api), ("Comment", "another"));

        var plan = await PlanAsync(control, $"distributions/{created.Text("Id")}/plan", after, Fields, "GET\t/api/a\t200\thttp\td.example", "GET\t/b\t200\thttp\td.example", "nonsense");

        Assert.Equal((created.Text("Id"), created.ETag, null), (plan.DistributionId, plan.ETag, plan.Refused));
        Assert.Equal([new PlannedSetting("Comment", "made by a test", "another")], plan.Settings);
        var behavior = Assert.Single(plan.Behaviors);
        Assert.Equal(("/api/*", BehaviorChange.Added), (behavior.Pattern, behavior.Change));
        Assert.Contains(new PlannedSetting("cache policy", null, $"Managed-CachingDisabled ({CachingDisabled})"), behavior.Settings);
        Assert.Contains(plan.NewFindings, static finding => finding is { Rule: "plain-origin", Severity: LintSeverity.Warning, Path: "CacheBehaviors.Items[0].TargetOriginId" });
        Assert.Contains(plan.KeptFindings, static finding => finding is { Rule: "plain-origin", Path: "DefaultCacheBehavior.TargetOriginId" });
        Assert.Equal((2L, 1L, 1L, 1L), (plan.Replay!.Requests, plan.Replay.Unreadable, plan.Replay.Behavior, plan.Replay.Status));
        Assert.Equal(created.ETag, (await control.CallAsync("GET", $"distribution/{created.Text("Id")}")).ETag);
    }

    [Fact]
    public async Task What_a_plan_says_of_the_API_is_what_the_API_answers()
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "distribution", Documents.Distribution())).Expect(201);
        foreach (var bad in new[]
        {
            Documents.Distribution("ref-1", ("DefaultCacheBehavior/TargetOriginId", "nobody")),
            Documents.Distribution("ref-1", ("DefaultCacheBehavior/ViewerProtocolPolicy", "sometimes"), ("Comment", null)),
            Documents.Distribution("another"),
        })
        {
            var answer = await control.CallAsync("PUT", $"distribution/{created.Text("Id")}/config", bad, created.ETag);
            var plan = await PlanAsync(control, $"distributions/{created.Text("Id")}/plan", bad);

            Assert.Equal(new PlannedFault(answer.ErrorCode!, answer.ErrorMessage!), plan.Refused);
            Assert.Empty(plan.Behaviors);
        }
    }

    [Fact]
    public async Task The_distribution_is_found_by_its_caller_reference_or_is_a_new_one()
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "distribution", Documents.Distribution())).Expect(201);

        var same = await PlanAsync(control, "plan", Documents.Distribution(), Fields, "GET\t/b\t200\thttp\td.example");
        var other = await PlanAsync(control, "plan", Documents.Distribution("other"), Fields, "GET\t/b\t200\thttp\td.example");

        Assert.Equal((created.Text("Id"), 0, 0, 0L), (same.DistributionId, same.Settings.Length, same.Behaviors.Length, same.Replay!.Changed));
        Assert.Equal((null, null, null), (other.DistributionId, other.ETag, other.Replay));
        Assert.Equal(("default", BehaviorChange.Added), Assert.Single(other.Behaviors) is var only ? (only.Pattern, only.Change) : default);
        Assert.Single((await control.CallAsync("GET", "distribution")).Texts("DistributionSummary"));
    }

    [Fact]
    public async Task Behaviors_that_trade_places_are_told_as_moved()
    {
        await using var control = await TestControl.StartAsync();
        XElement Site(params string[] patterns) => Documents.Distribution("ref-1", ("", $"+<CacheBehaviors><Quantity>{patterns.Length}</Quantity><Items>{string.Concat(patterns.Select(static pattern => $"<CacheBehavior><PathPattern>{pattern}</PathPattern><TargetOriginId>web</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy><CachePolicyId>{CachingDisabled}</CachePolicyId></CacheBehavior>"))}</Items></CacheBehaviors>"));
        (await control.CallAsync("POST", "distribution", Site("/a/*", "/b/*", "/c/*", "/e/*"))).Expect(201);

        var plan = await PlanAsync(control, "plan", Site("c/*", "/a/*", "/b/*", "/d/*"));

        Assert.Equal([("/c/*", BehaviorChange.Moved), ("/d/*", BehaviorChange.Added), ("/e/*", BehaviorChange.Removed)], plan.Behaviors.Select(static behavior => (behavior.Pattern, behavior.Change)));
        Assert.Empty(plan.Behaviors[0].Settings);
    }

    [Fact]
    public async Task Custom_headers_of_an_origin_are_not_spelled_out()
    {
        await using var control = await TestControl.StartAsync();
        static XElement Site(string secret) => Documents.Distribution("ref-1", ("Origins/Items/Origin",
            $"+<CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader><HeaderName>X-Key</HeaderName><HeaderValue>{secret}</HeaderValue></OriginCustomHeader></Items></CustomHeaders>"));
        (await control.CallAsync("POST", "distribution", Site("old-secret"))).Expect(201);

        var plan = await PlanAsync(control, "plan", Site("new-secret"));

        var setting = Assert.Single(Assert.Single(plan.Behaviors).Settings);
        Assert.Equal("origin", setting.Name);
        Assert.NotEqual(setting.Before, setting.After);
        Assert.DoesNotContain("secret", setting.Before + setting.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_questions_are_answered_with_what_to_do()
    {
        await using var control = await TestControl.StartAsync();
        const string Config = """{"distributionConfig":{"CallerReference":"x"}}""";

        (await control.CallOwnAsync("POST", "distributions/E00000000000/plan", Config)).ExpectProblem(404, "NoSuchDistribution");
        (await control.CallOwnAsync("POST", "plan")).ExpectProblem(400, "MissingBody");
        Assert.Contains("distributionConfigXml", (await control.CallOwnAsync("POST", "plan", "{}")).ExpectProblem(400, "InvalidArgument"), StringComparison.Ordinal);
        Assert.Contains("not both", (await control.CallOwnAsync("POST", "lint", """{"distributionConfig":{},"distributionConfigXml":"<x/>"}""")).ExpectProblem(400, "InvalidArgument"), StringComparison.Ordinal);
        (await control.CallOwnAsync("POST", "plan", """{"distributionConfigXml":"<DistributionConfig>"}""")).ExpectProblem(400, "MalformedXML");
        (await control.CallOwnAsync("POST", "plan", """{"distributionConfig":[]}""")).ExpectProblem(400, "InvalidArgument");
        Assert.Contains("no JSON object", (await control.CallOwnAsync("POST", "plan", """{"distributionConfig":{"DistributionConfig":[]}}""")).ExpectProblem(400, "InvalidArgument"), StringComparison.Ordinal);
        Assert.Contains("no list", (await control.CallOwnAsync("POST", "plan", """{"distributionConfig":{"Comment":{"Items":[]}}}""")).ExpectProblem(400, "InvalidArgument"), StringComparison.Ordinal);
        Assert.Contains("XML", (await control.CallOwnAsync("POST", "plan", """{"distributionConfig":{"Comment":"\u0000"}}""")).ExpectProblem(400, "InvalidArgument"), StringComparison.Ordinal);
        Assert.Contains("XML", (await control.CallOwnAsync("POST", "plan", """{"distributionConfig":{"a b":"x"}}""")).ExpectProblem(400, "InvalidArgument"), StringComparison.Ordinal);
        (await control.CallOwnAsync("POST", "plan", """{"distributionConfig":{},"log":null}""")).ExpectProblem(400, "InvalidArgument");
        (await control.CallOwnAsync("GET", "distributions/E00000000000/lint")).ExpectProblem(404, "NoSuchDistribution");
    }

    [Fact]
    public async Task A_signed_bucket_with_CachingOptimized_has_no_findings_and_the_least_configuration_has()
    {
        await using var control = await TestControl.StartAsync();
        var access = (await control.CallAsync("POST", "origin-access-control", Documents.OriginAccessControl("oac"))).Expect(201).Text("Id");
        var good = Documents.Distribution("good", ("Origins/Items/Origin",
            $"""
             <Origin><Id>web</Id><DomainName>bucket.s3.us-east-1.amazonaws.com</DomainName><S3OriginConfig><OriginAccessIdentity/></S3OriginConfig>
               <OriginAccessControlId>{access}</OriginAccessControlId></Origin>
             """), ("DefaultCacheBehavior/ViewerProtocolPolicy", "redirect-to-https"), ("DefaultCacheBehavior", "+<Compress>true</Compress>"), ("", "+<DefaultRootObject>index.html</DefaultRootObject>"));
        var created = (await control.CallAsync("POST", "distribution", good)).Expect(201);

        Assert.Empty((await LintAsync(control, good)).Findings);
        Assert.Empty(Read((await control.CallOwnAsync("GET", $"distributions/{created.Text("Id")}/lint")).Expect(200).Body, OwnJson.Default.LintDocument).Findings);
        Assert.Equal("plain-origin", Assert.Single((await LintAsync(control, Documents.Distribution("plain"))).Findings).Rule);
        Assert.Equal("NoSuchOrigin", (await LintAsync(control, Documents.Distribution("bad", ("DefaultCacheBehavior/TargetOriginId", "nobody")))).Refused!.Code);
    }

    [Fact]
    public async Task Legacy_settings_are_judged_as_the_policies_they_mean()
    {
        await using var control = await TestControl.StartAsync();
        var legacy = Documents.Distribution("legacy", ("DefaultCacheBehavior/CachePolicyId",
            "<ForwardedValues><QueryString>false</QueryString><Cookies><Forward>all</Forward></Cookies></ForwardedValues>"));

        var findings = (await LintAsync(control, legacy)).Findings;

        Assert.Contains(findings, static finding => finding is { Rule: "all-cookies-in-key", Path: "DefaultCacheBehavior.ForwardedValues" });
    }

    private static async Task<PlanDocument> PlanAsync(TestControl control, string target, XElement config, params string[] log)
    {
        var body = new JsonObject { ["distributionConfig"] = AwsJson.Of(config), ["log"] = new JsonArray([.. log.Select(static line => JsonValue.Create(line))]) };
        var byJson = (await control.CallOwnAsync("POST", target, body.ToJsonString())).Expect(200).Body;
        var byXml = (await control.CallOwnAsync("POST", target, new JsonObject { ["distributionConfigXml"] = config.ToString(), ["log"] = body["log"]!.DeepClone() }.ToJsonString())).Expect(200).Body;
        Assert.Equal(byJson, byXml);
        return Read(byJson, OwnJson.Default.PlanDocument);
    }

    private static async Task<LintDocument> LintAsync(TestControl control, XElement config) =>
        Read((await control.CallOwnAsync("POST", "lint", new JsonObject { ["distributionConfig"] = AwsJson.Of(config) }.ToJsonString())).Expect(200).Body, OwnJson.Default.LintDocument);

    private static T Read<T>(string body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => JsonSerializer.Deserialize(body, type)!;
}
