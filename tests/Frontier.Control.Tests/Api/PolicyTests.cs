// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;
using static Frontier.Control.Tests.Harness.PolicyDocuments;

namespace Frontier.Control.Tests.Api;

/// <summary>§6.4 to §6.6, §5.1: what holds for policies of all three kinds.</summary>
public sealed class PolicyTests
{
    public static TheoryData<string, string> Kinds => new()
    {
        { "cache-policy", "CachePolicy" },
        { "origin-request-policy", "OriginRequestPolicy" },
        { "response-headers-policy", "ResponseHeadersPolicy" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_custom_policy_lives_from_create_to_delete(string path, string name)
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", path, Policy(path, "mine"))).Expect(201);
        var one = $"{path}/{created.Text("Id")}";
        Assert.Equal(name, created.Root.Name.LocalName);
        Assert.Equal(["Id", "LastModifiedTime", name + "Config"], created.Root.Elements().Select(element => element.Name.LocalName));
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", created.Text("Id"));
        Assert.Equal($"{control.Address}2020-05-31/{one}", created.Location);

        var shown = (await control.CallAsync("GET", one)).Expect(200);
        var config = (await control.CallAsync("GET", one + "/config")).Expect(200);
        Assert.Equal(created.Body, shown.Body);
        Assert.Equal((created.ETag, created.ETag), (shown.ETag, config.ETag));
        Assert.Equal(name + "Config", config.Root.Name.LocalName);

        (await control.CallAsync("PUT", one, config.Root)).ExpectError(400, "InvalidIfMatchVersion");
        (await control.CallAsync("PUT", one, config.Root, "E2QWRUHEXAMPLE")).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("PUT", one, (XElement?)null, config.ETag)).ExpectError(400, "MissingBody");
        var same = (await control.CallAsync("PUT", one, config.Root, config.ETag)).Expect(200); // API-5.13
        var updated = (await control.CallAsync("PUT", one, Policy(path, "renamed"), same.ETag)).Expect(200);
        Assert.NotEqual(created.ETag, updated.ETag);
        Assert.Equal("renamed", (await control.CallAsync("GET", one)).Text("Name"));

        (await control.CallAsync("DELETE", one, (XElement?)null, created.ETag)).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("DELETE", one, (XElement?)null, updated.ETag)).Expect(204);
        foreach (var (method, target) in new[] { ("GET", one), ("GET", one + "/config"), ("PUT", one), ("DELETE", one) })
        {
            (await control.CallAsync(method, target, (XElement?)null, updated.ETag)).ExpectError(404, "NoSuch" + name);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_custom_policy_survives_a_restart(string path, string name)
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", path, Policy(path, "mine"))).Expect(201);
        var used = (await control.CallAsync("POST", "distribution", Using(name, created.Text("Id")!))).Expect(201);

        await control.RestartAsync();

        Assert.Equal(created.Body, (await control.CallAsync("GET", $"{path}/{created.Text("Id")}")).Expect(200).Body);
        Assert.Equal([used.Text("Id")!], (await control.CallAsync("GET", $"distributionsBy{name}Id/{created.Text("Id")}")).Texts("DistributionId"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_name_stands_for_one_policy(string path, string name)
    {
        await using var control = await TestControl.StartAsync();
        (await control.CallAsync("POST", path, Policy(path, "one"))).Expect(201);
        var two = (await control.CallAsync("POST", path, Policy(path, "two"))).Expect(201);
        var managed = (await control.CallAsync("GET", path + "?Type=managed&MaxItems=1")).Text("Name")!;

        (await control.CallAsync("POST", path, Policy(path, "one"))).ExpectError(409, name + "AlreadyExists");
        (await control.CallAsync("POST", path, Policy(path, managed))).ExpectError(409, name + "AlreadyExists");
        (await control.CallAsync("PUT", $"{path}/{two.Text("Id")}", Policy(path, "one"), two.ETag)).ExpectError(409, name + "AlreadyExists");
        (await control.CallAsync("PUT", $"{path}/{two.Text("Id")}", Policy(path, "two"), two.ETag)).Expect(200);
        (await control.CallAsync("POST", path, Policy(path, ""))).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("POST", path, Policy(path, new string('n', 129)))).ExpectError(400, "InvalidArgument");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_name_has_letters_digits_hyphens_and_underscores(string path, string name)
    {
        await using var control = await TestControl.StartAsync();
        foreach (var odd in new[] { "a b", "a/b", "a.b", "a\tb", "a\u00e9", "a\u200bb", "\U0001F600", "a'b", "a%20b" })
        {
            Assert.Contains("The parameter Name contains characters", (await control.CallAsync("POST", path, Policy(path, odd))).ExpectError(400, "InvalidArgument").ErrorMessage, StringComparison.Ordinal);
        }

        (await control.CallAsync("POST", path, Policy(path, $"My-{name}_01"))).Expect(201);
    }

    /// <summary>API-5.11, and the lists that tell who uses what (§6.2).</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_policy_in_use_stays(string path, string name)
    {
        await using var control = await TestControl.StartAsync();
        var policy = (await control.CallAsync("POST", path, Policy(path, "mine"))).Expect(201);
        var (id, list) = (policy.Text("Id")!, $"distributionsBy{name}Id/");
        Assert.Equal("0", (await control.CallAsync("GET", list + id)).Expect(200).Text("Quantity"));
        var distribution = (await control.CallAsync("POST", "distribution", Using(name, id))).Expect(201);

        (await control.CallAsync("DELETE", $"{path}/{id}", (XElement?)null, policy.ETag)).ExpectError(409, name + "InUse");
        Assert.Equal([distribution.Text("Id")!], (await control.CallAsync("GET", list + id)).Expect(200).Texts("DistributionId"));
        (await control.CallAsync("GET", list + "none")).ExpectError(404, "NoSuch" + name);

        (await control.CallAsync("PUT", $"distribution/{distribution.Text("Id")}/config", Distribution(), distribution.ETag)).Expect(200);
        (await control.CallAsync("DELETE", $"{path}/{id}", (XElement?)null, policy.ETag)).Expect(204);
        (await control.CallAsync("POST", "distribution", Using(name, id, "ref-2"))).ExpectError(404, "NoSuch" + name);
    }

    /// <summary>§5.1.</summary>
    [Theory]
    [InlineData("cache-policy")]
    [InlineData("origin-request-policy")]
    [InlineData("response-headers-policy")]
    public async Task Managed_policies_never_change(string path)
    {
        await using var control = await TestControl.StartAsync();
        var managed = (await control.CallAsync("GET", path + "?MaxItems=1")).Text("Id");
        var etag = (await control.CallAsync("GET", $"{path}/{managed}")).ETag;

        (await control.CallAsync("PUT", $"{path}/{managed}", Policy(path, "mine"), etag)).ExpectError(400, "IllegalUpdate");
        (await control.CallAsync("DELETE", $"{path}/{managed}", (XElement?)null, etag)).ExpectError(400, "IllegalDelete");
    }

    /// <summary>§5.1 family B, API-5.2.</summary>
    [Theory]
    [InlineData("cache-policy")]
    [InlineData("origin-request-policy")]
    [InlineData("response-headers-policy")]
    public async Task Custom_policies_are_listed_after_the_managed_ones(string path)
    {
        await using var control = await TestControl.StartAsync();
        var managed = (await control.CallAsync("GET", path)).Texts("Id");
        List<string> mine = [];
        foreach (var each in new[] { "b", "a", "c" })
        {
            mine.Add((await control.CallAsync("POST", path, Policy(path, each))).Text("Id")!);
        }

        Assert.Equal([.. managed, .. mine], (await control.CallAsync("GET", path)).Texts("Id"));
        Assert.Equal(managed, (await control.CallAsync("GET", path + "?Type=managed")).Texts("Id"));
        var page = (await control.CallAsync("GET", path + "?Type=custom&MaxItems=2")).Expect(200);
        Assert.Equal(mine[..2], page.Texts("Id"));
        Assert.Equal((mine[1], "2"), (page.Text("NextMarker"), page.Text("MaxItems")));
        Assert.All(page.Texts("Type"), type => Assert.Equal("custom", type));
        var rest = await control.CallAsync("GET", $"{path}?Type=custom&Marker={page.Text("NextMarker")}");
        Assert.Equal(mine[2..], rest.Texts("Id"));
        Assert.Null(rest.Text("NextMarker"));
        (await control.CallAsync("GET", path + "?Type=custom&Marker=none")).ExpectError(400, "InvalidArgument");
    }

    /// <summary>§7.</summary>
    [Theory]
    [InlineData("cache-policy", "TooManyCachePolicies", "CachePolicy")]
    [InlineData("origin-request-policy", "TooManyOriginRequestPolicies", "OriginRequestPolicy")]
    [InlineData("response-headers-policy", "TooManyResponseHeadersPolicies", "ResponseHeadersPolicy")]
    public async Task Quotas_of_policies_hold(string path, string tooMany, string name)
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { PoliciesPerKind = 1, DistributionsPerPolicy = 1 } });
        var policy = (await control.CallAsync("POST", path, Policy(path, "one"))).Expect(201);
        (await control.CallAsync("POST", path, Policy(path, "two"))).ExpectError(400, tooMany);

        var first = (await control.CallAsync("POST", "distribution", Using(name, policy.Text("Id")!, "a"))).Expect(201);
        (await control.CallAsync("POST", "distribution", Using(name, policy.Text("Id")!, "b"))).ExpectError(400, "TooManyDistributionsAssociatedTo" + name);
        (await control.CallAsync("PUT", $"distribution/{first.Text("Id")}/config", Using(name, policy.Text("Id")!, "a"), first.ETag)).Expect(200);
        (await control.CallAsync("POST", "distribution", Distribution("c"))).Expect(201); // managed policies have no such quota
    }

