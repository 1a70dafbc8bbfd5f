// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Text.Json;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Fleet;

/// <summary>A fleet with a DNS node of its own: three points of presence of one edge each, and clients of three continents (NB-5.7, DP-26.6).</summary>
public sealed class DnsFleetStoryTests
{
    private const string Germany = "203.0.113.0/24";
    private const string America = "198.51.100.0/24";
    private const string Japan = "192.0.2.0/24";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>In which the edge of a point of presence that dies must be answered no more; what resolvers keep comes on top.</summary>
    private static readonly TimeSpan MovedWithin = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Viewers_are_sent_to_the_nearest_edge_and_elsewhere_when_it_is_drained_or_dies_also_without_a_control_plane()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dig"), "dig is not installed (apt-get install bind9-dnsutils).");
        using var directory = new TemporaryDirectory();
        await using var origin = ScriptedOrigin.Start();
        await using var fleet = new FleetOf(directory);
        var control = await fleet.ControlAsync("control", "--silence", "4");
        string[] pops = ["fra1", "iad1", "nrt1"];
        foreach (var pop in pops)
        {
            await FleetOf.DoneAsync(control, "pop", "add", pop);
        }

        var edges = await Task.WhenAll(pops.Index().Select(async pop =>
            await fleet.EdgeAtAsync(pop.Item, pop.Item, $"127.0.20.{pop.Index + 1}", [control], "--token", await fleet.TokenAsync(control, pop.Item))));
        await File.WriteAllBytesAsync(directory["places.mmdb"], Places());
        string[] serving = ["--geo-database", directory["places.mmdb"]];
        var dns = await fleet.DnsAsync("dns", "fra1", [control], ["--token", await fleet.TokenAsync(control, "fra1", role: "dns"), .. serving]);
        var everywhere = await FleetOf.DistributeAsync(control, "everywhere", origin.EndPoint.Port);
        var cheap = await FleetOf.DistributeAsync(control, Documents.OfOrigin("cheap", origin.EndPoint.Port).Replace("<Comment>", "<PriceClass>PriceClass_100</PriceClass><Comment>", StringComparison.Ordinal));

        // Each continent gets its own edge, and the price class leaves Asia out.
        await Eventually.IsTrueAsync(async () => await DigAsync(dns, everywhere, Germany) == "127.0.20.1");
        Assert.Equal("127.0.20.2", await DigAsync(dns, everywhere, America));
        Assert.Equal("127.0.20.3", await DigAsync(dns, everywhere, Japan));
        await Eventually.IsTrueAsync(async () => await DigAsync(dns, cheap, Japan) is "127.0.20.1" or "127.0.20.2");

        // It is a machine as others are.
        var status = await FleetOf.StatusAsync(control);
        Assert.Contains(status.GetProperty("processes").EnumerateArray(), process => process.GetProperty("id").GetString() == FleetOf.Of(dns, "id") && process.GetProperty("state").GetString() == "InService");
        Assert.Contains(FleetOf.Of(dns, "id"), (await FleetOf.DoneAsync(control, "fleet", "list")).Output, StringComparison.Ordinal);

        // A place that is drained loses its viewers, and gets them back.
        await FleetOf.DoneAsync(control, "pop", "drain", "iad1");
        await Eventually.IsTrueAsync(async () => await DigAsync(dns, everywhere, America) == "127.0.20.1");
        await FleetOf.DoneAsync(control, "pop", "undrain", "iad1");
        await Eventually.IsTrueAsync(async () => await DigAsync(dns, everywhere, America) == "127.0.20.2");

