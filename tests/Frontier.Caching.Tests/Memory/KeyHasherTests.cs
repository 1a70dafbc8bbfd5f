// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Memory;

namespace Frontier.Caching.Tests.Memory;

public sealed class KeyHasherTests
{
    /// <summary>Made with an implementation that was checked against the vector of SipHash-2-4's authors; the key is 00 01 … 0f, the input 00 01 … up to its length.</summary>
    [Theory]
    [InlineData(0, 0xabac0158050fc4dc)]
    [InlineData(1, 0xc9f49bf37d57ca93)]
    [InlineData(7, 0xd3927d989bb11140)]
    [InlineData(8, 0x369095118d299a8e)]
    [InlineData(15, 0xd320d86d2a519956)]
    [InlineData(63, 0x9d199062b7bbb3a8)]
    public void It_is_SipHash_1_3(int length, ulong hash)
    {
        var hasher = new KeyHasher(0x0706050403020100, 0x0f0e0d0c0b0a0908);

        Assert.Equal(hash, hasher.Hash([.. Enumerable.Range(0, length).Select(number => (byte)number)]));
    }

    [Fact]
    public void Keys_that_share_a_place_under_one_secret_spread_under_another()
    {
        const int places = 1_024;
        var known = new KeyHasher(1, 2);
        var secret = new KeyHasher(3, 4);
        var chosen = Enumerable.Range(0, 200_000).Select(number => System.Text.Encoding.ASCII.GetBytes($"/a?{number}")).Where(key => known.Hash(key) % places == 0).ToList();

        Assert.True(chosen.Count > 100, "There is nothing to flood with.");
        Assert.All(chosen.CountBy(key => secret.Hash(key) % places), place => Assert.InRange(place.Value, 1, 8));
    }
}
