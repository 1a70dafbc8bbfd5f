// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;

namespace Frontier.Protocols.Tests.SigV4;

public sealed class OriginAccessKeysTests
{
    private static readonly byte[] Shared = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void A_key_names_its_distribution_DP_13_13()
    {
        var key = OriginAccessKeys.Derive(Shared, "E1A2B3C4D5E6F7");

        Assert.True(OriginAccessKeys.TryGetDistribution(key.Id, out var distribution));
        Assert.Equal("E1A2B3C4D5E6F7", distribution);
        Assert.Matches("^[0-9a-f]{64}$", key.Secret);
    }

    [Fact]
    public void The_same_inputs_give_the_same_key_and_any_other_gives_another_DP_13_13()
    {
        var key = OriginAccessKeys.Derive(Shared, "E1");

        Assert.Equal(key, OriginAccessKeys.Derive(Shared, "E1"));
        Assert.NotEqual(key.Secret, OriginAccessKeys.Derive(Shared, "E2").Secret);
        Assert.NotEqual(key.Secret, OriginAccessKeys.Derive([.. Shared.Reverse()], "E1").Secret);
    }

    [Fact]
    public void A_key_of_an_identity_is_no_key_of_a_distribution_DP_13_13()
    {
        var key = OriginAccessKeys.DeriveForIdentity(Shared, "E1A2B3C4D5E6F7");

        Assert.True(OriginAccessKeys.TryGetIdentity(key.Id, out var identity));
        Assert.Equal("E1A2B3C4D5E6F7", identity);
        Assert.False(OriginAccessKeys.TryGetDistribution(key.Id, out _));
        Assert.False(OriginAccessKeys.TryGetIdentity(OriginAccessKeys.Derive(Shared, "E1").Id, out _));
        Assert.NotEqual(OriginAccessKeys.Derive(Shared, "E1A2B3C4D5E6F7").Secret, key.Secret);
    }

    /// <summary>API §5.2: 96 hexadecimal characters. Frozen: bucket policies that people wrote hold it.</summary>
    [Fact]
    public void An_identity_has_one_canonical_user_id_for_ever()
    {
        Assert.Equal("927f69c30232fed8cbc615928c65f291a36e26f2f6ef0be23624cc91a55116b3b9202b2771a2cbd813c2ee360947e3eb", OriginAccessKeys.CanonicalUserOf("E1A2B3C4D5E6F7"));
        Assert.NotEqual(OriginAccessKeys.CanonicalUserOf("E1A2B3C4D5E6F7"), OriginAccessKeys.CanonicalUserOf("E1A2B3C4D5E6F8"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("OAC")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("oacE1")]
    public void A_key_of_another_kind_belongs_to_no_distribution(string id)
    {
        Assert.False(OriginAccessKeys.TryGetDistribution(id, out var distribution));
        Assert.Equal("", distribution);
    }
}
