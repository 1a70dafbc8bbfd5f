// SPDX-License-Identifier: Apache-2.0

using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Serving;

/// <summary>Names of distributions, as resolvers find them (NB-5.7).</summary>
public sealed class DnsStoryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_distribution_has_the_addresses_of_the_edge_and_those_of_IPv6_only_where_it_wants_them_DP_2_10()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dig"), "dig is not installed (apt-get install bind9-dnsutils).");
        using var data = new TemporaryDirectory();
        await using var frontier = await FrontierProcess.UpAsync(data.Path, "--http", "[::1]:0", "--https", "[::1]:0");
        using var client = Client.Of(frontier);
        await using var origin = ScriptedOrigin.Start();
        var without = await client.MakeSiteAsync(Documents.OfOrigin("without", origin.Port));
        var with = await client.MakeSiteAsync(Documents.OfOrigin("with", origin.Port).Replace("<Comment>", "<IsIPV6Enabled>true</IsIPV6Enabled><Comment>", StringComparison.Ordinal));
        var port = frontier.Addresses.GetProperty("dns").GetString()!.Split(':')[^1];

        Assert.Equal("::1", await DigAsync(with.Domain, "AAAA", "+short"));
        Assert.Equal("", await DigAsync(without.Domain, "AAAA", "+short"));
        Assert.Contains("status: NOERROR", await DigAsync(without.Domain, "AAAA"), StringComparison.Ordinal);
        Assert.Contains("alpn=\"h2,http/1.1\" port=", await DigAsync(with.Domain, "HTTPS", "+short"), StringComparison.Ordinal);
        Assert.Contains("status: NXDOMAIN", await DigAsync("d0000000000000.frontier.localhost", "A"), StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", await DigAsync("ns1.frontier.localhost", "A", "+short"));
        Assert.Contains("status: REFUSED", await DigAsync("www.example.org", "A", "+tcp"), StringComparison.Ordinal);

        async Task<string> DigAsync(params string[] question) => (await Command.RunAsync("dig", ["@127.0.0.1", "-p", port, .. question], Patience)).Output.Trim();
    }

    [Fact]
    public async Task A_zone_file_is_checked_without_a_server()
    {
        using var files = new TemporaryDirectory();
        await File.WriteAllTextAsync(files["good.zone"], "$ORIGIN example.com.\n$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n");
        await File.WriteAllTextAsync(files["bad.zone"], "$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.256\n$INCLUDE ../../etc/passwd\n");
        await File.WriteAllTextAsync(files["outside.zone"], "$TTL 60\n$INCLUDE ../good.zone\n");
        Directory.CreateDirectory(files["inside"]);

        var good = await FrontierProcess.RunAsync("zone", "check", files["good.zone"]);
        var bad = await FrontierProcess.RunAsync("zone", "check", files["bad.zone"], "--origin", "example.com");
        var outside = await FrontierProcess.RunAsync("zone", "check", files["outside.zone"], "--include-directory", files["inside"]);
        var none = await FrontierProcess.RunAsync("zone", "check", files["none.zone"]);

        Assert.Equal((0, "example.com. can be served: 3 records."), (good.ExitCode, good.Output.Trim()));
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains($"{files["bad.zone"]}:4:6: Value is not a valid IPv4 address: 192.0.2.256.", bad.Error, StringComparison.Ordinal);
        Assert.Contains("bad.zone:5:1: $INCLUDE is not allowed here", bad.Error, StringComparison.Ordinal);
        Assert.Contains("2:10: There is no file \"../good.zone\" that may be included.", outside.Error, StringComparison.Ordinal);
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("cannot be read", none.Error, StringComparison.Ordinal);
    }
}
