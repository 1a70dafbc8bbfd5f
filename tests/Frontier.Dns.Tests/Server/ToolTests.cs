// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts.Zones;
using Frontier.Dns.Tests.Harness;

namespace Frontier.Dns.Tests.Server;

/// <summary>What BIND's and Knot's own clients make of our answers.</summary>
public sealed class ToolTests
{
    private static readonly ZoneConfig Zone = TestZone.Config("example.test.", """
        www     60 A      192.0.2.10
        www     60 AAAA   2001:db8::10
        alias   30 CNAME  www
        *.wild  60 A      192.0.2.11
        mail    60 MX     10 www
        text    60 TXT    "one" "two"
        srv     60 SRV    1 2 443 www
        caa     60 CAA    0 issue "ca.example"
        naptr   60 NAPTR  100 10 "u" "E2U+sip" "!^.*$!sip:info@example.test!" .
        tlsa    60 TLSA   3 1 1 0011223344556677889900112233445566778899001122334455667788990011
        sshfp   60 SSHFP  4 2 0011223344556677889900112233445566778899001122334455667788990011
        svc     60 HTTPS  1 . alpn=h2,h3 ipv4hint=192.0.2.1
        ptr     60 PTR    www
        many    60 TXT    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        many    60 TXT    "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
        many    60 TXT    "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC"

        """);

    [Theory]
    [InlineData("www", "A", "192.0.2.10")]
    [InlineData("www", "AAAA", "2001:db8::10")]
    [InlineData("x.wild", "A", "192.0.2.11")]
    [InlineData("mail", "MX", "10 www.example.test.")]
    [InlineData("text", "TXT", "\"one\" \"two\"")]
    [InlineData("srv", "SRV", "1 2 443 www.example.test.")]
    [InlineData("caa", "CAA", "0 issue \"ca.example\"")]
    [InlineData("naptr", "NAPTR", "100 10 \"u\" \"E2U+sip\" \"!^.*$!sip:info@example.test!\" .")]
    [InlineData("ptr", "PTR", "www.example.test.")]
    [InlineData("tlsa", "TLSA", "3 1 1 00112233445566778899001122334455667788990011223344556677 88990011")]
    public async Task Dig_and_kdig_read_every_type(string name, string type, string data)
    {
        await using var dns = await TestServer.StartAsync(Zone);

        var dig = await Tool.RunAsync("dig", "bind9-dnsutils", "@127.0.0.1", "-p", dns.Port, $"{name}.example.test", type, "+short");
        var kdig = await Tool.RunAsync("kdig", "knot-dnsutils", "@127.0.0.1", "-p", dns.Port, $"{name}.example.test", type, "+short");

        Assert.Equal(data, dig.Trim());
        Assert.Equal(data.Replace(" ", "", StringComparison.Ordinal), kdig.Trim().Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dig_goes_to_TCP_where_the_answer_is_truncated()
    {
        await using var dns = await TestServer.StartAsync(Zone);

        var dig = await Tool.RunAsync("dig", "bind9-dnsutils", "@127.0.0.1", "-p", dns.Port, "many.example.test", "TXT", "+bufsize=512");

        Assert.Contains("Truncated, retrying in TCP mode", dig, StringComparison.Ordinal);
        Assert.Contains("ANSWER: 3", dig, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dig_sees_flags_cookies_and_the_name_of_the_server()
    {
        await using var dns = await TestServer.StartAsync(Zone);

        var dig = await Tool.RunAsync("dig", "bind9-dnsutils", "@127.0.0.1", "-p", dns.Port, "ghost.example.test", "+nsid", "+cookie=0102030405060708");

        Assert.Contains("status: NXDOMAIN", dig, StringComparison.Ordinal);
        Assert.Contains("flags: qr aa rd;", dig, StringComparison.Ordinal);
        Assert.Contains("(\"dns-test\")", dig, StringComparison.Ordinal);
        Assert.Contains("(good)", dig, StringComparison.Ordinal);
        Assert.Contains("recursion requested but not available", dig, StringComparison.Ordinal);
        Assert.DoesNotContain("malformed", dig, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dig_reads_the_scope_of_a_client_network_and_kdig_many_queries_over_one_connection()
    {
        await using var dns = await TestServer.StartAsync(Zone);

        var near = await Tool.RunAsync("dig", "bind9-dnsutils", "@127.0.0.1", "-p", dns.Port, "d111.cdn.test", "+subnet=198.51.100.7/24");
        var kdig = await Tool.RunAsync("kdig", "knot-dnsutils", "@127.0.0.1", "-p", dns.Port, "+tcp", "+keepopen", "www.example.test", "A", "alias.example.test", "A");

        Assert.Contains("CLIENT-SUBNET: 198.51.100.0/24/24", near, StringComparison.Ordinal);
        Assert.Contains("203.0.113.9", near, StringComparison.Ordinal);
        Assert.Equal(2, kdig.Split("status: NOERROR").Length - 1);
    }

    [Fact]
    public async Task Dig_is_given_a_whole_zone_where_it_may()
    {
        await using var dns = await TestServer.StartAsync(static options => options with { TransferNetworks = [IPNetwork.Parse("127.0.0.1/32")] }, null, Zone);

        var dig = await Tool.RunAsync("dig", "bind9-dnsutils", "@127.0.0.1", "-p", dns.Port, "example.test", "AXFR");

        Assert.Contains("XFR size: 20 records", dig, StringComparison.Ordinal);
    }
}
