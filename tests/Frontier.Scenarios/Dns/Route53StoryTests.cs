// SPDX-License-Identifier: Apache-2.0

using System.Net.Http.Json;
using Frontier.Contracts;
using Frontier.Contracts.Zones;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Dns;

/// <summary>Zones with the tool that people have: the AWS CLI makes them, fills them and waits for them (NB-5.1 to NB-5.6).</summary>
public sealed class Route53StoryTests
{
    [Fact]
    public async Task The_AWS_CLI_makes_a_zone_with_every_type_and_routing_policy_and_waits_until_a_node_has_it()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/aws"), "The AWS CLI of Debian is not installed.");
        using var directory = new TemporaryDirectory();
        await using var frontier = await FrontierProcess.UpAsync(directory["data"], "--name-servers", "ns1.dns.example,ns2.dns.example");
        var cli = new Route53Cli(frontier);

        var made = await cli.RunAsync("create-hosted-zone", "--name", "story.example", "--caller-reference", "r", "--hosted-zone-config", "Comment=hello");
        var zone = made.GetProperty("HostedZone").GetProperty("Id").GetString()!;
        Assert.StartsWith("/hostedzone/Z", zone, StringComparison.Ordinal);
        Assert.Equal("ns1.dns.example", made.GetProperty("DelegationSet").GetProperty("NameServers")[0].GetString());
        Assert.Contains("HostedZoneAlreadyExists", await cli.FailAsync("create-hosted-zone", "--name", "other.example", "--caller-reference", "r"), StringComparison.Ordinal);

        var check = (await cli.RunAsync("create-health-check", "--caller-reference", "h", "--health-check-config", "IPAddress=192.0.2.1,Port=80,Type=HTTP,ResourcePath=/up")).GetProperty("HealthCheck").GetProperty("Id").GetString()!;
        var calculated = (await cli.RunAsync("create-health-check", "--caller-reference", "c", "--health-check-config", $"Type=CALCULATED,HealthThreshold=1,ChildHealthChecks={check}")).GetProperty("HealthCheck").GetProperty("Id").GetString()!;
        Assert.Equal(2, (await cli.RunAsync("update-health-check", "--health-check-id", check, "--health-check-version", "1", "--failure-threshold", "5")).GetProperty("HealthCheck").GetProperty("HealthCheckVersion").GetInt32());
        Assert.Contains("HealthCheckVersionMismatch", await cli.FailAsync("update-health-check", "--health-check-id", check, "--health-check-version", "1", "--inverted"), StringComparison.Ordinal);

        string[] simple =
        [
            Simple("a", "A", "192.0.2.1"), Simple("a", "AAAA", "2001:db8::1"), Simple("a", "TXT", "\\\"one\\\" \\\"two\\\""), Simple("a", "MX", "10 mail.story.example."), Simple("a", "CAA", "0 issue \\\"ca.example\\\""),
            Simple("a", "HTTPS", "1 . alpn=h2,h3"), Simple("a", "SVCB", "1 svc.story.example. port=8443"), Simple("c", "CNAME", "a.story.example"), Simple("sub", "NS", "ns.elsewhere.example."),
            Simple("p", "PTR", "a.story.example"), Simple("_sip._tcp", "SRV", "1 2 5060 a.story.example"), Simple("*.wild", "A", "192.0.2.2"),
        ];
        var changed = (await cli.RunAsync("change-resource-record-sets", "--hosted-zone-id", zone, "--change-batch", Batch(simple))).GetProperty("ChangeInfo");
        Assert.Equal("PENDING", changed.GetProperty("Status").GetString());
        string[] routed =
        [
            Routed("w", "one", "\"Weight\":1"), Routed("w", "two", "\"Weight\":3"), Routed("l", "eu", "\"Region\":\"eu-west-1\""), Routed("l", "us", "\"Region\":\"us-east-1\""),
            Routed("g", "de", "\"GeoLocation\":{\"CountryCode\":\"DE\"}"), Routed("g", "any", "\"GeoLocation\":{\"CountryCode\":\"*\"}"),
            Routed("f", "p", $"\"Failover\":\"PRIMARY\",\"HealthCheckId\":\"{check}\""), Routed("f", "s", "\"Failover\":\"SECONDARY\""),
            Routed("m", "one", $"\"MultiValueAnswer\":true,\"HealthCheckId\":\"{calculated}\""), Routed("m", "two", "\"MultiValueAnswer\":true"),
            $$$$"""{"Action":"CREATE","ResourceRecordSet":{"Name":"alias.story.example","Type":"A","AliasTarget":{"HostedZoneId":"{{{{zone["/hostedzone/".Length..]}}}}","DNSName":"a.story.example","EvaluateTargetHealth":true}}}""",
        ];
        changed = (await cli.RunAsync("change-resource-record-sets", "--hosted-zone-id", zone, "--change-batch", Batch(routed))).GetProperty("ChangeInfo");

