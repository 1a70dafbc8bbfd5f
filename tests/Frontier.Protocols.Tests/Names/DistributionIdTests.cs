// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Names;

namespace Frontier.Protocols.Tests.Names;

public sealed class DistributionIdTests
{
    [Theory]
    [InlineData("E1A2B3C4D5E6F")]
    [InlineData("E1A2B3C4D5E6F7")]
    public void An_id_is_an_E_and_twelve_or_thirteen_capitals_or_digits(string text)
    {
        Assert.True(DistributionId.TryParse(text, out var id));
        Assert.Equal(text, id.Value);
        Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("E")]
    [InlineData("E1A2B3C4D5E6")]
    [InlineData("E1A2B3C4D5E6F78")]
    [InlineData("e1a2b3c4d5e6f7")]
    [InlineData("D1A2B3C4D5E6F7")]
    [InlineData("E1A2B3C4D5E6f7")]
    [InlineData("E1A2B3C4D5E6/7")]
    [InlineData("E1A2B3C4D5E6\u0661")]
    public void Anything_else_is_none(string? text)
    {
        Assert.False(DistributionId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }
}
