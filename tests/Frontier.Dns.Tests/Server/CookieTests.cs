// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Dns.Server;
using Frontier.Dns.Tests.Harness;
using Frontier.Dns.Zones;
using Frontier.Testing;

namespace Frontier.Dns.Tests.Server;

/// <summary>Cookies (RFC 7873, RFC 9018) and what they are good for: limits on answers.</summary>
public sealed class CookieTests
{
    private static readonly byte[] Client = [1, 2, 3, 4, 5, 6, 7, 8];

    private readonly Answerer _dns = new(10, TestZone.Make("example.test.", "www 60 A 192.0.2.10\n*.wild 60 A 192.0.2.11\n"));

    [Fact]
    public void A_client_is_given_a_cookie_of_24_bytes_that_begins_with_its_own()
    {
        var cookie = _dns.Ask(new Ask { Name = "www.example.test." }.WithOption(10, Client)).Option(10)!;

        Assert.Equal(24, cookie.Length);
        Assert.Equal(Client, cookie[..8]);
        Assert.Equal([1, 0, 0, 0], cookie[8..12]);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(41)]
    public void A_cookie_of_a_length_that_there_is_not_is_a_format_error_RFC_7873_5_2_2(int length) =>
        Assert.Equal(1, _dns.Ask(new Ask { Name = "www.example.test." }.WithOption(10, new byte[length])).Code);

    // RFC 9018, appendix A.1: the client cookie 2464c4abcf10c957, the address 198.51.100.100, 1,559,731,985 seconds.
    [Fact]
    public void Cookies_are_those_of_the_RFC_9018_appendix_A()
    {
        var cookies = new Cookies(Convert.FromHexString("e5e973e5a6b2a43f48e7dc849e37bfcf"), new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_559_731_985)));
        var asker = new Asker(ClientNetwork.Of(IPAddress.Parse("198.51.100.100")), IsStream: false);
        var cookie = new byte[Cookies.Length];

        cookies.Write(cookie, Convert.FromHexString("2464c4abcf10c957"), asker);

        Assert.Equal("2464c4abcf10c957010000005cf79f111f8130c3eee29480", Convert.ToHexStringLower(cookie));
        Assert.True(cookies.IsOurs(cookie, asker));
        Assert.False(cookies.IsOurs(cookie, asker with { Network = ClientNetwork.Of(IPAddress.Parse("198.51.100.101")) }));
    }

    [Fact]
    public void The_same_answer_to_one_network_is_sent_so_often_and_then_every_second_one_truncated()
    {
        var told = Enumerable.Range(0, 30).Select(each => _dns.Send(Ask.For("www.example.test."), from: $"192.0.2.{each}")).ToList();

        Assert.Equal(10, told.Count(static each => each is { IsTruncated: false }));
        Assert.Equal(10, told.Count(static each => each is { IsTruncated: true, Answers.Count: 0 }));
        Assert.Equal(10, told.Count(static each => each is null));
        Assert.NotNull(_dns.Send(Ask.For("www.example.test."), from: "198.51.100.1"));
        Assert.NotNull(_dns.Send(Ask.For("ns1.example.test.")));
    }

    [Fact]
    public void An_attacker_gains_nothing_by_names_that_do_not_exist_or_that_a_wildcard_makes_up()
    {
        Assert.Equal(10, Enumerable.Range(0, 30).Count(each => _dns.Send(Ask.For($"x{each}.example.test.")) is { IsTruncated: false }));
        Assert.Equal(10, Enumerable.Range(0, 30).Count(each => _dns.Send(Ask.For($"x{each}.wild.example.test.")) is { IsTruncated: false }));
        Assert.Equal(10, Enumerable.Range(0, 30).Count(each => _dns.Send(Ask.For($"x{each}.example.org.")) is { IsTruncated: false }));
    }

    [Fact]
    public void After_a_second_there_is_room_again()
    {
        _ = Enumerable.Range(0, 30).Count(_ => _dns.Send(Ask.For("www.example.test.")) is not null);

        _dns.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(_dns.Ask("www.example.test.").IsTruncated);
    }

    [Fact]
    public void Who_sends_our_cookie_back_is_not_limited_and_who_comes_by_TCP_neither()
    {
        var cookie = _dns.Ask(new Ask { Name = "www.example.test." }.WithOption(10, Client)).Option(10)!;

        Assert.All(Enumerable.Range(0, 50), _ => Assert.False(_dns.Ask(new Ask { Name = "www.example.test." }.WithOption(10, cookie)).IsTruncated));
        Assert.All(Enumerable.Range(0, 50), _ => Assert.False(_dns.Ask(new Ask { Name = "www.example.test." }, isStream: true).IsTruncated));
    }

    [Fact]
    public void A_cookie_of_another_address_an_old_one_or_a_forged_one_helps_nobody()
    {
        var cookie = _dns.Ask(new Ask { Name = "www.example.test." }.WithOption(10, Client)).Option(10)!;
        byte[] forged = [.. cookie[..23], (byte)(cookie[23] ^ 1)];

        Assert.True(Sent(forged, Answerer.Resolver) < 20);
        Assert.True(Sent(cookie, "203.0.113.5") < 20);
        _dns.Time.Advance(TimeSpan.FromHours(1.1));
        Assert.True(Sent(cookie, Answerer.Resolver) < 20);

        int Sent(byte[] value, string from) => Enumerable.Range(0, 40).Count(_ => _dns.Send(new Ask { Name = "www.example.test." }.WithOption(10, value).ToBytes(), from: from) is { IsTruncated: false });
    }
}
