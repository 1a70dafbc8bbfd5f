// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Tests.Harness;

namespace Frontier.Dns.Tests.Server;

/// <summary>What does not exist (RFC 2308), and what stands for it (RFC 4592).</summary>
public sealed class NegativeAnswerTests
{
    private const int NameError = 3;

    // The zone of RFC 4592 §2.2.1.
    private readonly Answerer _dns = new(TestZone.Make("example.", """
        *.example.               3600 TXT   "this is a wildcard"
        *.example.               3600 MX    10 host1.example.
        sub.*.example.           3600 TXT   "this is not a wildcard"
        host1.example.           3600 A     192.0.2.1
        _ssh._tcp.host1.example. 3600 SRV   0 0 22 host1.example.
        _ssh._tcp.host2.example. 3600 SRV   0 0 22 host2.example.
        subdel.example.          3600 NS    ns.example.com.
        subdel.example.          3600 NS    ns.example.net.

        """));

    [Theory]
    [InlineData("host3.example.", "MX", 1)] // the wildcard
    [InlineData("host3.example.", "A", 0)] // the wildcard has none
    [InlineData("foo.bar.example.", "TXT", 1)] // bar.example does not exist, so the wildcard of example stands for it
    [InlineData("host1.example.", "MX", 0)] // it exists
    [InlineData("sub.*.example.", "MX", 0)] // it exists
    [InlineData("_tcp.host1.example.", "TXT", 0)] // an empty non-terminal exists
    [InlineData("host2.example.", "TXT", 0)] // likewise
    public void Wildcards_stand_for_what_does_not_exist_RFC_4592_2_2_1(string name, string type, int answers)
    {
        var told = _dns.Ask(name, type);

        Assert.Equal(0, told.Code);
        Assert.True(told.IsAuthoritative);
        Assert.Equal(answers, told.Answers.Count);
        Assert.All(told.Answers, record => Assert.Equal(name, record.Name));
        Assert.Equal(answers == 0 ? "SOA" : null, told.Authorities.SingleOrDefault()?.Type);
    }

    [Theory]
    [InlineData("_telnet._tcp.host1.example.")]
    [InlineData("host.subdel2.host1.example.")]
    [InlineData("ghost.*.example.")]
    public void Where_the_closest_name_has_no_wildcard_there_is_no_such_name(string name)
    {
        var told = _dns.Ask(name);

        Assert.Equal(NameError, told.Code);
        Assert.Equal("example.", Assert.Single(told.Authorities).Name);
    }

    [Fact]
    public void A_name_in_a_delegated_part_is_referred_even_where_a_wildcard_would_match()
    {
        var told = _dns.Ask("host.subdel.example.");

        Assert.False(told.IsAuthoritative);
        Assert.Equal(["subdel.example. 3600 NS ns.example.com.", "subdel.example. 3600 NS ns.example.net."], told.Authorities.Select(static record => record.ToString()).Order());
        Assert.Empty(told.Answers);
    }

    [Fact]
    public void What_there_is_not_holds_for_the_minimum_of_the_SOA_record_RFC_2308_5()
    {
        var told = _dns.Ask("ghost._tcp.host1.example.");

        Assert.Equal("example. 300 SOA ns1.example. hostmaster.example. 7 7200 900 1209600 300", Assert.Single(told.Authorities).ToString());
    }

    [Fact]
    public void A_name_without_the_type_is_no_error() => Assert.Equal((0, "SOA"), (_dns.Ask("host1.example.", "AAAA").Code, _dns.Ask("host1.example.", "AAAA").Authorities.Single().Type));

    [Fact]
    public void A_name_of_no_zone_is_refused_and_says_why()
    {
        var told = _dns.Ask(new Ask { Name = "www.example.org." }.WithEdns());

        Assert.Equal(5, told.Code);
        Assert.False(told.IsAuthoritative);
        Assert.Equal([0, 20], told.Option(15));
    }
}
