// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Freshness;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Freshness;

/// <summary>DP-27.12.</summary>
public class CacheTagsTests
{
    [Theory]
    [InlineData("product:123", "product:123")]
    [InlineData("Product:123, SALE", "product:123,sale")]
    [InlineData(" a ,\tb,,c ,", "a,b,c")]
    [InlineData("a,A,a", "a")]
    [InlineData("two words, fine", "fine")]
    [InlineData("caf\u00e9, \u0007, ok~!#", "ok~!#")]
    [InlineData("", "")]
    public void Tags_are_separated_by_commas_and_compared_in_lower_case(string value, string expected) => Assert.Equal(expected, List(value));

    [Fact]
    public void All_fields_of_the_name_count_and_no_others() =>
        Assert.Equal("a,b,c", List(("Edge-Tags", "a"), ("Other", "x"), ("edge-tags", "b, c")));

    [Fact]
    public void Without_a_header_name_nothing_is_tagged()
    {
        var headers = new HeaderList();
        headers.Add("Edge-Tags", "a");
        Assert.Empty(CacheTags.List(headers, []));
    }

    [Fact]
    public void A_tag_of_256_characters_counts_and_a_longer_one_does_not()
    {
        var longest = new string('a', 256);
        Assert.Equal(longest, List($"{longest}b,{longest}"));
    }

    [Fact]
    public void The_first_fifty_tags_count_whatever_is_passed_over_between_them()
    {
        var all = Enumerable.Range(0, 60).Select(static i => $"t{i}, not one, T{i}");
        Assert.Equal(string.Join(',', Enumerable.Range(0, 50).Select(static i => $"t{i}")), List(string.Join(',', all)));
    }

    [Theory]
    [InlineData("#Product:123", true, "product:123")]
    [InlineData("##", true, "#")]
    [InlineData("/#a", false, "")]
    public void An_item_that_begins_with_a_hash_sign_names_a_tag(string item, bool isTag, string tag)
    {
        Assert.Equal(isTag, CacheTags.IsTag(item));
        if (isTag)
        {
            Assert.Equal(tag, CacheTags.Invalidated(item));
        }
    }

    [Fact]
    public void Whatever_an_origin_sends_the_list_holds_at_most_fifty_tags_that_an_invalidation_can_name() =>
        Prop.ForAll<NonNull<string>>(value =>
        {
            var tags = List(value.Get).Split(',', StringSplitOptions.RemoveEmptyEntries);
            return tags.Length <= 50 && tags.All(tag => tag.Length <= 256 && CacheTags.Invalidated("#" + tag) == tag);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_list_reads_as_itself_and_says_the_same_in_one_field_and_in_many() =>
        Prop.ForAll(Gen.ListOf(Gen.Elements("a", "A", "b:1", ",", ",", " ", "\t", "\u00e9", "\0", new string('x', 200))).ToArbitrary(), static pieces =>
        {
            var value = string.Concat(pieces);
            var tags = List(value);
            return List(tags) == tags && List([.. value.Split(',').Select(static part => ("Edge-Tags", part))]) == tags;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Every_tag_is_listed_once_in_the_order_sent() =>
        Prop.ForAll(Gen.ListOf(Gen.Choose(0, 99)).ToArbitrary(), static numbers =>
            List(string.Join(" ,", numbers.Select(static (number, i) => (i % 2 == 0 ? "t" : "T") + number))) == string.Join(',', numbers.Distinct().Take(50).Select(static number => $"t{number}")))
            .QuickCheckThrowOnFailure();

    private static string List(string value) => List(("edge-tags", value));

    private static string List(params (string Name, string Value)[] fields)
    {
        var headers = new HeaderList();
        foreach (var (name, value) in fields)
        {
            headers.Add(Encoding.Latin1.GetBytes(name), Encoding.Latin1.GetBytes(value));
        }

        return Encoding.ASCII.GetString(CacheTags.List(headers, "edge-tags"u8));
    }
}