    /// <summary>Edges are told of what their distributions use, and of nothing else.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Only_a_change_to_a_policy_in_use_makes_a_snapshot(string path, string name)
    {
        await using var control = await TestControl.StartAsync();
        var policy = (await control.CallAsync("POST", path, Policy(path, "mine"))).Expect(201);
        policy = (await control.CallAsync("PUT", $"{path}/{policy.Text("Id")}", Policy(path, "still-unused"), policy.ETag)).Expect(200);
        (await control.CallAsync("POST", "distribution", Using(name, policy.Text("Id")!))).Expect(201);
        Assert.Equal("still-unused", NameIn((await control.ReportAsync("e", 0, 0)).Snapshot!));

        (await control.CallAsync("PUT", $"{path}/{policy.Text("Id")}", Policy(path, "changed"), policy.ETag)).Expect(200);

        var snapshot = (await control.ReportAsync("e", 1, 0)).Snapshot!;
        Assert.Equal((2, "changed"), (snapshot.Version, NameIn(snapshot)));

        string NameIn(Contracts.ConfigSnapshot snapshot) => name switch
        {
            "CachePolicy" => snapshot.CachePolicies.Single(each => each.Id == policy.Text("Id")).Name,
            "OriginRequestPolicy" => snapshot.OriginRequestPolicies.Single().Name,
            _ => snapshot.ResponseHeadersPolicies.Single().Name,
        };
    }

    private static XElement Using(string name, string id, string reference = "ref-1") => name == "CachePolicy"
        ? Distribution(reference, ("DefaultCacheBehavior/CachePolicyId", id))
        : Distribution(reference, ("DefaultCacheBehavior", $"+<{name}Id>{id}</{name}Id>"));
}
