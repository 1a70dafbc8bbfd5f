// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Names;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Names;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("*", "/", true)]
    [InlineData("*", "/any/thing.html", true)]
    [InlineData("/images/*.jpg", "/images/a.jpg", true)]
    [InlineData("/images/*.jpg", "/images/deep/er/a.jpg", true)]
    [InlineData("/images/*.jpg", "/images/.jpg", true)]
    [InlineData("/images/*.jpg", "/images/a.jpg.png", false)]
    [InlineData("/images/*.jpg", "/x/images/a.jpg", false)]
    [InlineData("/a?.jpg", "/a1.jpg", true)]
    [InlineData("/a?.jpg", "/a/.jpg", true)]
    [InlineData("/a?.jpg", "/a.jpg", false)]
    [InlineData("/a?.jpg", "/a12.jpg", false)]
    [InlineData("/a", "/a", true)]
    [InlineData("/a", "/a/", false)]
    [InlineData("/a*", "/a", true)]
    [InlineData("/a**", "/a", true)]
    [InlineData("*a*b*", "/xxaxxbxx", true)]
    [InlineData("*a*b*", "/xxbxxaxx", false)]
    public void A_star_crosses_slashes_a_question_mark_is_one_byte_and_both_ends_are_anchored_DP_3_2(string pattern, string path, bool matches) =>
        Assert.Equal(matches, Matches(pattern, path));

    [Theory]
    [InlineData("images/*.jpg", "/images/a.jpg")]
    [InlineData("*.jpg", "/a.jpg")]
    [InlineData("?", "/a")]
    public void A_leading_slash_may_be_left_out_DP_3_3(string pattern, string path)
    {
        Assert.True(Matches(pattern, path));
        Assert.True(Matches("/" + pattern, path));
    }

    [Theory]
    [InlineData("*.jpg", "/a.JPG")]
    [InlineData("/Images/*", "/images/a")]
    public void Case_counts_DP_3_4(string pattern, string path) => Assert.False(Matches(pattern, path));

    [Theory]
    [InlineData("/a.b", "/axb")]
    [InlineData("/a+", "/aa")]
    [InlineData("/[ab]", "/a")]
    [InlineData("/a$", "/a")]
    public void No_other_character_is_special_DP_3_2(string pattern, string path)
    {
        Assert.False(Matches(pattern, path));
        Assert.True(Matches(pattern, pattern));
    }

    [Fact]
    public void The_text_stays_as_configured() => Assert.Equal("images/*", new PathPattern("images/*").ToString());

    [Fact]
    public void It_matches_whatever_the_plainest_matcher_matches() =>
        Prop.ForAll(Texts("ab*?/").ToArbitrary(), Texts("ab/").ToArbitrary(), (pattern, path) =>
            Matches("/" + pattern, "/" + path) == Plain("/" + pattern, "/" + path)).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Many_stars_against_a_long_path_take_no_time_to_speak_of()
    {
        var pattern = new PathPattern(string.Concat(Enumerable.Repeat("*a", 120)) + "b");
        var path = Encoding.Latin1.GetBytes("/" + new string('a', 8_000));

        // Trying every star would take longer than the universe has; the bound is generous for a busy machine.
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.False(pattern.Matches(path));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    private static Gen<string> Texts(string alphabet) => Gen.ListOf(Gen.Elements(alphabet.ToCharArray())).Select(string.Concat).Resize(12);

    private static bool Matches(string pattern, string path) => new PathPattern(pattern).Matches(Encoding.Latin1.GetBytes(path));

    private static bool Plain(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path) => pattern switch
    {
        [] => path.IsEmpty,
        ['*', .. var rest] => Plain(rest, path) || (!path.IsEmpty && Plain(pattern, path[1..])),
        ['?', .. var rest] => !path.IsEmpty && Plain(rest, path[1..]),
        [var literal, .. var rest] => !path.IsEmpty && path[0] == literal && Plain(rest, path[1..]),
    };
}
