// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Store;
using Frontier.Control.Tests.Harness;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Tests.Zones;

/// <summary>Hosted zones by Route 53's API (NB-5.1).</summary>
public sealed class HostedZoneTests
{
    [Fact]
    public async Task A_zone_is_made_with_its_soa_and_ns_records_found_and_deleted()
    {
        await using var control = await TestControl.StartAsync(static options => options with { NameServers = ["ns1.example.net", "ns2.example.net."] });
        var made = (await control.Route53Async("POST", "hostedzone", Route53Calls.NewZone("Example.COM", "r", "<HostedZoneConfig><Comment>hello</Comment></HostedZoneConfig>"))).Expect(201);
        var id = made.ZoneText("Id")!;
        Assert.Matches("^/hostedzone/Z[A-Z0-9]{20}$", id);
        Assert.EndsWith("/2013-04-01" + id, made.Location, StringComparison.Ordinal);
        Assert.Equal(("example.com.", "r", "hello", "false", "2"), (made.ZoneText("Name"), made.ZoneText("CallerReference"), made.ZoneText("Comment"), made.ZoneText("PrivateZone"), made.ZoneText("ResourceRecordSetCount")));
        Assert.Equal(["ns1.example.net", "ns2.example.net"], made.ZoneTexts("NameServer"));
        Assert.Equal("PENDING", made.ZoneText("Status"));

        var got = (await control.Route53Async("GET", id.TrimStart('/'))).Expect(200);
        Assert.Equal(("GetHostedZoneResponse", "example.com.", "2"), (got.Root.Name.LocalName, got.ZoneText("Name"), got.ZoneText("ResourceRecordSetCount")));
        var sets = (await control.Route53Async("GET", id.TrimStart('/') + "/rrset")).Expect(200);
        Assert.Equal(["NS", "SOA"], sets.ZoneTexts("Type"));
        Assert.Equal(["ns1.example.net.", "ns2.example.net.", "ns1.example.net. hostmaster.frontier.localhost. 1 7200 900 1209600 86400"], sets.ZoneTexts("Value"));
        Assert.Equal(["172800", "900"], sets.ZoneTexts("TTL"));

        Assert.Equal("PENDING", (await control.Route53Async("DELETE", id.TrimStart('/'))).Expect(200).ZoneText("Status"));
        (await control.Route53Async("GET", id.TrimStart('/'))).ExpectZoneError(404, "NoSuchHostedZone", id["/hostedzone/".Length..]);
        (await control.Route53Async("DELETE", id.TrimStart('/'))).ExpectZoneError(404, "NoSuchHostedZone");
    }

    [Fact]
    public async Task A_caller_reference_or_a_name_makes_one_zone_only()
    {
        await using var control = await TestControl.StartAsync(static options => options with { Quotas = new Quotas { HostedZones = 2 } });
        var id = await control.CreateZoneAsync("a.example", "r1");

        (await control.Route53Async("POST", "hostedzone", Route53Calls.NewZone("a.example", "r1"))).ExpectZoneError(409, "HostedZoneAlreadyExists");
        (await control.Route53Async("POST", "hostedzone", Route53Calls.NewZone("A.EXAMPLE.", "r2"))).ExpectZoneError(400, "DelegationSetNotAvailable");
        await control.CreateZoneAsync("b.a.example", "r3");
        (await control.Route53Async("POST", "hostedzone", Route53Calls.NewZone("c.example", "r4"))).ExpectZoneError(400, "TooManyHostedZones", "2");
        (await control.Route53Async("DELETE", "hostedzone/" + id)).Expect(200);
        await control.CreateZoneAsync("a.example", "r1");
    }

