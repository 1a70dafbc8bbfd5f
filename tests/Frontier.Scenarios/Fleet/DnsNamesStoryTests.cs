// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.OwnApi;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Fleet;

/// <summary>What DNS nodes of a fleet answer beside edges: their own names, and the websites of buckets.</summary>
public sealed class DnsNamesStoryTests
{
    private const string Domain = "cdn.example";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Several_name_servers_in_the_domain_itself_are_told_with_the_addresses_of_each()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dig"), "dig is not installed (apt-get install bind9-dnsutils).");
        const string Servers = "ns1.cdn.example=192.0.2.53,ns1.cdn.example=2001:db8::53,NS2.cdn.example.=198.51.100.53,ns.elsewhere.example";
        using var directory = new TemporaryDirectory();
        await using var fleet = new FleetOf(directory);
        var control = await fleet.ControlAsync("control", "--domain", Domain, "--name-servers", Servers);
        await FleetOf.DoneAsync(control, "pop", "add", "fra1");
        var dns = await fleet.DnsAsync("dns", "fra1", [control], "--token", await fleet.TokenAsync(control, "fra1", role: "dns"), "--domain", Domain, "--name-servers", Servers);
        using var api = ApiOf(control);
        var zone = await MakeZoneAsync(api, "shop.example");

