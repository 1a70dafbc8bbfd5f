// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Route53Calls;

namespace Frontier.Control.Tests.Zones;

/// <summary>Change batches and lists of record sets (NB-5.1, NB-5.2).</summary>
public sealed class RecordSetTests
{
    [Theory]
    [InlineData("A", "192.0.2.1|192.0.2.2")]
    [InlineData("AAAA", "2001:db8::1")]
    [InlineData("CAA", "0 issue \"ca.example\"")]
    [InlineData("CNAME", "target.example.com")]
    [InlineData("DS", "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118")]
    [InlineData("HTTPS", "1 . alpn=\"h2,h3\"")]
    [InlineData("MX", "10 mail.example.com.|20 mail2.example.com.")]
    [InlineData("NAPTR", "100 50 \"s\" \"http+N2L\" \"\" www.example.com.")]
    [InlineData("NS", "ns1.example.com.")]
    [InlineData("PTR", "host.example.com.")]
    [InlineData("SPF", "\"v=spf1 -all\"")]
    [InlineData("SRV", "1 10 5269 xmpp.example.com.")]
    [InlineData("SSHFP", "1 1 123456789abcdef67890123456789abcdef67890")]
    [InlineData("SVCB", "1 svc.example.com. port=8004")]
    [InlineData("TLSA", "3 1 1 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971")]
    [InlineData("TXT", "\"one\" \"two \\303\\274\"|\"\"")]
    public async Task Record_sets_of_every_type_are_made_listed_as_they_were_written_and_deleted_NB_5_2(string type, string values)
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(zone, Simple("CREATE", "X.a.example", type, values))).Expect(200);

        var listed = (await control.Route53Async("GET", $"hostedzone/{zone}/rrset?name=x.a.example")).Expect(200);
        Assert.Equal(("x.a.example.", type, "300"), (listed.ZoneText("Name"), listed.ZoneText("Type"), listed.ZoneText("TTL")));
        Assert.Equal(values.Split('|'), listed.ZoneTexts("Value"));

        (await control.ChangeAsync(zone, Simple("DELETE", "x.a.example.", type, string.Join('|', values.Split('|').Reverse())))).Expect(200);
        Assert.Empty((await control.Route53Async("GET", $"hostedzone/{zone}/rrset?name=x.a.example")).Expect(200).ZoneTexts("Name"));
    }

    [Fact]
    public async Task A_batch_is_made_whole_or_not_at_all_and_every_fault_is_told_NB_5_1()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(zone, Simple("CREATE", "old.a.example", "A", "192.0.2.1"))).Expect(200);

        var message = (await control.ChangeAsync(
            zone,
            Simple("CREATE", "new.a.example", "A", "192.0.2.9"),
            Simple("CREATE", "old.a.example", "A", "192.0.2.2"),
            Simple("DELETE", "gone.a.example", "A", "192.0.2.3"),
            Simple("DELETE", "old.a.example", "A", "192.0.2.4"),
            Simple("CREATE", "bad.a.example", "A", "300.0.2.4"),
            Simple("CREATE", "www.b.example", "A", "192.0.2.5"))).ExpectZoneError(400, "InvalidChangeBatch");

        Assert.StartsWith("[", message, StringComparison.Ordinal);
        Assert.Contains("Tried to create resource record set [name='old.a.example.', type='A'] but it already exists", message, StringComparison.Ordinal);
        Assert.Contains("Tried to delete resource record set [name='gone.a.example.', type='A'] but it was not found", message, StringComparison.Ordinal);
        Assert.Contains("Tried to delete resource record set [name='old.a.example.', type='A'] but the values provided do not match the current values", message, StringComparison.Ordinal);
        Assert.Contains("FATAL problem: IllegalIPv4Address (Value is not a valid IPv4 address) encountered with '300.0.2.4'", message, StringComparison.Ordinal);
        Assert.Contains("RRSet with DNS name www.b.example. is not permitted in zone a.example.", message, StringComparison.Ordinal);
        Assert.Equal(["a.example.", "a.example.", "old.a.example."], (await ListAsync(control, zone)));
    }

    [Fact]
    public async Task A_batch_is_judged_by_what_comes_of_it()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(zone, Simple("CREATE", "x.a.example", "A", "192.0.2.1"))).Expect(200);

        (await control.ChangeAsync(zone, Simple("DELETE", "x.a.example", "A", "192.0.2.1"), Simple("CREATE", "x.a.example", "CNAME", "y.a.example"))).Expect(200);
        (await control.ChangeAsync(zone, Simple("CREATE", "x.a.example", "TXT", "\"t\""))).ExpectZoneError(400, "InvalidChangeBatch", "RRSet of type CNAME with DNS name x.a.example. is not permitted as it conflicts");
        (await control.ChangeAsync(zone, Simple("UPSERT", "x.a.example", "CNAME", "z.a.example", 5), Simple("UPSERT", "n.a.example", "A", "192.0.2.1"))).Expect(200);
        var listed = (await control.Route53Async("GET", $"hostedzone/{zone}/rrset?name=x.a.example&type=CNAME")).Expect(200);
        Assert.Equal(("z.a.example", "5"), (listed.ZoneText("Value"), listed.ZoneText("TTL")));
    }

    [Fact]
    public async Task The_apex_keeps_its_soa_and_ns_records_and_has_no_cname()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        const string Soa = "ns1.frontier.localhost. hostmaster.frontier.localhost. 1 7200 900 1209600 86400";

        (await control.ChangeAsync(zone, Simple("DELETE", "a.example", "SOA", Soa, 900))).ExpectZoneError(400, "InvalidChangeBatch", "A HostedZone must contain exactly one SOA record.");
        (await control.ChangeAsync(zone, Simple("DELETE", "a.example", "NS", "ns1.frontier.localhost.", 172_800))).ExpectZoneError(400, "InvalidChangeBatch", "at least one NS record for the zone itself");
        (await control.ChangeAsync(zone, Simple("CREATE", "a.example", "CNAME", "b.example"))).ExpectZoneError(400, "InvalidChangeBatch", "RRSet of type CNAME with DNS name a.example. is not permitted at apex in zone a.example.");
        (await control.ChangeAsync(zone, Simple("CREATE", "x.a.example", "SOA", Soa))).ExpectZoneError(400, "InvalidChangeBatch", "SOA");
        (await control.ChangeAsync(zone, Simple("UPSERT", "a.example", "SOA", Soa.Replace(" 1 ", " 2 ", StringComparison.Ordinal), 60), Simple("UPSERT", "a.example", "NS", "ns.elsewhere.example"))).Expect(200);
    }

    [Theory]
    [InlineData("<TTL>300</TTL>", "found none")]
    [InlineData("<ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords>", "found none")]
    [InlineData("<TTL>2147483648</TTL><ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords>", "Invalid TTL")]
    [InlineData("<TTL>1</TTL><ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords>", "Duplicate Resource Record: '192.0.2.1'")]
    [InlineData("<SetIdentifier>s</SetIdentifier><TTL>1</TTL><ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords>", "beside 'SetIdentifier'")]
    [InlineData("<Weight>1</Weight><TTL>1</TTL><ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords>", "Missing field 'SetIdentifier' in Change with [Action=CREATE, Name=x.a.example., Type=A, SetIdentifier=null]")]
    [InlineData("<SetIdentifier>s</SetIdentifier><Weight>256</Weight><TTL>1</TTL><ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords>", "Invalid Weight")]
    [InlineData("<SetIdentifier>s</SetIdentifier><Weight>1</Weight><Region>eu-west-1</Region><TTL>1</TTL><ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords>", "more than one")]
    [InlineData("<SetIdentifier>s</SetIdentifier><Region>mars-1</Region><TTL>1</TTL><ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords>", "Invalid Region")]
    [InlineData("<SetIdentifier>s</SetIdentifier><GeoLocation><CountryCode>QQ</CountryCode></GeoLocation><TTL>1</TTL><ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords>", "ListGeoLocations")]
    public async Task A_record_set_that_is_none_is_refused_with_what_is_wrong(string members, string words)
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(zone, Change("CREATE", "x.a.example", "A", members))).ExpectZoneError(400, "InvalidChangeBatch", words);
    }

    [Theory]
    [InlineData("<GeoProximityLocation><AWSRegion>eu-west-1</AWSRegion></GeoProximityLocation>", "GeoProximityLocation")]
    [InlineData("<CidrRoutingConfig><CollectionId>x</CollectionId><LocationName>y</LocationName></CidrRoutingConfig>", "CidrRoutingConfig")]
    [InlineData("<TrafficPolicyInstanceId>x</TrafficPolicyInstanceId>", "TrafficPolicyInstanceId")]
    public async Task What_is_not_built_is_refused_by_name(string members, string name)
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(zone, Change("CREATE", "x.a.example", "A", $"<SetIdentifier>s</SetIdentifier>{members}<TTL>1</TTL>{Records("192.0.2.1")}"))).ExpectZoneError(400, "InvalidInput", name);
    }

    [Fact]
    public async Task Aliases_lead_to_distributions_websites_and_record_sets_of_the_zone_NB_5_3()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        var domain = (await control.CallAsync("POST", "distribution", Documents.Distribution("r"))).Expect(201).Text("DomainName")!;
        (await control.ChangeAsync(zone, Simple("CREATE", "x.a.example", "A", "192.0.2.1"))).Expect(200);

        (await control.ChangeAsync(
            zone,
            Alias("CREATE", "a.example", "A", "Z2FDTNDATAQYW2", domain.ToUpperInvariant()),
            Alias("CREATE", "a.example", "AAAA", "Z2FDTNDATAQYW2", domain),
            Alias("CREATE", "a.example", "HTTPS", "Z2FDTNDATAQYW2", domain),
            Alias("CREATE", "site.a.example", "A", "Z1BKCTXD74EZPE", "s3-website-eu-west-1.amazonaws.com"),
            Alias("CREATE", "y.a.example", "A", zone, "x.a.example", evaluate: true))).Expect(200);
        var listed = (await control.Route53Async("GET", $"hostedzone/{zone}/rrset?name=a.example&type=A&maxitems=1")).Expect(200);
        Assert.Equal((domain + ".", "Z2FDTNDATAQYW2", "false"), (listed.ZoneText("DNSName"), listed.ZoneText("HostedZoneId"), listed.ZoneText("EvaluateTargetHealth")));

        string[] refused =
        [
            Alias("CREATE", "n.a.example", "A", "Z2FDTNDATAQYW2", "dnothing.frontier.localhost"),
            Alias("CREATE", "n.a.example", "TXT", "Z2FDTNDATAQYW2", domain),
            Alias("CREATE", "n.a.example", "A", "Z2FDTNDATAQYW2", domain, evaluate: true),
            Alias("CREATE", "n.a.example", "A", "Z1BKCTXD74EZPE", "s3-website-us-east-1.amazonaws.com"),
            Alias("CREATE", "n.a.example", "A", zone, "nothing.a.example"),
            Alias("CREATE", "n.a.example", "AAAA", zone, "x.a.example"),
            Alias("CREATE", "n.a.example", "A", zone, "www.b.example"),
            Alias("CREATE", "n.a.example", "A", zone, "n.a.example"),
            Alias("CREATE", "n.a.example", "A", "ZOTHER", "x.a.example"),
        ];
        foreach (var change in refused)
        {
            (await control.ChangeAsync(zone, change)).ExpectZoneError(400, "InvalidChangeBatch", "Tried to create an alias that targets");
        }
    }

    [Fact]
    public async Task Sets_of_one_name_and_type_are_of_one_kind_of_routing_and_mean_different_clients_NB_5_4()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(zone, Routed("w.a.example", "A", "one", "<Weight>1</Weight>", "192.0.2.1"), Routed("w.a.example", "A", "two", "<Weight>0</Weight>", "192.0.2.2"))).Expect(200);
        (await control.ChangeAsync(zone, Simple("CREATE", "w.a.example", "A", "192.0.2.1"))).ExpectZoneError(400, "InvalidChangeBatch", "cannot be mixed");
        (await control.ChangeAsync(zone, Routed("w.a.example", "A", "three", "<Region>eu-west-1</Region>", "192.0.2.3"))).ExpectZoneError(400, "InvalidChangeBatch", "latency and weighted");
        (await control.ChangeAsync(zone, Routed("w.a.example", "AAAA", "three", "<Region>eu-west-1</Region>", "2001:db8::3"))).Expect(200);
        (await control.ChangeAsync(zone, Routed("w.a.example", "AAAA", "four", "<Region>eu-west-1</Region>", "2001:db8::4"))).ExpectZoneError(400, "InvalidChangeBatch", "three and four");
        (await control.ChangeAsync(
            zone,
            Routed("f.a.example", "A", "one", "<Failover>PRIMARY</Failover>", "192.0.2.1"),
            Routed("f.a.example", "A", "two", "<Failover>PRIMARY</Failover>", "192.0.2.2"))).ExpectZoneError(400, "InvalidChangeBatch", "role PRIMARY");
        (await control.ChangeAsync(zone, Routed("g.a.example", "A", "one", "<GeoLocation><ContinentCode>EU</ContinentCode></GeoLocation>", "192.0.2.1"))).Expect(200);
        (await control.ChangeAsync(zone, Routed("g.a.example", "A", "two", "<GeoLocation><ContinentCode>EU</ContinentCode></GeoLocation>", "192.0.2.1"))).ExpectZoneError(400, "InvalidChangeBatch", "same clients");
        (await control.ChangeAsync(zone, Routed("g.a.example", "A", "us", "<GeoLocation><CountryCode>US</CountryCode><SubdivisionCode>CA</SubdivisionCode></GeoLocation>", "192.0.2.1"))).Expect(200);
        (await control.ChangeAsync(zone, Routed("m.a.example", "CNAME", "one", "<MultiValueAnswer>true</MultiValueAnswer>", "b.example"))).ExpectZoneError(400, "InvalidChangeBatch", "multivalue");
        (await control.ChangeAsync(zone, Routed("m.a.example", "A", "one", "<MultiValueAnswer>true</MultiValueAnswer>", "192.0.2.1", "<HealthCheckId>nothing</HealthCheckId>"))).ExpectZoneError(404, "NoSuchHealthCheck", "nothing");
    }

    [Fact]
    public async Task A_batch_has_bounds_and_so_has_a_zone()
    {
        await using var control = await TestControl.StartAsync(static options => options with { Quotas = new Quotas { RecordsPerChangeBatch = 5, CharactersPerChangeBatch = 100, RecordSetsPerZone = 4 } });
        var zone = await control.CreateZoneAsync("a.example");
        string[] creations = [.. Enumerable.Range(0, 6).Select(static i => Simple("CREATE", $"n{i}.a.example", "A", "192.0.2.1"))];

        (await control.ChangeAsync(zone, creations)).ExpectZoneError(400, "InvalidChangeBatch", "Number of records limit of 5 exceeded.");
        (await control.ChangeAsync(zone, [.. Enumerable.Range(0, 3).Select(static i => Simple("UPSERT", $"n{i}.a.example", "A", "192.0.2.1"))])).ExpectZoneError(400, "InvalidChangeBatch", "limit of 5");
        (await control.ChangeAsync(zone, Simple("CREATE", "t.a.example", "TXT", $"\"{new string('a', 99)}\""))).ExpectZoneError(400, "InvalidChangeBatch", "Number of characters limit of 100 exceeded.");
        (await control.ChangeAsync(zone, creations[..3])).ExpectZoneError(400, "InvalidChangeBatch", "record sets limit of 4");
        (await control.ChangeAsync(zone, creations[..2])).Expect(200);
        (await control.ChangeAsync(zone)).ExpectZoneError(400, "InvalidInput", "at least one change");
        (await control.Route53Async("POST", $"hostedzone/{zone}/rrset", "<ChangeResourceRecordSetsRequest><ChangeBatch>")).ExpectZoneError(400, "InvalidInput", "not well-formed");
        (await control.ChangeAsync(zone, Simple("REPLACE", "n.a.example", "A", "192.0.2.1"))).ExpectZoneError(400, "InvalidInput", "CREATE, DELETE, UPSERT");
    }

    [Fact]
    public async Task Record_sets_are_listed_by_reversed_labels_from_any_place_page_by_page()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(
            zone,
            Simple("CREATE", "b.a.example", "TXT", "\"t\""),
            Simple("CREATE", "*.a.example", "A", "192.0.2.1"),
            Simple("CREATE", "x.b.a.example", "A", "192.0.2.1"),
            Simple("CREATE", "b-c.a.example", "A", "192.0.2.1"),
            Routed("b.a.example", "A", "two", "<Weight>1</Weight>", "192.0.2.1"),
            Routed("b.a.example", "A", "one", "<Weight>1</Weight>", "192.0.2.1"))).Expect(200);

        string[] expected = ["a.example.", "a.example.", @"\052.a.example.", "b-c.a.example.", "b.a.example.", "b.a.example.", "b.a.example.", "x.b.a.example."];
        Assert.Equal(expected, await ListAsync(control, zone));
        var page = (await control.Route53Async("GET", $"hostedzone/{zone}/rrset?maxitems=5")).Expect(200);
        Assert.Equal(("true", "b.a.example.", "A", "two"), (page.ZoneText("IsTruncated"), page.ZoneText("NextRecordName"), page.ZoneText("NextRecordType"), page.ZoneText("NextRecordIdentifier")));
        page = (await control.Route53Async("GET", $"hostedzone/{zone}/rrset?name=b.a.example&type=A&identifier=two&maxitems=2")).Expect(200);
        Assert.Equal(["A", "TXT"], page.ZoneTexts("Type"));
        Assert.Equal(expected[2..], await ListAsync(control, zone, "?name=%2A.a.example"));
        (await control.Route53Async("GET", $"hostedzone/{zone}/rrset?type=A")).ExpectZoneError(400, "InvalidInput", "give name");
        (await control.Route53Async("GET", $"hostedzone/{zone}/rrset?name=x&type=Q")).ExpectZoneError(400, "InvalidInput", "'Q'");
        (await control.Route53Async("GET", "hostedzone/Z0/rrset")).ExpectZoneError(404, "NoSuchHostedZone");
    }

    [Fact]
    public async Task Fifty_batches_at_once_are_all_made()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async i => (await control.ChangeAsync(zone, Simple("CREATE", $"n{i}.a.example", "A", "192.0.2.1"))).Expect(200)));
        Assert.Equal(52, (await ListAsync(control, zone)).Count);
    }

    private static async Task<List<string>> ListAsync(TestControl control, string zone, string query = "") => (await control.Route53Async("GET", $"hostedzone/{zone}/rrset{query}")).Expect(200).ZoneTexts("Name");
}
