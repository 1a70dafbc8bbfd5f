// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Http;

public sealed class EntityTagTests
{
    [Theory]
    [InlineData("\"1\"", "\"1\"", true, true)]
    [InlineData("W/\"1\"", "W/\"1\"", false, true)]
    [InlineData("W/\"1\"", "W/\"2\"", false, false)]
    [InlineData("W/\"1\"", "\"1\"", false, true)]
    [InlineData("\"1\"", "\"2\"", false, false)]
    public void The_two_comparisons_follow_the_table_of_RFC_9110_section_8_8_3_2(string one, string other, bool strongly, bool weakly)
    {
        Assert.Equal(strongly, EntityTag.StronglyEqual(Bytes(one), Bytes(other)));
        Assert.Equal(strongly, EntityTag.StronglyEqual(Bytes(other), Bytes(one)));
        Assert.Equal(weakly, EntityTag.WeaklyEqual(Bytes(one), Bytes(other)));
        Assert.Equal(weakly, EntityTag.WeaklyEqual(Bytes(other), Bytes(one)));
    }

    [Theory]
    [InlineData("\"\"", true)]
    [InlineData("\"abc\"", true)]
    [InlineData("W/\"abc\"", true)]
    [InlineData("w/\"abc\"", false)]
    [InlineData("abc", false)]
    [InlineData("\"", false)]
    [InlineData("W/", false)]
    [InlineData("\"a\"b\"", false)]
    [InlineData("", false)]
    public void A_tag_is_quoted_and_may_be_marked_weak(string tag, bool valid) => Assert.Equal(valid, EntityTag.IsValid(Bytes(tag)));

    [Theory]
    [InlineData("*", true)]
    [InlineData(" * ", true)]
    [InlineData("\"b\"", true)]
    [InlineData("\"a\", \"b\"", true)]
    [InlineData("\"a\",\"b\",\"c\"", true)]
    [InlineData(" ,\"a\",,\t\"b\" ", true)]
    [InlineData("W/\"b\"", true)]
    [InlineData("\"a, b\", \"b\"", true)]
    [InlineData("\"a,b\"", false)]
    [InlineData("\"a\", \"c\"", false)]
    [InlineData("", false)]
    [InlineData(" , ", false)]
    [InlineData("\"b", false)]
    public void A_list_is_searched_member_by_member_RFC_9110_section_13_1_2(string list, bool contains) =>
        Assert.Equal(contains, EntityTag.ListContains(Bytes(list), "\"b\""u8, weakly: true));

    [Fact]
    public void A_strong_search_passes_over_weak_tags_on_either_side_RFC_9110_section_13_1_1()
    {
        Assert.False(EntityTag.ListContains("W/\"b\""u8, "\"b\""u8, weakly: false));
        Assert.False(EntityTag.ListContains("\"b\""u8, "W/\"b\""u8, weakly: false));
        Assert.True(EntityTag.ListContains("W/\"b\", \"b\""u8, "\"b\""u8, weakly: false));
    }

    [Fact]
    public void A_tag_without_quotes_is_compared_as_it_stands()
    {
        Assert.True(EntityTag.ListContains("9b2cf535"u8, "\"9b2cf535\""u8, weakly: true));
        Assert.False(EntityTag.ListContains("9b2cf5"u8, "\"9b2cf535\""u8, weakly: true));
    }

    [Fact]
    public void The_end_of_a_list_is_not_the_empty_tag()
    {
        Assert.False(EntityTag.ListContains("\"a\", "u8, "\"\""u8, weakly: true));
        Assert.False(EntityTag.ListContains(","u8, "\"\""u8, weakly: true));
        Assert.True(EntityTag.ListContains("\"a\", \"\""u8, "\"\""u8, weakly: true));
    }

    [Fact]
    public void A_tag_is_found_wherever_it_stands_in_a_list() =>
        Prop.ForAll(Gen.ArrayOf(Tag).ToArbitrary(), Tag.ToArbitrary(), (others, tag) =>
        {
            var list = string.Join(", ", others.Append(tag));
            return EntityTag.ListContains(Bytes(list), Bytes(tag), weakly: true);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_tag_that_is_in_no_list_is_found_in_none() =>
        Prop.ForAll(Gen.ArrayOf(Tag).ToArbitrary(), others =>
            !EntityTag.ListContains(Bytes(string.Join(',', others)), "\"not among them\""u8, weakly: true)).QuickCheckThrowOnFailure();

    [Fact]
    public void Rubbish_never_throws_and_a_weak_tag_never_matches_strongly() =>
        Prop.ForAll<byte[], byte[]>((list, tag) =>
        {
            _ = EntityTag.IsValid(list);
            _ = EntityTag.ListContains(list, tag, weakly: true);
            byte[] weak = [(byte)'W', (byte)'/', .. tag];
            return list.AsSpan().Trim((byte)' ') is [(byte)'*'] || !EntityTag.ListContains(list, weak, weakly: false);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_weak_tag_without_quotes_never_matches_strongly() =>
        Assert.False(EntityTag.ListContains("W/abc"u8, "W/abc"u8, weakly: false));

    private static Gen<string> Tag => Gen.Elements("\"\"", "\"a\"", "W/\"a\"", "\"a,b\"", "\"x y\"", "W/\"\"", "\"*\"");

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