        // The zone is answered for once the node has heard of distributions.
        var told = "";
        await Eventually.IsTrueAsync(async () => (told = await DigAsync(dns, Domain, "NS", "+noall", "+answer", "+additional")).Length > 0);
        foreach (var record in new[] { "NS ns1.cdn.example.", "NS NS2.cdn.example.", "NS ns.elsewhere.example.", "A 192.0.2.53", "AAAA 2001:db8::53", "A 198.51.100.53" })
        {
            Assert.Contains($" {record}", told, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal("198.51.100.53", await DigAsync(dns, "ns2.cdn.example", "A", "+short"));
        Assert.Equal("", await DigAsync(dns, "ns2.cdn.example", "AAAA", "+short"));
        Assert.Equal("2001:db8::53", await DigAsync(dns, "ns1.cdn.example", "AAAA", "+short"));

        // Hosted zones have the same servers, by their names.
        await Eventually.IsTrueAsync(async () => (await DigAsync(dns, "shop.example", "NS", "+short")).Split('\n').Order(StringComparer.OrdinalIgnoreCase)
            .SequenceEqual(["ns.elsewhere.example.", "ns1.cdn.example.", "ns2.cdn.example."], StringComparer.OrdinalIgnoreCase));
        Assert.Contains("<NameServer>ns1.cdn.example</NameServer>", (await api.SendAsync(HttpMethod.Get, $"/2013-04-01{zone}")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alias_leads_viewers_of_a_fleet_to_the_website_of_a_bucket_NB_5_3()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dig"), "dig is not installed (apt-get install bind9-dnsutils).");
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed.");
        const string Site = "www.shop.example";
        using var directory = new TemporaryDirectory();
        await using var fleet = new FleetOf(directory);
        var control = await fleet.ControlAsync("control");
        await FleetOf.DoneAsync(control, "pop", "add", "fra1");
        await using var buckets = await FrontierProcess.RunRoleAsync("buckets", directory["buckets"], ["--buckets", "127.0.20.11:0"]);
        var token = await fleet.TokenAsync(control, "fra1", uses: 2, role: "dns");
        var dns = await fleet.DnsAsync("dns", "fra1", [control], "--token", token, "--websites", "127.0.20.11", "--websites", "2001:db8::11");
        var unaware = await fleet.DnsAsync("unaware", "fra1", [control], "--token", token);
        await MakeWebsiteAsync(buckets, Site);
        using var api = ApiOf(control);
        var zone = await MakeZoneAsync(api, "shop.example");
        await ChangeAsync(api, zone, string.Concat(new[] { "A", "AAAA" }.Select(type => $"""
            <Change><Action>CREATE</Action><ResourceRecordSet><Name>{Site}</Name><Type>{type}</Type>
            <AliasTarget><HostedZoneId>Z1BKCTXD74EZPE</HostedZoneId><DNSName>s3-website-eu-west-1.amazonaws.com</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget></ResourceRecordSet></Change>
            """)));

        await Eventually.IsTrueAsync(async () => await DigAsync(dns, Site, "A", "+short") == "127.0.20.11");
        Assert.Equal("2001:db8::11", await DigAsync(dns, Site, "AAAA", "+short"));
        var port = new Uri(FleetOf.Of(buckets, "buckets")).Port;
        var fetched = await Command.RunAsync("/usr/bin/curl", ["-sS", "--noproxy", "*", "--resolve", $"{Site}:{port}:127.0.20.11", $"http://{Site}:{port}/"], Patience);
        Assert.Equal("home", fetched.Output);

        // Who was not told where websites are has the name, and nothing to tell of it.
        await Eventually.IsTrueAsync(async () => (await DigAsync(unaware, "shop.example", "SOA", "+short")).Length > 0);
        var nothing = await DigAsync(unaware, Site, "A");
        Assert.Contains("status: NOERROR", nothing, StringComparison.Ordinal);
        Assert.Contains("ANSWER: 0", nothing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_in_names_and_addresses_say_what_to_give()
    {
        using var directory = new TemporaryDirectory();
        string[] known = ["run", "dns", "--data", directory["dns"], "--control", "https://127.0.0.1:1", "--pop", "fra1", "--dns", "127.0.0.1:0"];
        var wrong = await FrontierProcess.RunAsync([.. known, "--name-servers", "ns1.cdn.example=here,ns", "--websites", "0.0.0.0", "--websites", "www.example"]);

        Assert.Equal(1, wrong.ExitCode);
        foreach (var fault in new[] { "--name-servers has \"ns1.cdn.example=here\"", "--name-servers has \"ns\"", "--websites is \"0.0.0.0\"", "--websites is \"www.example\"" })
        {
            Assert.Contains(fault, wrong.Error, StringComparison.Ordinal);
        }

        // In its own domain a name that nobody has an address of leads nobody anywhere.
        await using var fleet = new FleetOf(directory);
        var control = await fleet.ControlAsync("control");
        await FleetOf.DoneAsync(control, "pop", "add", "fra1");
        var lost = await FrontierProcess.RunAsync(
        [
            "run", "dns", "--data", directory["lost"], .. FleetOf.ControlArguments([control]), "--pop", "fra1", "--dns", "127.0.0.1:0", "--token", await fleet.TokenAsync(control, "fra1", role: "dns"),
            "--domain", Domain, "--name-servers", "ns1.cdn.example=192.0.2.53,ns2.cdn.example",
        ]);
        Assert.Equal(1, lost.ExitCode);
        Assert.Contains("give its address, ns2.cdn.example=192.0.2.53", lost.Error, StringComparison.Ordinal);
    }

    private static SignedApi ApiOf(FrontierProcess control) =>
        new(CredentialsFile.Read(File.ReadAllText(FleetOf.Of(control, "credentials")), "default")!, "route53", new Uri(FleetOf.Of(control, "api")), TimeProvider.System);

    /// <returns>Its id, with <c>/hostedzone/</c> before it.</returns>
    private static async Task<string> MakeZoneAsync(SignedApi api, string name)
    {
        var document = $"""<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>{name}</Name><CallerReference>{name}</CallerReference></CreateHostedZoneRequest>""";
        var made = (await api.SendAsync(HttpMethod.Post, "/2013-04-01/hostedzone", Encoding.UTF8.GetBytes(document))).Expect(201).Text;
        return made.Split("<Id>")[1].Split("</Id>")[0];
    }

    private static async Task ChangeAsync(SignedApi api, string zone, string changes)
    {
        var document = $"""<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch><Changes>{changes}</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>""";
        (await api.SendAsync(HttpMethod.Post, $"/2013-04-01{zone}/rrset", Encoding.UTF8.GetBytes(document))).Expect(200);
    }

    private static async Task MakeWebsiteAsync(FrontierProcess buckets, string name)
    {
        using var api = new SignedApi(CredentialsFile.Read(await File.ReadAllTextAsync(FleetOf.Of(buckets, "credentials")), "default")!, "s3", new Uri(FleetOf.Of(buckets, "buckets")), TimeProvider.System);
        (await api.SendAsync(HttpMethod.Put, $"/{name}")).Expect(200);
        (await api.SendAsync(HttpMethod.Put, $"/{name}?website", "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument></WebsiteConfiguration>"u8.ToArray())).Expect(200);
        var policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{name}}/*"}]}""";
        (await api.SendAsync(HttpMethod.Put, $"/{name}?policy", Encoding.UTF8.GetBytes(policy))).Expect(204);
        (await api.SendAsync(HttpMethod.Put, $"/{name}/index.html", "home"u8.ToArray())).Expect(200);
    }

    /// <summary>What dig says, with one space between fields.</summary>
    private static async Task<string> DigAsync(FrontierProcess dns, params string[] question)
    {
        var endpoint = FleetOf.Of(dns, "dns").Split(':');
        var said = (await Command.RunAsync("/usr/bin/dig", [$"@{endpoint[0]}", "-p", endpoint[1], "+tries=1", "+time=2", .. question], Patience)).Output;
        return said.Replace('\t', ' ').Trim();
    }
}