        // Whoever is a DNS node by now has it all, and says so.
        await using (var node = new Node(frontier, directory))
        {
            await cli.RunAsync("wait", "resource-record-sets-changed", "--id", changed.GetProperty("Id").GetString()!);
        }

        Assert.Equal("INSYNC", (await cli.RunAsync("get-change", "--id", changed.GetProperty("Id").GetString()!)).GetProperty("ChangeInfo").GetProperty("Status").GetString());

        // The CLI follows the pages by itself.
        var listed = (await cli.RunAsync("list-resource-record-sets", "--hosted-zone-id", zone, "--page-size", "4")).GetProperty("ResourceRecordSets");
        Assert.Equal(2 + simple.Length + routed.Length, listed.GetArrayLength());
        Assert.Equal("\\052.wild.story.example.", listed.EnumerateArray().Single(static set => set.GetProperty("Name").GetString()!.Contains("wild", StringComparison.Ordinal)).GetProperty("Name").GetString());
        Assert.Equal("192.0.2.1", (await cli.RunAsync("test-dns-answer", "--hosted-zone-id", zone, "--record-name", "alias.story.example", "--record-type", "A")).GetProperty("RecordData")[0].GetString());
        var refused = await cli.FailAsync("change-resource-record-sets", "--hosted-zone-id", zone, "--change-batch", Batch(Simple("a", "A", "192.0.2.9"), Simple("bad", "A", "nowhere")));
        Assert.Contains("InvalidChangeBatch", refused, StringComparison.Ordinal);
        Assert.Contains("already exists", refused, StringComparison.Ordinal);
        Assert.Contains("Value is not a valid IPv4 address", refused, StringComparison.Ordinal);

        await cli.RunAsync("change-tags-for-resource", "--resource-type", "hostedzone", "--resource-id", zone["/hostedzone/".Length..], "--add-tags", "Key=team,Value=web");
        Assert.Equal("web", (await cli.RunAsync("list-tags-for-resource", "--resource-type", "hostedzone", "--resource-id", zone["/hostedzone/".Length..])).GetProperty("ResourceTagSet").GetProperty("Tags")[0].GetProperty("Value").GetString());
        Assert.Equal("new", (await cli.RunAsync("update-hosted-zone-comment", "--id", zone, "--comment", "new")).GetProperty("HostedZone").GetProperty("Config").GetProperty("Comment").GetString());
        Assert.Equal("story.example.", (await cli.RunAsync("list-hosted-zones-by-name", "--dns-name", "story.example")).GetProperty("HostedZones")[0].GetProperty("Name").GetString());
        Assert.True((await cli.RunAsync("list-geo-locations")).GetProperty("GeoLocationDetailsList").GetArrayLength() >= 100);

