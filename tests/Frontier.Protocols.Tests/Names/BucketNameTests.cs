// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Names;

namespace Frontier.Protocols.Tests.Names;

public sealed class BucketNameTests
{
    [Theory]
    [InlineData("abc")]
    [InlineData("my-bucket")]
    [InlineData("my.bucket.example")]
    [InlineData("0a0")]
    [InlineData("2026")]
    [InlineData("123456789012")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4a")]
    [InlineData("0x1f")]
    public void Lower_case_letters_digits_hyphens_and_dots_make_a_name_NB_1_1(string name) => Assert.True(BucketName.IsValid(name));

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("Abc")]
    [InlineData("a_b")]
    [InlineData("a/b")]
    [InlineData("-abc")]
    [InlineData("abc-")]
    [InlineData(".abc")]
    [InlineData("abc.")]
    [InlineData("a..b")]
    [InlineData("a.-b")]
    [InlineData("a-.b")]
    [InlineData("192.168.5.4")]
    [InlineData("b\u00fccher")]
    public void Anything_else_does_not_NB_1_1(string name) => Assert.False(BucketName.IsValid(name));

    [Fact]
    public void A_name_has_three_to_sixty_three_characters_NB_1_1()
    {
        Assert.True(BucketName.IsValid(new string('a', 63)));
        Assert.False(BucketName.IsValid(new string('a', 64)));
    }
}
