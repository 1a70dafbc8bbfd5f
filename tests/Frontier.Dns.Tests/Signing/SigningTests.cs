// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;
using Frontier.Dns.Tests.Harness;
using Frontier.Testing;

namespace Frontier.Dns.Tests.Signing;

/// <summary>Signed zones, judged by BIND's validator and Knot's client.</summary>
public sealed class SigningTests
{
    private static readonly ZoneConfig Zone = TestZone.Config("example.test.", """
        www     60 A      192.0.2.10
        www     60 A      192.0.2.11
        MiXeD   60 CNAME  WWW
        *.wild  60 A      192.0.2.12
        mail    60 MX     10 WWW.Example.Test.
        srv     60 SRV    1 2 443 WwW
        a.b.c   60 TXT    "deep"
        caa     60 CAA    0 issue "ca.example"
        sub     60 NS     ns.sub
        ns.sub  60 A      192.0.2.77
        safe    60 NS     ns.sub
        safe    60 DS     12345 13 2 00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF

        """, new RecordSetConfig { Name = "example.test.", Type = "A", Alias = new AliasTargetConfig("d111.cdn.test.", AliasTargetKind.Distribution, false) });

    [Theory]
    [InlineData("example.test", "SOA")]
    [InlineData("example.test", "DNSKEY")]
    [InlineData("example.test", "CDS")]
    [InlineData("example.test", "CDNSKEY")]
    [InlineData("example.test", "A")]
    [InlineData("www.example.test", "A")]
    [InlineData("mixed.example.test", "A")]
    [InlineData("x.y.wild.example.test", "A")]
    [InlineData("mail.example.test", "MX")]
    [InlineData("srv.example.test", "SRV")]
    [InlineData("caa.example.test", "CAA")]
    [InlineData("safe.example.test", "DS")]
    public async Task Delv_finds_answers_fully_validated(string name, string type) =>
        Assert.Contains("; fully validated", await DelvAsync(name, type), StringComparison.Ordinal);

    [Theory]
    [InlineData("www.example.test", "AAAA")]
    [InlineData("b.c.example.test", "A")] // an empty non-terminal
    [InlineData("x.wild.example.test", "TXT")]
    [InlineData("sub.example.test", "DS")]
    [InlineData("ghost.example.test", "A")] // what does not exist is said to have nothing: compact denial
    public async Task Delv_believes_what_there_is_not_RFC_9824(string name, string type) =>
        Assert.Contains("; negative response, fully validated", await DelvAsync(name, type), StringComparison.Ordinal);

    [Fact]
    public async Task A_forged_key_validates_nothing()
    {
        var told = await DelvAsync("www.example.test", "A", forge: true);

        Assert.DoesNotContain("fully validated", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kdig_shows_signatures_to_who_asks_for_them_and_to_nobody_else()
    {
        await using var dns = await StartAsync();

        var signed = await Tool.RunAsync("kdig", "knot-dnsutils", "@127.0.0.1", "-p", dns.Port, "+dnssec", "www.example.test", "A");
        var plain = await Tool.RunAsync("kdig", "knot-dnsutils", "@127.0.0.1", "-p", dns.Port, "www.example.test", "A");

        Assert.Contains("RRSIG\tA 13 3 60", signed, StringComparison.Ordinal);
        Assert.DoesNotContain("RRSIG", plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_for_no_such_name_is_said_to_who_understands_compact_answers_RFC_9824_5()
    {
        await using var dns = await StartAsync();
        const ushort Both = 0xC000;

        Assert.Equal(3, (await dns.AskAsync(new Ask { Name = "ghost.example.test.", EdnsFlags = Both }.WithEdns().ToBytes())).Code);
        Assert.Equal(0, (await dns.AskAsync(new Ask { Name = "ghost.example.test.", EdnsFlags = 0x8000 }.WithEdns().ToBytes())).Code);
        Assert.Equal(3, (await dns.AskAsync(Ask.For("ghost.example.test."))).Code);
    }

    [Fact]
    public async Task A_delegation_without_a_key_comes_with_the_proof_that_there_is_none()
    {
        await using var dns = await StartAsync();

        var bare = await dns.AskAsync(new Ask { Name = "www.sub.example.test.", EdnsFlags = 0x8000 }.WithEdns().ToBytes());
        var safe = await dns.AskAsync(new Ask { Name = "www.safe.example.test.", EdnsFlags = 0x8000 }.WithEdns().ToBytes());

        Assert.Equal(["NS", "TYPE47", "TYPE46"], bare.Authorities.Select(static record => record.Type));
        Assert.Equal(["NS", "DS", "TYPE46"], safe.Authorities.Select(static record => record.Type));
    }

    [Fact]
    public async Task The_key_is_made_once_and_nobody_else_may_read_it()
    {
        await using var dns = await StartAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(dns.Files["example.key"]));
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", await File.ReadAllTextAsync(dns.Files["example.key"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signatures_are_kept_for_a_day_and_made_anew_long_before_their_end()
    {
        var time = new ManualTimeProvider();
        await using var dns = await StartAsync(time);
        var query = new Ask { Name = "caa.example.test.", Type = "CAA", EdnsFlags = 0x8000 }.WithEdns().ToBytes();
        var first = (await dns.AskAsync(query)).Answers[1].Raw;
        time.Advance(TimeSpan.FromHours(23));
        var kept = (await dns.AskAsync(query)).Answers[1].Raw;
        time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(first, kept);
        Assert.NotEqual(first, (await dns.AskAsync(query)).Answers[1].Raw);
    }

    private static Task<TestServer> StartAsync(TimeProvider? time = null) =>
        TestServer.StartAsync(static options => options with { SignedZones = [new SignedZone("example.test", Path.Combine(options.Directory, "example.key"))] }, time, Zone);

    private static async Task<string> DelvAsync(string name, string type, bool forge = false)
    {
        await using var dns = await StartAsync();
        var key = (await dns.AskAsync(Ask.For("example.test.", "DNSKEY"))).Answers[0].Raw;
        key[^1] ^= forge ? (byte)1 : (byte)0;
        await File.WriteAllTextAsync(dns.Files["anchor"], $"trust-anchors {{ example.test. static-key 257 3 13 \"{Convert.ToBase64String(key.AsSpan(4))}\"; }};");
        return await Tool.RunAsync("delv", "bind9-dnsutils", "@127.0.0.1", "-p", dns.Port, "-a", dns.Files["anchor"], "+root=example.test", name, type);
    }
}
