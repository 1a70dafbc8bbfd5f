// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>Origin access controls, managed policies, tags.</summary>
public sealed class SmallResourceTests
{
    /// <summary>§6.7, API-6.14.</summary>
    [Fact]
    public async Task An_origin_access_control_lives_from_create_to_delete()
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "origin-access-control", OriginAccessControl("one"))).Expect(201);
        var path = $"origin-access-control/{created.Text("Id")}";
        Assert.Equal("OriginAccessControl", created.Root.Name.LocalName);
        Assert.Equal($"{control.Address}2020-05-31/{path}", created.Location);
        (await control.CallAsync("POST", "origin-access-control", OriginAccessControl("one"))).ExpectError(409, "OriginAccessControlAlreadyExists");
        (await control.CallAsync("POST", "origin-access-control", OriginAccessControl(new string('n', 65)))).ExpectError(400, "InvalidArgument");

        var config = (await control.CallAsync("GET", path + "/config")).Expect(200);
        Assert.Equal(["Name", "Description", "SigningProtocol", "SigningBehavior", "OriginAccessControlOriginType"], config.Root.Elements().Select(element => element.Name.LocalName));
        (await control.CallAsync("PUT", path + "/config", config.Root)).ExpectError(400, "InvalidIfMatchVersion");
        (await control.CallAsync("PUT", path + "/config", config.Root, "E2QWRUHEXAMPLE")).ExpectError(412, "PreconditionFailed");
        var updated = (await control.CallAsync("PUT", path + "/config", OriginAccessControl("two", signing: "never"), config.ETag)).Expect(200);
        Assert.Equal(updated.ETag, (await control.CallAsync("GET", path)).Expect(200).ETag);
        Assert.Equal(["two"], (await control.CallAsync("GET", "origin-access-control")).Expect(200).Texts("Name"));

        (await control.CallAsync("DELETE", path, (XElement?)null, created.ETag)).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("DELETE", path, (XElement?)null, updated.ETag)).Expect(204);
        foreach (var (method, target) in new[] { ("GET", path), ("GET", path + "/config"), ("PUT", path + "/config"), ("DELETE", path) })
        {
            (await control.CallAsync(method, target, (XElement?)null, updated.ETag)).ExpectError(404, "NoSuchOriginAccessControl");
        }
    }

    /// <summary>API-5.11, API-10.5.</summary>
    [Fact]
    public async Task An_origin_access_control_in_use_stays_and_fits_its_origin()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { OriginAccessControls = 1 } });
        var access = await control.CallAsync("POST", "origin-access-control", OriginAccessControl("one"));
        var id = access.Text("Id");
        (await control.CallAsync("POST", "origin-access-control", OriginAccessControl("two"))).ExpectError(400, "TooManyOriginAccessControls");
        var use = ("Origins/Items/Origin", $"+<OriginAccessControlId>{id}</OriginAccessControlId>");
        (await control.CallAsync("POST", "distribution", Distribution("a", use))).ExpectError(400, "InvalidDomainNameForOriginAccessControl");
        (string, string?)[] bucket = [("Origins/Items/Origin/DomainName", "pics.s3.amazonaws.com"), ("Origins/Items/Origin/CustomOriginConfig", "<S3OriginConfig><OriginAccessIdentity/></S3OriginConfig>"), use];
        (await control.CallAsync("POST", "distribution", Distribution("a", bucket))).Expect(201);

        (await control.CallAsync("DELETE", $"origin-access-control/{id}", (XElement?)null, access.ETag)).ExpectError(409, "OriginAccessControlInUse");
        (await control.CallAsync("PUT", $"origin-access-control/{id}/config", OriginAccessControl("one", type: "lambda"), access.ETag)).ExpectError(400, "IllegalUpdate");
        bucket[1].Item2 = "<S3OriginConfig><OriginAccessIdentity>origin-access-identity/cloudfront/E1</OriginAccessIdentity></S3OriginConfig>";
        (await control.CallAsync("POST", "distribution", Distribution("b", bucket))).ExpectError(400, "IllegalOriginAccessConfiguration");
    }

    /// <summary>dataplane §8, §5.1 family B.</summary>
    [Theory]
    [InlineData("cache-policy", "CachePolicy", 7, "NoSuchCachePolicy")]
    [InlineData("origin-request-policy", "OriginRequestPolicy", 8, "NoSuchOriginRequestPolicy")]
    [InlineData("response-headers-policy", "ResponseHeadersPolicy", 5, "NoSuchResponseHeadersPolicy")]
    public async Task Managed_policies_are_listed_and_shown(string path, string name, int count, string missing)
    {
        await using var control = await TestControl.StartAsync();

        var list = (await control.CallAsync("GET", path + "?Type=managed")).Expect(200);
        Assert.Equal(name + "List", list.Root.Name.LocalName);
        Assert.Equal(["MaxItems", "Quantity", "Items"], list.Root.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(count, list.Root.Descendants(Answer.Ns + (name + "Summary")).Count(summary => summary.Element(Answer.Ns + "Type")!.Value == "managed"));
        Assert.Equal("0", (await control.CallAsync("GET", path + "?Type=custom")).Text("Quantity"));
        (await control.CallAsync("GET", path + "?Type=other")).ExpectError(400, "InvalidArgument");
        var page = await control.CallAsync("GET", path + "?MaxItems=2");
        Assert.Equal(list.Texts("Id")[2], (await control.CallAsync("GET", $"{path}?MaxItems=1&Marker={page.Text("NextMarker")}")).Text("Id"));

        foreach (var id in list.Texts("Id"))
        {
            var policy = (await control.CallAsync("GET", $"{path}/{id}")).Expect(200);
            var config = (await control.CallAsync("GET", $"{path}/{id}/config")).Expect(200);
            Assert.Equal((name, name + "Config"), (policy.Root.Name.LocalName, config.Root.Name.LocalName));
            Assert.StartsWith("Managed-", config.Text("Name"), StringComparison.Ordinal);
            Assert.Equal(policy.ETag, config.ETag);
            Assert.Matches("^E[A-Z0-9]{13}$", config.ETag);
        }

        (await control.CallAsync("GET", path + "/none")).ExpectError(404, missing);
        (await control.CallAsync("GET", path + "/none/config")).ExpectError(404, missing);
    }

    /// <summary>§6.13, API-6.3, API-6.8.</summary>
    [Fact]
    public async Task Tags_come_with_a_distribution_and_change_on_their_own()
    {
        await using var control = await TestControl.StartAsync();
        var body = new XElement(Answer.Ns + "DistributionConfigWithTags", Distribution(), Tags(("team", "web"), ("stage", "test")));
        var created = (await control.CallAsync("POST", "distribution?WithTags", body)).Expect(201);
        var resource = "Resource=" + Uri.EscapeDataString(created.Text("ARN")!);

        (await control.CallAsync("POST", $"tagging?Operation=Tag&{resource}", Tags(("stage", "live"), ("cost", "")))).Expect(204);
        (await control.CallAsync("POST", $"tagging?Operation=Untag&{resource}", Parse("<TagKeys><Items><Key>team</Key><Key>unknown</Key></Items></TagKeys>"))).Expect(204);

        var tags = (await control.CallAsync("GET", $"tagging?{resource}")).Expect(200);
        Assert.Equal(["cost", "stage"], tags.Texts("Key"));
        Assert.Equal(["", "live"], tags.Texts("Value"));
        (await control.CallAsync("POST", $"tagging?Operation=Tag&{resource}", Tags(("aws:x", "1")))).ExpectError(400, "InvalidTagging");
        (await control.CallAsync("POST", $"tagging?Operation=Tag&{resource}", Tags(("a;b", "1")))).ExpectError(400, "InvalidTagging");
        (await control.CallAsync("POST", $"tagging?Operation=Tag&{resource}", Tags([.. Enumerable.Range(0, 49).Select(i => ($"k{i}", "v"))]))).ExpectError(400, "InvalidTagging");
        (await control.CallAsync("GET", "tagging?Resource=nonsense")).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("GET", $"tagging?{resource}X")).ExpectError(404, "NoSuchResource");
        (await control.CallAsync("POST", "tagging?" + resource, Tags(("a", "b")))).ExpectError(404, "NoSuchOperation");
    }
}
