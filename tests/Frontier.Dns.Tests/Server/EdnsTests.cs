// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Tests.Harness;

namespace Frontier.Dns.Tests.Server;

/// <summary>What EDNS says and is told (RFC 6891), and how long answers become.</summary>
public sealed class EdnsTests
{
    private readonly Answerer _dns = new(TestZone.Make("example.test.",
        "www 60 A 192.0.2.10\n" + string.Concat(Enumerable.Range(0, 30).Select(static each => $"many 60 TXT \"{each:d2} {new string('x', 90)}\"\n"))));

    [Fact]
    public void A_query_without_it_gets_an_answer_without_it() => Assert.Null(_dns.Ask("www.example.test.").Opt);

    [Fact]
    public void An_answer_that_does_not_fit_is_truncated_and_has_no_half_of_a_set()
    {
        var plain = _dns.Ask("many.example.test.", "TXT");
        var large = _dns.Ask(new Ask { Name = "many.example.test.", Type = "TXT" }.WithEdns(4096));

        Assert.True(plain.IsTruncated);
        Assert.Empty(plain.Answers);
        Assert.True(plain.Length <= 512);
        Assert.True(large.IsTruncated); // no more than 1,232 bytes, whatever the client can take
    }

    [Fact]
    public void Over_TCP_it_fits()
    {
        var told = _dns.Ask(new Ask { Name = "many.example.test.", Type = "TXT" }, isStream: true);

        Assert.Equal((false, 30), (told.IsTruncated, told.Answers.Count));
    }

    [Fact]
    public void A_version_of_the_future_is_told_ours_RFC_6891_6_1_3()
    {
        var told = _dns.Ask(new Ask { Name = "www.example.test.", EdnsVersion = 1 }.WithEdns());

        Assert.Equal(16, told.Code);
        Assert.Equal(0u, told.Opt!.Ttl >> 16 & 0xFF);
        Assert.Empty(told.Answers);
    }

    [Fact]
    public void The_server_tells_its_name_to_who_asks_RFC_5001()
    {
        Assert.Equal("dns-1"u8.ToArray(), _dns.Ask(new Ask { Name = "www.example.test." }.WithOption(3)).Option(3));
        Assert.Null(_dns.Ask(new Ask { Name = "www.example.test." }.WithEdns()).Option(3));
    }

    [Fact]
    public void Options_that_are_not_known_and_padding_are_passed_over()
    {
        var told = _dns.Ask(new Ask { Name = "www.example.test." }.WithOption(12, 0, 0, 0).WithOption(65001, 1, 2, 3));

        Assert.Equal(["192.0.2.10"], told.Data);
        Assert.Empty(told.Opt!.Raw);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x8000)]
    public void Whether_DNSSEC_is_understood_comes_back_RFC_3225(ushort flags) =>
        Assert.Equal(flags, _dns.Ask(new Ask { Name = "www.example.test.", EdnsFlags = flags }.WithEdns()).Opt!.Ttl & 0xFFFF);

    [Fact]
    public void A_client_network_comes_back_with_scope_0_where_the_answer_is_everybodys_RFC_7871()
    {
        Assert.Equal([0, 1, 24, 0, 198, 51, 100], _dns.Ask(new Ask { Name = "www.example.test." }.WithOption(8, 0, 1, 24, 0, 198, 51, 100)).Option(8));
        Assert.Equal([0, 2, 32, 0, 0x20, 1, 0xd, 0xb8], _dns.Ask(new Ask { Name = "www.example.test." }.WithOption(8, 0, 2, 32, 0, 0x20, 1, 0xd, 0xb8)).Option(8));
        Assert.Equal([0, 1, 0, 0], _dns.Ask(new Ask { Name = "www.example.test." }.WithOption(8, 0, 1, 0, 0)).Option(8));
    }

    [Theory]
    [InlineData(0, 1, 24, 8, 198, 51, 100)] // a scope in a query
    [InlineData(0, 1, 20, 0, 198, 51, 100)] // bits behind the prefix
    [InlineData(0, 1, 24, 0, 198, 51)] // too short
    [InlineData(0, 1, 16, 0, 198, 51, 100)] // too long
    [InlineData(0, 1, 33, 0, 198, 51, 100, 0, 0)] // longer than an address
    [InlineData(0, 3, 8, 0, 1)] // no family
    [InlineData(0, 1)]
    public void A_client_network_that_is_none_is_a_format_error_RFC_7871_7_1_2(params int[] option) =>
        Assert.Equal(1, _dns.Ask(new Ask { Name = "www.example.test." }.WithOption(8, [.. option.Select(static value => (byte)value)])).Code);
}