        // Out as a zone file and in again, which changes nothing.
        string[] call = ["--data", directory["data"], "--endpoint", frontier.Addresses.GetProperty("api").GetString()!];
        var exported = await FrontierProcess.RunAsync(["zone", "export", zone, .. call]);
        Assert.Contains("mail.story.example.", exported.Output, StringComparison.Ordinal);
        Assert.Contains("; not in this file: alias.story.example. A an alias to a.story.example.", exported.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(directory["zone"], exported.Output.Replace("\"one\" \"two\"", "\"three\"", StringComparison.Ordinal));
        var imported = await FrontierProcess.RunAsync(["zone", "import", zone, directory["zone"], .. call]);
        Assert.StartsWith("1 record sets put, 0 removed, 11 kept", imported.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(directory["zone"], exported.Output);
        Assert.Equal(0, (await FrontierProcess.RunAsync(["zone", "import", zone, directory["zone"], .. call])).ExitCode);
        await File.WriteAllTextAsync(directory["zone"], "@ 60 A nowhere\n");
        var faulty = await FrontierProcess.RunAsync(["zone", "import", zone, directory["zone"], .. call]);
        Assert.Equal((1, true), (faulty.ExitCode, faulty.Error.Contains("1:8: Value is not a valid IPv4 address: nowhere.", StringComparison.Ordinal)));

        Assert.Contains("HostedZoneNotEmpty", await cli.FailAsync("delete-hosted-zone", "--id", zone), StringComparison.Ordinal);
        await cli.RunAsync("change-resource-record-sets", "--hosted-zone-id", zone, "--change-batch", Batch([.. simple.Concat(routed).Select(static change => change.Replace("CREATE", "DELETE", StringComparison.Ordinal))]));
        await cli.RunAsync("delete-hosted-zone", "--id", zone);
        Assert.Contains("HealthCheckInUse", await cli.FailAsync("delete-health-check", "--health-check-id", check), StringComparison.Ordinal);
        await cli.RunAsync("delete-health-check", "--health-check-id", calculated);
        await cli.RunAsync("delete-health-check", "--health-check-id", check);
        Assert.Contains("NoSuchHostedZone", await cli.FailAsync("get-hosted-zone", "--id", zone), StringComparison.Ordinal);
        Assert.Contains("ListTrafficPolicies is not implemented", await cli.FailAsync("list-traffic-policies"), StringComparison.Ordinal);
    }

    private static string Simple(string name, string type, string value) =>
        $$$"""{"Action":"CREATE","ResourceRecordSet":{"Name":"{{{name}}}.story.example","Type":"{{{type}}}","TTL":300,"ResourceRecords":[{"Value":"{{{value}}}"}]}}""";

    private static string Routed(string name, string identifier, string routing) =>
        $$$"""{"Action":"CREATE","ResourceRecordSet":{"Name":"{{{name}}}.story.example","Type":"A","SetIdentifier":"{{{identifier}}}",{{{routing}}},"TTL":60,"ResourceRecords":[{"Value":"192.0.2.3"}]}}""";

    private static string Batch(params string[] changes) => $$$"""{"Changes":[{{{string.Join(',', changes)}}}]}""";

    /// <summary>A DNS node that takes all it is told.</summary>
    private sealed class Node : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly Task _running;

        public Node(FrontierProcess frontier, TemporaryDirectory directory) =>
            _running = RunAsync(new Uri(frontier.Addresses.GetProperty("api").GetString()!), File.ReadAllText(Path.Combine(directory["data"], "secrets", "edge-token")).Trim());

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await _running;
            _stopping.Dispose();
        }

        private async Task RunAsync(Uri api, string token)
        {
            using var client = new HttpClient();
            var position = 0L;
            try
            {
                while (true)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api, ZoneReport.Path));
                    request.Headers.Authorization = new("Bearer", token);
                    request.Content = JsonContent.Create(new ZoneReport { NodeId = "story", Position = position }, ContractsJson.Default.ZoneReport);
                    using var response = await client.SendAsync(request, _stopping.Token);
                    position = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync(ContractsJson.Default.ZoneAnswer, _stopping.Token))!.Position;
                }
            }
            catch (OperationCanceledException)
            {
                // The story is over.
            }
        }
    }
}
