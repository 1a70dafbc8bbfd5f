// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Matching;
using Frontier.Protocols.Names;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Matching;

/// <summary>Whether patterns leave another anything to match (DP-3.1), held against the matcher itself.</summary>
public sealed class PatternCoverTests
{
    /// <summary>Every path of up to five bytes after its slash, over what the generated patterns have and one byte that they do not.</summary>
    private static readonly byte[][] Paths = [.. Enumerable.Range(0, 6).SelectMany(static length => Words("/abz", length)).Select(static word => Encoding.ASCII.GetBytes("/" + word))];

    [Theory]
    [InlineData("/images/*.jpg", "/images/*")]
    [InlineData("images/*", "/images/*")]
    [InlineData("/images/*", "*")]
    [InlineData("*", "/*")]
    [InlineData("/a", "/?")]
    [InlineData("/a**b", "/a*b")]
    [InlineData("/*?", "/?*")]
    [InlineData("/?*?", "/??*")]
    [InlineData("/api/*/items/*", "/api/*")]
    [InlineData("/a*", "/a", "/a?*")]
    [InlineData("/?", "/[", "/?")]
    public void A_pattern_is_covered_where_all_its_paths_match_before_DP_3_1(string pattern, params string[] earlier) =>
        Assert.Equal(new PatternCover(CoverVerdict.Covered, null), Decide(pattern, earlier));

    [Theory]
    [InlineData("/images/*", "/images/*.jpg")]
    [InlineData("/IMAGES/*", "/images/*")]
    [InlineData("*.jpg", "/images/*")]
    [InlineData("/*", "/?*")]
    [InlineData("/a?", "/a")]
    [InlineData("/a*b", "/a?b")]
    [InlineData("/*", "/a*", "/b*", "/")]
    [InlineData("/*aa*", "/*ab*", "/a*", "/*b")]
    public void A_pattern_with_a_path_of_its_own_is_not_covered_DP_3_1(string pattern, params string[] earlier)
    {
        var cover = Decide(pattern, earlier);

        Assert.Equal(CoverVerdict.Escapes, cover.Verdict);
        AssertIsOwn(cover.Path!, pattern, earlier);
    }

    [Fact]
    public void What_is_covered_has_no_path_of_its_own_and_what_escapes_shows_one() =>
        Prop.ForAll(Patterns.ToArbitrary(), Gen.ListOf(Patterns).Select(static list => list.Take(3).ToArray()).ToArbitrary(), static (pattern, earlier) =>
        {
            var cover = Decide(pattern, earlier);
            switch (cover.Verdict)
            {
                case CoverVerdict.Covered:
                    Assert.DoesNotContain(Paths, path => new PathPattern(pattern).Matches(path) && !earlier.Any(other => new PathPattern(other).Matches(path)));
                    break;
                case CoverVerdict.Escapes:
                    AssertIsOwn(cover.Path!, pattern, earlier);
                    break;
                case CoverVerdict.Undecided:
                    Assert.Fail("Patterns as short as these are always decided.");
                    break;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void Patterns_built_to_be_hard_end_undecided_and_not_in_a_search_without_end()
    {
        // Where in the last so many bytes there is an a: a set of positions for every combination of them.
        var hard = Enumerable.Range(18, 6).Select(static length => "/*a" + new string('?', length)).ToArray();

        Assert.Equal(CoverVerdict.Undecided, Decide("/*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*", [.. hard, "/*aaaaaaaaaaaaaaaaaaaaaaaaaaaa*", "/a*", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "/*z*"]).Verdict);
    }

    [Fact]
    public void Patterns_that_match_the_same_are_told_from_those_that_only_cover()
    {
        Assert.True(PatternCover.AreSame(new PathPattern("images/*"), new PathPattern("/images/**")));
        Assert.True(PatternCover.AreSame(new PathPattern("/*?"), new PathPattern("/?*")));
        Assert.False(PatternCover.AreSame(new PathPattern("/images/*.jpg"), new PathPattern("/images/*")));
    }

    private static Gen<string> Patterns => Gen.ListOf(Gen.Elements("a", "b", "/", "*", "?")).Select(static pieces => "/" + string.Concat(pieces.Take(5)));

    private static PatternCover Decide(string pattern, IEnumerable<string> earlier) => PatternCover.Decide(new PathPattern(pattern), earlier.Select(static text => new PathPattern(text)));

    private static void AssertIsOwn(string path, string pattern, IEnumerable<string> earlier)
    {
        var bytes = Encoding.Latin1.GetBytes(path);
        Assert.True(new PathPattern(pattern).Matches(bytes), $"{pattern} does not match {path}.");
        Assert.DoesNotContain(earlier, other => new PathPattern(other).Matches(bytes));
    }

    private static IEnumerable<string> Words(string alphabet, int length) =>
        length == 0 ? [""] : Words(alphabet, length - 1).SelectMany(_ => alphabet, static (word, letter) => word + letter);
}
