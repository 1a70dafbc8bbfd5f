// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Decisions.Addresses;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Addresses;

/// <summary>Which addresses origins may have: every form in which one can be written that is not allowed.</summary>
public sealed class AddressCheckTests
{
    private static readonly AddressRules Strict = new(AllowsPrivate: false, []);
    private static readonly AddressRules Lenient = new(AllowsPrivate: true, []);

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.1")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001::1")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::1.1.1.1")] // how a network without IPv4 reaches the rest
    [InlineData("2002:101:101::1")]
    public void What_everybody_can_reach_may_be_an_origin(string address)
    {
        Assert.Equal(AddressVerdict.Allowed, Decide(address, Strict));
        Assert.Equal(AddressVerdict.Allowed, Decide(address, Lenient));
    }

    [Theory]
    [InlineData("0.0.0.0", AddressVerdict.Unspecified)]
    [InlineData("0.1.2.3", AddressVerdict.Unspecified)]
    [InlineData("::", AddressVerdict.Unspecified)]
    [InlineData("169.254.169.254", AddressVerdict.Metadata)]
    [InlineData("169.254.170.2", AddressVerdict.Metadata)]
    [InlineData("169.254.170.23", AddressVerdict.Metadata)]
    [InlineData("100.100.100.200", AddressVerdict.Metadata)]
    [InlineData("168.63.129.16", AddressVerdict.Metadata)]
    [InlineData("192.0.0.192", AddressVerdict.Metadata)]
    [InlineData("fd00:ec2::254", AddressVerdict.Metadata)]
    [InlineData("fd00:ec2::23", AddressVerdict.Metadata)]
    [InlineData("fd20:ce::254", AddressVerdict.Metadata)]
    [InlineData("fd00:c1::a9fe:a9fe", AddressVerdict.Metadata)]
    [InlineData("fd00:42::42", AddressVerdict.Metadata)]
    [InlineData("169.254.0.1", AddressVerdict.LinkLocal)]
    [InlineData("169.254.42.42", AddressVerdict.LinkLocal)]
    [InlineData("fe80::1", AddressVerdict.LinkLocal)]
    [InlineData("fe80::1%1", AddressVerdict.LinkLocal)]
    [InlineData("febf::1", AddressVerdict.LinkLocal)]
    [InlineData("fe80::a9fe:a9fe", AddressVerdict.LinkLocal)]
    [InlineData("224.0.0.1", AddressVerdict.Multicast)]
    [InlineData("239.255.255.250", AddressVerdict.Multicast)]
    [InlineData("ff02::1", AddressVerdict.Multicast)]
    [InlineData("255.255.255.255", AddressVerdict.Broadcast)]
    [InlineData("::ffff:169.254.169.254", AddressVerdict.Metadata)]
    [InlineData("::169.254.169.254", AddressVerdict.Metadata)]
    [InlineData("::ffff:0:169.254.169.254", AddressVerdict.Metadata)]
    [InlineData("64:ff9b::169.254.169.254", AddressVerdict.Metadata)]
    [InlineData("64:ff9b:1::169.254.169.254", AddressVerdict.Metadata)]
    [InlineData("64:ff9b:1:abcd::a9fe:a9fe", AddressVerdict.Metadata)]
    [InlineData("2002:a9fe:a9fe::1", AddressVerdict.Metadata)]
    [InlineData("2001:0:a9fe:a9fe::1", AddressVerdict.Metadata)] // the server of Teredo
    [InlineData("2001:0:101:101:0:0:5601:5601", AddressVerdict.Metadata)] // its client, 169.254.169.254 turned over
    [InlineData("2606:4700::5efe:169.254.169.254", AddressVerdict.Metadata)]
    [InlineData("2606:4700::200:5efe:169.254.169.254", AddressVerdict.Metadata)]
    public void What_is_never_an_origin_s_stays_closed_in_every_form_whatever_is_allowed(string address, AddressVerdict verdict)
    {
        Assert.NotEqual(AddressVerdict.Allowed, Decide(address, Strict)); // the form itself may be forbidden already
        Assert.Equal(verdict, Decide(address, Lenient));
    }

    [Theory]
    [InlineData("127.0.0.1", AddressVerdict.Loopback)]
    [InlineData("127.255.255.255", AddressVerdict.Loopback)]
    [InlineData("::1", AddressVerdict.Loopback)]
    [InlineData("::ffff:127.0.0.1", AddressVerdict.Loopback)]
    [InlineData("64:ff9b::7f00:1", AddressVerdict.Loopback)]
    [InlineData("2002:7f00:1::", AddressVerdict.Loopback)]
    [InlineData("10.0.0.1", AddressVerdict.Private)]
    [InlineData("172.16.0.1", AddressVerdict.Private)]
    [InlineData("172.31.255.255", AddressVerdict.Private)]
    [InlineData("192.168.1.1", AddressVerdict.Private)]
    [InlineData("2002:c0a8:101::1", AddressVerdict.Private)]
    [InlineData("fc00::1", AddressVerdict.Private)]
    [InlineData("fdff::1", AddressVerdict.Private)]
    [InlineData("fec0::1", AddressVerdict.Private)]
    [InlineData("64:ff9b:1::1.1.1.1", AddressVerdict.Private)]
    [InlineData("100.64.0.1", AddressVerdict.Shared)]
    [InlineData("100.127.255.255", AddressVerdict.Shared)]
    [InlineData("192.0.2.1", AddressVerdict.Documentation)]
    [InlineData("198.51.100.1", AddressVerdict.Documentation)]
    [InlineData("203.0.113.1", AddressVerdict.Documentation)]
    [InlineData("2001:db8::1", AddressVerdict.Documentation)]
    [InlineData("3fff::1", AddressVerdict.Documentation)]
    [InlineData("198.18.0.1", AddressVerdict.Benchmarking)]
    [InlineData("198.19.255.255", AddressVerdict.Benchmarking)]
    [InlineData("2001:2::1", AddressVerdict.Benchmarking)]
    [InlineData("240.0.0.1", AddressVerdict.Reserved)]
    [InlineData("255.255.255.254", AddressVerdict.Reserved)]
    [InlineData("192.88.99.1", AddressVerdict.Reserved)]
    [InlineData("100::1", AddressVerdict.Reserved)]
    [InlineData("2001:10::1", AddressVerdict.Reserved)]
    [InlineData("5f00::1", AddressVerdict.Reserved)]
    [InlineData("4000::1", AddressVerdict.Reserved)]
    public void What_is_nobody_s_on_the_Internet_is_the_operator_s_to_allow(string address, AddressVerdict verdict)
    {
        Assert.Equal(verdict, Decide(address, Strict));
        Assert.Equal(AddressVerdict.Allowed, Decide(address, Lenient));
    }

    /// <summary>The ways in which a host can say 127.0.0.1 or 169.254.169.254: whatever the platform makes of one is judged.</summary>
    [Theory]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("017700000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("127.1")]
    [InlineData("127.0.1")]
    [InlineData("2852039166")]
    [InlineData("0xa9fea9fe")]
    [InlineData("0251.0376.0251.0376")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("0:0:0:0:0:ffff:a9fe:a9fe")]
    public void Numbers_in_other_notations_are_judged_as_what_they_mean(string host) =>
        Assert.Contains(Decide(host, Strict), new[] { AddressVerdict.Loopback, AddressVerdict.Metadata });

    [Fact]
    public void A_server_of_the_installation_is_closed_at_its_port_or_at_all_of_them_in_every_form()
    {
        var rules = Lenient with
        {
            Closed =
            [
                new ClosedServer(IPNetwork.Parse("127.0.0.0/8"), 8480, AddressVerdict.ThisEdge),
                new ClosedServer(IPNetwork.Parse("198.51.100.9/32"), null, AddressVerdict.ControlPlane),
            ],
        };
        Assert.Equal(AddressVerdict.ThisEdge, Decide("127.0.0.1", rules, 8480));
        Assert.Equal(AddressVerdict.ThisEdge, Decide("127.9.9.9", rules, 8480));
        Assert.Equal(AddressVerdict.ThisEdge, Decide("::ffff:127.0.0.1", rules, 8480));
        Assert.Equal(AddressVerdict.ThisEdge, Decide("64:ff9b::127.0.0.1", rules, 8480));
        Assert.Equal(AddressVerdict.Allowed, Decide("127.0.0.1", rules, 3000));
        Assert.Equal(AddressVerdict.ControlPlane, Decide("198.51.100.9", rules, 22));
        Assert.Equal(AddressVerdict.ControlPlane, Decide("2002:c633:6409::", rules, 22));
        Assert.Equal(AddressVerdict.Allowed, Decide("198.51.100.10", rules, 22));
    }

    [Fact]
    public void No_wrapping_makes_a_forbidden_IPv4_address_an_allowed_one() => Prop.ForAll<byte[]>(static seed =>
    {
        byte[] four = [.. seed.Concat(new byte[4]).Take(4)];
        var plain = new IPAddress(four);
        var verdict = AddressCheck.Decide(new IPEndPoint(plain, 80), Strict);
        return Wrap(plain, four).All(wrapped => verdict is AddressVerdict.Allowed || AddressCheck.Decide(new IPEndPoint(wrapped, 80), Strict) is not AddressVerdict.Allowed);
    }).QuickCheckThrowOnFailure();

    private static ImmutableArray<IPAddress> Wrap(IPAddress plain, byte[] four) =>
    [
        plain.MapToIPv6(),
        new([0, 0x64, 0xFF, 0x9B, .. new byte[8], .. four]),
        new([0x20, 0x02, .. four, .. new byte[10]]),
        new([.. new byte[12], .. four]),
        new([0x2A, 0, .. new byte[6], 0, 0, 0x5E, 0xFE, .. four]),
    ];

    private static AddressVerdict Decide(string address, AddressRules rules, int port = 80) => AddressCheck.Decide(new IPEndPoint(IPAddress.Parse(address), port), rules);
}