    [Theory]
    [InlineData("a..b", "", "InvalidDomainName")]
    [InlineData(".", "", "InvalidDomainName")]
    [InlineData("*.example", "", "InvalidDomainName")]
    [InlineData("x.frontier.localhost", "", "ConflictingDomainExists")]
    [InlineData("a.example", "<HostedZoneConfig><PrivateZone>true</PrivateZone></HostedZoneConfig>", "InvalidInput")]
    [InlineData("a.example", "<VPC><VPCId>vpc-1</VPCId></VPC>", "InvalidInput")]
    [InlineData("a.example", "<DelegationSetId>N1</DelegationSetId>", "InvalidInput")]
    [InlineData("a.example", "<HostedZoneConfig><PrivateZone>maybe</PrivateZone></HostedZoneConfig>", "InvalidInput")]
    public async Task What_no_zone_can_be_is_refused_by_name(string name, string more, string code)
    {
        await using var control = await TestControl.StartAsync();
        (await control.Route53Async("POST", "hostedzone", Route53Calls.NewZone(name, "r", more))).ExpectZoneError(400, code);
        Assert.Equal("0", (await control.Route53Async("GET", "hostedzonecount")).Expect(200).ZoneText("HostedZoneCount"));
    }

    [Fact]
    public async Task Zones_are_listed_by_creation_and_by_name_page_by_page()
    {
        await using var control = await TestControl.StartAsync();
        List<string> ids = [];
        foreach (var name in new[] { "www.b.example", "a.example", "b.example" })
        {
            ids.Add(await control.CreateZoneAsync(name));
        }

        var page = (await control.Route53Async("GET", "hostedzone?maxitems=2")).Expect(200);
        Assert.Equal(["www.b.example.", "a.example."], page.ZoneTexts("Name"));
        Assert.Equal(("true", ids[2], "2"), (page.ZoneText("IsTruncated"), page.ZoneText("NextMarker"), page.ZoneText("MaxItems")));
        page = (await control.Route53Async("GET", $"hostedzone?marker={ids[2]}&maxitems=2")).Expect(200);
        Assert.Equal(("b.example.", "false"), (Assert.Single(page.ZoneTexts("Name")), page.ZoneText("IsTruncated")));
        (await control.Route53Async("GET", "hostedzone?marker=Z0")).ExpectZoneError(400, "InvalidInput", "Z0");
        (await control.Route53Async("GET", "hostedzone?maxitems=0")).ExpectZoneError(400, "InvalidInput", "MaxItems");

        page = (await control.Route53Async("GET", "hostedzonesbyname?maxitems=2")).Expect(200);
        Assert.Equal(["a.example.", "b.example."], page.ZoneTexts("Name"));
        Assert.Equal(("www.b.example.", ids[0]), (page.ZoneText("NextDNSName"), page.ZoneText("NextHostedZoneId")));
        page = (await control.Route53Async("GET", $"hostedzonesbyname?dnsname=www.b.example&hostedzoneid={ids[0]}")).Expect(200);
        Assert.Equal(("www.b.example.", "false"), (Assert.Single(page.ZoneTexts("Name")), page.ZoneText("IsTruncated")));
        (await control.Route53Async("GET", "hostedzonesbyname?hostedzoneid=Z1")).ExpectZoneError(400, "InvalidInput");
        Assert.Equal("3", (await control.Route53Async("GET", "hostedzonecount")).Expect(200).ZoneText("HostedZoneCount"));
    }

    [Fact]
    public async Task Only_an_empty_zone_is_deleted_and_comments_change()
    {
        await using var control = await TestControl.StartAsync();
        var id = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(id, Route53Calls.Simple("CREATE", "x.a.example", "A", "192.0.2.1"))).Expect(200);
        (await control.Route53Async("DELETE", "hostedzone/" + id)).ExpectZoneError(400, "HostedZoneNotEmpty");

