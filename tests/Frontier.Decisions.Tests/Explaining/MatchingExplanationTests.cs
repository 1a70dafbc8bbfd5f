// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Explaining;
using Frontier.Decisions.Matching;
using Frontier.Decisions.Models;
using Frontier.Protocols.Names;

namespace Frontier.Decisions.Tests.Explaining;

/// <summary>§2, §3: by which name a distribution was found, and why earlier patterns did not match.</summary>
public sealed class MatchingExplanationTests
{
    [Theory]
    [InlineData("*.jpg", "/a.JPG", "case-sensitive")]
    [InlineData("/images/*", "/img/a", "does not begin with /images/")]
    [InlineData("images/*", "/img/a", "does not begin with /images/")]
    [InlineData("/a", "/b", "is not exactly /a")]
    [InlineData("/a", "/a/b", "goes on after /a")]
    [InlineData("*.css", "/a.js", "does not end with .css")]
    [InlineData("/a/*/z?.js", "/a/z1.js", "wildcards")]
    public void A_pattern_that_does_not_match_says_why_DP_3_2(string pattern, string path, string why)
    {
        Assert.False(new PathPattern(pattern).Matches(Encoding.Latin1.GetBytes(path))); // or there would be nothing to explain

        Assert.Contains(why, PatternExplanation.Mismatch(pattern, path), StringComparison.Ordinal);
    }

    [Fact]
    public void The_patterns_before_the_one_that_matched_are_told_in_their_order_DP_3_1()
    {
        var behaviors = new[] { "/api/*", "*.png", "/images/*", "*.gif" }.Select(static pattern => Sample.Behavior(behavior: Sample.BehaviorConfig with { PathPattern = pattern })).ToArray();
        var distribution = Sample.Distribution(null, behaviors);
        var path = "/x/..//images/a.gif"u8;

        var explained = BehaviorExplanation.Of(distribution, BehaviorMatch.Find(distribution, path), path, "/x/..//images/a.gif");

        Assert.Equal(("/images/*", false, "/images/a.gif"), (explained.Pattern, explained.IsDefault, explained.MatchedPath));
        Assert.Equal(["/api/*", "*.png"], explained.Tried.Select(static tried => tried.Pattern));
        Assert.Equal(("cp", null), (explained.CachePolicy.Name, explained.OriginRequestPolicy?.Name));
    }

    [Fact]
    public void The_default_behavior_comes_after_all_others_and_the_root_object_is_told_DP_3_9()
    {
        var distribution = Sample.Distribution(null, Sample.Behavior(behavior: Sample.BehaviorConfig with { PathPattern = "/api/*" }));

        var explained = BehaviorExplanation.Of(distribution, distribution.DefaultBehavior, "/index.html"u8, "/");

        Assert.True(explained is { IsDefault: true, DefaultRootObject: true, Tried.Length: 1 });
    }

    [Theory]
    [InlineData("d1.frontier.localhost", "d1.frontier.localhost", "DP-2.1")]
    [InlineData("www.example.com", "www.example.com", "DP-2.1")]
    [InlineData("a.b.example.com", "*.b.example.com", "DP-2.3")]
    [InlineData("a.c.example.com", "*.example.com", "DP-2.3")]
    public void A_distribution_names_the_name_it_was_found_by(string host, string matched, string rule)
    {
        var config = Sample.DistributionConfig with { Aliases = ["www.example.com", "*.example.com", "*.b.example.com"] };
        var table = SnapshotCompiler.Compile(Sample.Snapshot(config)).Table!;
        Assert.True(table.TryFind(host, out var distribution, out var suffixAt));

        var explained = DistributionExplanation.Of(distribution, host, suffixAt);

        Assert.Equal((matched, rule), (explained.MatchedName, explained.Rule));
    }
}
