// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Freshness;

namespace Frontier.Decisions.Tests.Freshness;

/// <summary>Whether a stored answer does for a request: always by its freshness, strictly by the viewer's word as well.</summary>
public sealed class ReuseTests
{
    [Theory]
    [InlineData("no-cache")]
    [InlineData("max-age=0")]
    [InlineData("min-fresh=1000")]
    [InlineData("no-store")]
    [InlineData("max-stale")]
    public void The_viewer_s_Cache_Control_has_no_effect_by_CloudFront_s_rules_DP_6_10(string control)
    {
        Assert.Equal(ReuseVerdict.Serve, Decide(CachingRules.CloudFront, control, age: 10, freshFor: 20));
        Assert.Equal(ReuseVerdict.Validate, Decide(CachingRules.CloudFront, control, age: 30, freshFor: 0));
    }

    [Theory]
    [InlineData("", 10, 20, ReuseVerdict.Serve)]
    [InlineData("", 30, 0, ReuseVerdict.Validate)]
    [InlineData("no-cache", 10, 20, ReuseVerdict.Validate)]
    [InlineData("max-age=9", 10, 20, ReuseVerdict.Validate)]
    [InlineData("max-age=10", 10, 20, ReuseVerdict.Serve)]
    [InlineData("min-fresh=20", 10, 20, ReuseVerdict.Serve)]
    [InlineData("min-fresh=21", 10, 20, ReuseVerdict.Validate)]
    [InlineData("max-stale", 100, -50, ReuseVerdict.ServeStale)]
    [InlineData("max-stale=50", 100, -50, ReuseVerdict.ServeStale)]
    [InlineData("max-stale=49", 100, -50, ReuseVerdict.Validate)]
    [InlineData("max-stale=x", 100, -50, ReuseVerdict.Validate)]
    [InlineData("max-stale, max-age=99", 100, -50, ReuseVerdict.Validate)]
    [InlineData("max-stale, min-fresh=1", 100, -50, ReuseVerdict.Validate)]
    [InlineData("max-age=x, no-store", 10, 20, ReuseVerdict.Serve)]
    public void It_is_heard_by_the_strict_rules_RFC_9111_section_5_2_1(string control, int age, int freshFor, ReuseVerdict expected) =>
        Assert.Equal(expected, Decide(CachingRules.Strict, control, age, freshFor));

    [Fact]
    public void What_must_be_revalidated_is_never_served_stale_RFC_9111_section_5_2_2_2() =>
        Assert.Equal(ReuseVerdict.Validate, Reuse.Decide(CachingRules.Strict, Sample.Headers("Cache-Control: max-stale"), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(-1), mustRevalidate: true));

    [Fact]
    public void Pragma_counts_only_without_Cache_Control_RFC_9111_section_5_4()
    {
        var (age, left) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Assert.Equal(ReuseVerdict.Validate, Reuse.Decide(CachingRules.Strict, Sample.Headers("Pragma: no-cache"), age, left, false));
        Assert.Equal(ReuseVerdict.Serve, Reuse.Decide(CachingRules.Strict, Sample.Headers("Pragma: no-cache", "Cache-Control: max-age=9"), age, left, false));
    }

    private static ReuseVerdict Decide(CachingRules rules, string control, int age, int freshFor) => Reuse.Decide(
        rules, control.Length == 0 ? Sample.Headers() : Sample.Headers($"Cache-Control: {control}"), TimeSpan.FromSeconds(age), TimeSpan.FromSeconds(freshFor), mustRevalidate: false);
}
