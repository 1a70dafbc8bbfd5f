// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;
using static Frontier.Control.Tests.Harness.KeyDocuments;

namespace Frontier.Control.Tests.Api;

/// <summary>§6.19: legacy streaming distributions.</summary>
public sealed class StreamingDistributionTests
{
    private const string Path = "streaming-distribution";

    [Fact]
    public async Task One_is_shown_with_its_defaults()
    {
        await using var control = await TestControl.StartAsync();

        var created = (await control.CallAsync("POST", Path, Streaming("r", enabled: true, signers: "self", aliases: "Live.example.com"))).Expect(201);

        Assert.Equal(
            ["Id", "ARN", "Status", "LastModifiedTime", "DomainName", "ActiveTrustedSigners", "StreamingDistributionConfig"],
            created.Root.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(
            ["CallerReference", "S3Origin", "Aliases", "Comment", "Logging", "TrustedSigners", "PriceClass", "Enabled"],
            created.Root.Elements().Last().Elements().Select(element => element.Name.LocalName));
        Assert.Equal($"arn:aws:cloudfront::000000000000:streaming-distribution/{created.Text("Id")}", created.Text("ARN"));
        Assert.Matches(@"^s[a-z0-9]{13}\.frontier\.localhost$", created.Text("DomainName"));
        Assert.Equal(("Deployed", "PriceClass_All", "live.example.com"), (created.Text("Status"), created.Text("PriceClass"), created.Text("CNAME")));
        Assert.Equal("self", created.Root.Element(Answer.Ns + "ActiveTrustedSigners")!.Value.Replace("true1", "", StringComparison.Ordinal));
        var summary = (await control.CallAsync("GET", Path)).Root.Descendants(Answer.Ns + "StreamingDistributionSummary").Single();
        Assert.Equal(
            ["Id", "ARN", "Status", "LastModifiedTime", "DomainName", "S3Origin", "Aliases", "TrustedSigners", "Comment", "PriceClass", "Enabled"],
            summary.Elements().Select(element => element.Name.LocalName));
    }

    /// <summary>§4: the same body returns the first one, another is refused.</summary>
    [Fact]
    public async Task The_same_request_again_returns_the_first_one()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { StreamingDistributions = 1 } });
        var first = (await control.CallAsync("POST", Path, Streaming("r"))).Expect(201);

        var again = (await control.CallAsync("POST", Path, Streaming("r"))).Expect(201);

        Assert.Equal((first.Body, first.ETag, first.Location), (again.Body, again.ETag, again.Location));
        (await control.CallAsync("POST", Path, Streaming("r", enabled: true))).ExpectError(409, "StreamingDistributionAlreadyExists");
        (await control.CallAsync("POST", Path, Streaming("s"))).ExpectError(400, "TooManyStreamingDistributions");
        Assert.Equal("1", (await control.CallAsync("GET", Path)).Text("Quantity"));
    }

    [Fact]
    public async Task Only_one_that_is_disabled_can_be_deleted()
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", Path, Streaming("r", enabled: true))).Expect(201);
        var one = $"{Path}/{created.Text("Id")}";

        (await control.CallAsync("DELETE", one, (XElement?)null, created.ETag)).ExpectError(409, "StreamingDistributionNotDisabled");

        var disabled = (await control.CallAsync("PUT", one + "/config", Streaming("r"), created.ETag)).Expect(200);
        Assert.Equal(created.Text("DomainName"), disabled.Text("DomainName"));
        (await control.CallAsync("DELETE", one, (XElement?)null, disabled.ETag)).Expect(204);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { AliasesPerDistribution = 1, TrustedSigners = 1 } });

        (await control.CallAsync("POST", Path, Streaming("r", origin: "media.example.com"))).ExpectError(400, "InvalidOrigin");
        (await control.CallAsync("POST", Path, Streaming("r", identity: "origin-access-identity/cloudfront/E1"))).ExpectError(400, "InvalidOriginAccessIdentity");
        (await control.CallAsync("POST", Path, Streaming("r", signers: "111111111111"))).ExpectError(400, "TrustedSignerDoesNotExist");
        (await control.CallAsync("POST", Path, Streaming("r", signers: "self 000000000000"))).ExpectError(400, "TooManyTrustedSigners");
        (await control.CallAsync("POST", Path, Streaming("r", aliases: ["a.example.com", "b.example.com"]))).ExpectError(400, "TooManyStreamingDistributionCNAMEs");
        (await control.CallAsync("POST", Path, Streaming("r", aliases: "not a name"))).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("POST", Path, Streaming(""))).ExpectError(400, "InvalidArgument");
        Assert.Equal("0", (await control.CallAsync("GET", Path)).Text("Quantity"));
    }

    /// <summary>API-10.9: a name belongs to one distribution, whichever its kind.</summary>
    [Fact]
    public async Task An_alias_is_held_by_one_distribution_of_either_kind()
    {
        await using var control = await TestControl.StartAsync();
        var streaming = (await control.CallAsync("POST", Path, Streaming("r", aliases: "live.example.com"))).Expect(201);

        (await control.CallAsync("POST", Path, Streaming("s", aliases: "live.example.com"))).ExpectError(409, "CNAMEAlreadyExists");
        (await control.CallAsync("POST", "distribution", Distribution("a", ("", "+" + Aliases("live.example.com"))))).ExpectError(409, "CNAMEAlreadyExists");

        (await control.CallAsync("PUT", $"{Path}/{streaming.Text("Id")}/config", Streaming("r"), streaming.ETag)).Expect(200);
        (await control.CallAsync("POST", "distribution", Distribution("a", ("", "+" + Aliases("live.example.com"))))).Expect(201);
        (await control.CallAsync("POST", Path, Streaming("s", aliases: "live.example.com"))).ExpectError(409, "CNAMEAlreadyExists");
    }

    /// <summary>API-5.11.</summary>
    [Fact]
    public async Task An_identity_that_one_uses_stays()
    {
        await using var control = await TestControl.StartAsync();
        var identity = (await control.CallAsync("POST", "origin-access-identity/cloudfront", Parse(
            "<CloudFrontOriginAccessIdentityConfig><CallerReference>i</CallerReference><Comment/></CloudFrontOriginAccessIdentityConfig>"))).Expect(201);
        (await control.CallAsync("POST", Path, Streaming("r", identity: $"origin-access-identity/cloudfront/{identity.Text("Id")}"))).Expect(201);

        (await control.CallAsync("DELETE", $"origin-access-identity/cloudfront/{identity.Text("Id")}", (XElement?)null, identity.ETag))
            .ExpectError(409, "CloudFrontOriginAccessIdentityInUse");
    }

    /// <summary>§6.13, §6.19.</summary>
    [Fact]
    public async Task Tags_come_with_one_and_change_on_their_own()
    {
        await using var control = await TestControl.StartAsync();
        var body = new XElement(Answer.Ns + "StreamingDistributionConfigWithTags", Streaming("r"), Tags(("team", "media")));
        var created = (await control.CallAsync("POST", Path + "?WithTags", body)).Expect(201);
        var resource = "Resource=" + Uri.EscapeDataString(created.Text("ARN")!);

        Assert.Equal(["team"], (await control.CallAsync("GET", "tagging?" + resource)).Expect(200).Texts("Key"));
        (await control.CallAsync("POST", $"tagging?Operation=Tag&{resource}", Tags(("stage", "live")))).Expect(204);
        (await control.CallAsync("POST", $"tagging?Operation=Untag&{resource}", Parse("<TagKeys><Items><Key>team</Key></Items></TagKeys>"))).Expect(204);
        Assert.Equal(["stage"], (await control.CallAsync("GET", "tagging?" + resource)).Expect(200).Texts("Key"));
        (await control.CallAsync("GET", "tagging?" + resource.Replace("streaming-", "", StringComparison.Ordinal))).ExpectError(404, "NoSuchResource");
        var refused = new XElement(Answer.Ns + "StreamingDistributionConfigWithTags", Streaming("s"), Tags(("aws:x", "1")));
        (await control.CallAsync("POST", Path + "?WithTags", refused)).ExpectError(400, "InvalidTagging");
    }
}
