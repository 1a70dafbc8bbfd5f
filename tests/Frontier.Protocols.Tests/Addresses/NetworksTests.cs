// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Protocols.Addresses;

namespace Frontier.Protocols.Tests.Addresses;

public sealed class NetworksTests
{
    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("11.1.2.3", false)]
    [InlineData("::ffff:11.1.2.3", false)]
    [InlineData("2001:db9::1", false)]
    public void An_address_is_found_in_its_network_in_IPv6s_clothing_or_not(string address, bool isIn)
    {
        Assert.Equal(isIn, Networks.Contain([IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32")], IPAddress.Parse(address)));
        Assert.False(Networks.Contain([], IPAddress.Parse(address)));
    }
}
