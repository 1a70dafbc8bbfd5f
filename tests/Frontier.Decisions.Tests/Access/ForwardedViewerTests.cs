// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Decisions.Access;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Access;

public sealed class ForwardedViewerTests
{
    private static readonly ImmutableArray<IPNetwork> Proxies = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8:f::/48")];

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7:0")]
    [InlineData("203.0.113.7:4711", "203.0.113.7:4711")]
    [InlineData("2001:db8::7", "[2001:db8::7]:0")]
    [InlineData("[2001:db8::7]:4711", "[2001:db8::7]:4711")]
    [InlineData("198.51.100.9, 203.0.113.7", "203.0.113.7:0")]
    [InlineData("198.51.100.9, 203.0.113.7 ,10.1.2.3,\t2001:db8:f::1", "203.0.113.7:0")]
    [InlineData("10.9.9.9, 10.1.2.3", "10.9.9.9:0")]
    [InlineData("203.0.113.7,, ,", "203.0.113.7:0")]
    [InlineData("203.0.113.7, ::ffff:10.1.2.3", "203.0.113.7:0")]
    public void The_last_that_no_trusted_proxy_has_is_the_viewers(string field, string viewer) =>
        Assert.Equal(viewer, ForwardedViewer.Find(Fields(field), Proxies)?.ToString());

    [Theory]
    [InlineData("203.0.113.7, unknown, 10.1.2.3", "10.1.2.3:0")]
    [InlineData("203.0.113.7, 167772161", null)]
    [InlineData("203.0.113.7, 010.0.0.1", null)]
    [InlineData("203.0.113.7, 0x0a.0.0.1", null)]
    [InlineData("203.0.113.7, 10.1", null)]
    [InlineData("203.0.113.7, fe80::1%eth0", null)]
    [InlineData("203.0.113.7, 10.1.2.3:99999", null)]
    [InlineData("203.0.113.7, \"10.1.2.3\"", null)]
    [InlineData("", null)]
    public void What_stands_before_something_that_is_no_address_is_not_believed(string field, string? viewer) =>
        Assert.Equal(viewer, ForwardedViewer.Find(Fields(field), Proxies)?.ToString());

    [Fact]
    public void Several_lines_are_one_list()
    {
        Assert.Equal("203.0.113.7:0", ForwardedViewer.Find(Fields("198.51.100.9", "203.0.113.7", "10.1.2.3"), Proxies)?.ToString());
        Assert.Null(ForwardedViewer.Find(Fields(), Proxies));
    }

    /// <summary>Whatever a viewer wrote before it came to the proxy, the proxy's word stands behind it.</summary>
    [Fact]
    public void Nothing_a_viewer_writes_makes_it_another() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), written =>
        {
            var sound = string.Concat((written ?? "").Where(character => character is >= ' ' and < (char)127));
            return ForwardedViewer.Find(Fields($"{sound}, 203.0.113.7"), Proxies)?.Address.Equals(IPAddress.Parse("203.0.113.7")) ?? false;
        }).QuickCheckThrowOnFailure();

    private static HeaderList Fields(params string[] values)
    {
        var headers = new HeaderList();
        headers.Add("Host", "example.com");
        foreach (var value in values)
        {
            headers.Add("X-Forwarded-For", value);
        }

        return headers;
    }
}