        // Every decision explains itself.
        var decision = default(JsonElement);
        await Eventually.IsTrueAsync(async () =>
        {
            var explained = await FrontierProcess.RunAsync("explain", "--dns", cheap, "--client", "192.0.2.7", "--data", directory["dns"], "--json");
            Assert.True(explained.ExitCode == 0, explained.Everything);
            decision = JsonDocument.Parse(explained.Output).RootElement;
            return decision.GetProperty("pops").EnumerateArray().All(static pop => pop.GetProperty("machines")[0].GetProperty("answers").ValueKind is JsonValueKind.True);
        });
        Assert.Equal(("JP", "PriceClass_100"), (decision.GetProperty("place").GetProperty("country").GetString(), decision.GetProperty("priceClass").GetString()));
        Assert.Equal("OutsidePriceClass", decision.GetProperty("pops").EnumerateArray().Single(static pop => pop.GetProperty("name").GetString() == "nrt1").GetProperty("verdict").GetString());
        var page = await FrontierProcess.RunAsync("explain", "--dns", cheap, "--client", "192.0.2.7", "--data", directory["dns"]);
        Assert.Contains("PriceClass_100 leaves its part of the world out.", page.Output, StringComparison.Ordinal);

        // Without a control plane answers go on, the death of an edge moves its viewers, and a start needs nobody.
        await control.KillAsync();
        await edges[0].KillAsync();
        var since = Stopwatch.StartNew();
        await Eventually.IsTrueAsync(async () => await DigAsync(dns, everywhere, Germany) == "127.0.20.2");
        Assert.True(since.Elapsed < MovedWithin, $"It took {since.Elapsed}.");
        Assert.Equal("127.0.20.3", await DigAsync(dns, everywhere, Japan));
        await dns.KillAsync();
        dns = await fleet.DnsAsync("dns", "fra1", [control], serving);
        Assert.Equal("127.0.20.3", await DigAsync(dns, everywhere, Japan));
        await Eventually.IsTrueAsync(async () => await DigAsync(dns, everywhere, Germany) == "127.0.20.2");
    }

    [Fact]
    public async Task With_the_AWS_CLI_a_zone_and_an_alias_lead_a_viewer_to_an_edge_of_the_fleet()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dig"), "dig is not installed (apt-get install bind9-dnsutils).");
        Assert.SkipUnless(File.Exists("/usr/bin/aws"), "The AWS CLI of Debian is not installed.");
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed.");
        using var directory = new TemporaryDirectory();
        await using var origin = ScriptedOrigin.Start();
        origin.On("/page").Reply(200, "hello");
        await using var fleet = new FleetOf(directory);
        var control = await fleet.ControlAsync("control", "--name-servers", "ns1.dns.example", "--local-certificates");
        await FleetOf.DoneAsync(control, "pop", "add", "fra1");
        var edge = await fleet.EdgeAtAsync("edge", "fra1", "127.0.20.9", [control], "--token", await fleet.TokenAsync(control, "fra1"));
        var dns = await fleet.DnsAsync("dns", "fra1", [control], "--token", await fleet.TokenAsync(control, "fra1", role: "dns"), "--name-servers", "ns1.dns.example");
        var domain = await FleetOf.DistributeAsync(control, Documents.OfOrigin("shop", origin.EndPoint.Port).Replace(
            "<Comment>", "<Aliases><Quantity>1</Quantity><Items><CNAME>www.shop.example</CNAME></Items></Aliases><Comment>", StringComparison.Ordinal));

        var cli = new Route53Cli(control);
        var zone = (await cli.RunAsync("create-hosted-zone", "--name", "shop.example", "--caller-reference", "r")).GetProperty("HostedZone").GetProperty("Id").GetString()!;
        var changed = await cli.RunAsync("change-resource-record-sets", "--hosted-zone-id", zone, "--change-batch",
            $$$$"""{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"www.shop.example","Type":"A","AliasTarget":{"HostedZoneId":"Z2FDTNDATAQYW2","DNSName":"{{{{domain}}}}","EvaluateTargetHealth":false}}}]}""");
        await cli.RunAsync("wait", "resource-record-sets-changed", "--id", changed.GetProperty("ChangeInfo").GetProperty("Id").GetString()!);

        // Every DNS node has it, so there is nothing to wait for.
        var address = await DigAsync(dns, "www.shop.example", Germany);
        Assert.Equal("127.0.20.9", address);
        Assert.Equal("ns1.dns.example.", (await CommandAsync(dns, "shop.example", "NS", "+short")).Trim());
        await FleetOf.ServedAsync(edge, "www.shop.example", "hello");
        var port = new Uri(FleetOf.Of(edge, "http")).Port;
        var fetched = await Command.RunAsync("/usr/bin/curl", ["-sS", "--noproxy", "*", "--resolve", $"www.shop.example:{port}:{address}", $"http://www.shop.example:{port}/page"], Patience);
        Assert.Equal("hello", fetched.Output);
    }

    [Fact]
    public async Task Bad_starts_and_questions_say_what_to_do()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["latencies"], "# by hand\n203.0.113.0/24,fra1,12.5\nnonsense\n");
        var nothing = await FrontierProcess.RunAsync("run", "dns", "--data", directory["dns"]);
        var wide = await FrontierProcess.RunAsync("run", "dns", "--data", directory["dns"], "--control", "https://127.0.0.1:1", "--pop", "fra1", "--dns", "0.0.0.0:0");
        var stranger = await FrontierProcess.RunAsync("run", "dns", "--data", directory["dns"], "--control", "https://127.0.0.1:1", "--pop", "fra1", "--dns", "127.0.0.1:0");
        var table = await FrontierProcess.RunAsync("run", "dns", "--data", directory["dns"], "--control", "https://127.0.0.1:1", "--pop", "fra1", "--latencies", directory["latencies"]);
        var nobody = await FrontierProcess.RunAsync("explain", "--dns", "www.example.com", "--data", directory["dns"]);
        var nonsense = await FrontierProcess.RunAsync("explain", "http://www.example.com/", "--dns", "a..b", "--client", "here", "--type", "MX");

        Assert.All([nothing, wide, stranger, table, nobody, nonsense], static run => Assert.Equal(1, run.ExitCode));
        Assert.Contains("--control is missing", nothing.Error, StringComparison.Ordinal);
        Assert.Contains("--pop is missing", nothing.Error, StringComparison.Ordinal);
        Assert.Contains("--advertise", wide.Error, StringComparison.Ordinal);
        Assert.Contains("frontier fleet token --role dns --pop fra1", stranger.Error, StringComparison.Ordinal);
        Assert.Contains("Line 3 is not network,pop,milliseconds", table.Error, StringComparison.Ordinal);
        Assert.Contains("name its data directory with --data", nobody.Error, StringComparison.Ordinal);
        foreach (var fault in new[] { "--dns is \"a..b\"", "--client is \"here\"", "--type is \"MX\"", "is not explained with --dns" })
        {
            Assert.Contains(fault, nonsense.Error, StringComparison.Ordinal);
        }
    }

    private static byte[] Places()
    {
        static Dictionary<string, object> At(string country, double latitude, double longitude) => new()
        {
            ["country"] = new Dictionary<string, object> { ["iso_code"] = country },
            ["location"] = new Dictionary<string, object> { ["latitude"] = latitude, ["longitude"] = longitude },
        };

        return new ScriptedDatabase().With(Germany, At("DE", 52.5, 13.4)).With(America, At("US", 40.7, -74)).With(Japan, At("JP", 35.7, 139.7)).ToBytes();
    }

    /// <summary>The one address that a resolver gets which tells its client's network; with what dig says of a failure else.</summary>
    private static async Task<string> DigAsync(FrontierProcess dns, string name, string client) => (await CommandAsync(dns, name, "A", "+short", $"+subnet={client}")).Trim();

    private static async Task<string> CommandAsync(FrontierProcess dns, params string[] question)
    {
        var endpoint = FleetOf.Of(dns, "dns").Split(':');
        return (await Command.RunAsync("/usr/bin/dig", [$"@{endpoint[0]}", "-p", endpoint[1], "+tries=1", "+time=2", .. question], Patience)).Output;
    }
}