        var commented = (await control.Route53Async("POST", "hostedzone/" + id, "<UpdateHostedZoneCommentRequest><Comment>new</Comment></UpdateHostedZoneCommentRequest>")).Expect(200);
        Assert.Equal(("new", "3"), (commented.ZoneText("Comment"), commented.ZoneText("ResourceRecordSetCount")));
        commented = (await control.Route53Async("POST", "hostedzone/" + id, "<UpdateHostedZoneCommentRequest/>")).Expect(200);
        Assert.Null(commented.ZoneText("Comment"));
        (await control.ChangeAsync(id, Route53Calls.Simple("DELETE", "x.a.example", "A", "192.0.2.1"))).Expect(200);
        (await control.Route53Async("DELETE", "hostedzone/" + id)).Expect(200);
    }

    [Fact]
    public async Task Limits_and_tags_are_told()
    {
        await using var control = await TestControl.StartAsync();
        var id = await control.CreateZoneAsync("a.example");
        var limit = (await control.Route53Async("GET", $"hostedzonelimit/{id}/MAX_RRSETS_BY_ZONE")).Expect(200);
        Assert.Equal(("10000", "2"), (limit.ZoneText("Value"), limit.ZoneText("Count")));
        limit = (await control.Route53Async("GET", "accountlimit/MAX_HOSTED_ZONES_BY_OWNER")).Expect(200);
        Assert.Equal(("500", "1"), (limit.ZoneText("Value"), limit.ZoneText("Count")));
        (await control.Route53Async("GET", $"hostedzonelimit/{id}/MAX_VPCS_ASSOCIATED_BY_ZONE")).ExpectZoneError(400, "InvalidInput", "MAX_RRSETS_BY_ZONE");

        const string Add = "<ChangeTagsForResourceRequest><AddTags><Tag><Key>k</Key><Value>v</Value></Tag><Tag><Key>l</Key><Value/></Tag></AddTags></ChangeTagsForResourceRequest>";
        (await control.Route53Async("POST", $"tags/hostedzone/{id}", Add)).Expect(200);
        (await control.Route53Async("POST", $"tags/hostedzone/{id}", "<ChangeTagsForResourceRequest><RemoveTagKeys><Key>l</Key></RemoveTagKeys></ChangeTagsForResourceRequest>")).Expect(200);
        var tags = (await control.Route53Async("GET", $"tags/hostedzone/{id}")).Expect(200);
        Assert.Equal(("hostedzone", id, "k", "v"), (tags.ZoneText("ResourceType"), tags.ZoneText("ResourceId"), Assert.Single(tags.ZoneTexts("Key")), tags.ZoneText("Value")));
        tags = (await control.Route53Async("POST", "tags/hostedzone", $"<ListTagsForResourcesRequest><ResourceIds><ResourceId>{id}</ResourceId></ResourceIds></ListTagsForResourcesRequest>")).Expect(200);
        Assert.Equal("k", tags.ZoneText("Key"));
        (await control.Route53Async("GET", "tags/hostedzone/Z0")).ExpectZoneError(404, "NoSuchHostedZone");
        (await control.Route53Async("GET", "tags/healthcheck/Z0")).ExpectZoneError(404, "NoSuchHealthCheck");
        (await control.Route53Async("GET", "tags/vpc/Z0")).ExpectZoneError(400, "InvalidInput");
    }

    [Fact]
    public async Task Nobody_changes_a_zone_unsigned_or_with_a_key_of_another_service_and_a_read_only_key_only_looks()
    {
        await using var control = await TestControl.StartAsync(static options => options with { AccessKeys = [.. options.AccessKeys, new AccessKey("AKIDLOOKS", "s") { IsReadOnly = true }] });
        var id = await control.CreateZoneAsync("a.example");
        var looks = new AccessKey("AKIDLOOKS", "s");

        (await control.SendAsync(control.NewRequest("DELETE", "/2013-04-01/hostedzone/" + id, []))).ExpectZoneError(403, "MissingAuthenticationToken");
        (await control.Route53Async("DELETE", "hostedzone/" + id, service: "cloudfront")).ExpectZoneError(403, "SignatureDoesNotMatch", "route53");
        (await control.Route53Async("DELETE", "hostedzone/" + id, key: looks)).ExpectZoneError(403, "AccessDenied", "route53:DeleteHostedZone");
        (await control.Route53Async("GET", "hostedzone/" + id, key: looks)).Expect(200);
        Assert.True(await control.HasResourceAsync(ResourceKind.HostedZone, id));
    }

    [Fact]
    public async Task What_is_changed_stands_in_the_audit_log()
    {
        await using var control = await TestControl.StartAsync();
        var id = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(id, Route53Calls.Simple("CREATE", "x.a.example", "A", "192.0.2.1"))).Expect(200);

        var rows = await control.Store.ReadAuditAsync(new AuditQuery(long.MaxValue, 10), default);
        Assert.Equal(["ChangeResourceRecordSets", "CreateHostedZone"], rows.Select(static row => row.Operation));
        Assert.All(rows, row => Assert.Equal(id, row.ResourceId));
        Assert.Contains("192.0.2.1", rows[0].After, StringComparison.Ordinal);
    }
}
