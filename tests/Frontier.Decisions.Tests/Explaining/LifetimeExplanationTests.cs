// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Explaining;
using Frontier.Decisions.Freshness;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Explaining;

/// <summary>§14, §19: the terms beside the verdict. The verdict itself is <see cref="TimeToLive"/>'s and tested there.</summary>
public sealed class LifetimeExplanationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "Cache-Control: max-age=60, s-maxage=30", 30L, "s-maxage counts.", "DP-14.1")]
    [InlineData(0, "Cache-Control: max-age=60", 60L, "max-age counts.", "DP-14.1")]
    [InlineData(0, "Cache-Control: max-age=9999", 1000L, "max-age counts, at most MaxTTL.", "DP-14.1")]
    [InlineData(100, "Cache-Control: max-age=60", 100L, "max-age counts, raised to MinTTL.", "DP-14.1")]
    [InlineData(0, "Expires: Fri, 07 Aug 2026 12:05:00 GMT", 300L, "Expires counts.", "DP-14.1")]
    [InlineData(0, "X-Nothing: said", 500L, "The origin says nothing, so DefaultTTL counts.", "§14")]
    [InlineData(100, "Cache-Control: no-store", 100L, "The origin forbids sharing it, but MinTTL is above 0 and overrules that.", "DP-14.2")]
    [InlineData(0, "Cache-Control: no-store", null, "The origin says no-store and MinTTL is 0.", "DP-14.2")]
    [InlineData(0, "Cache-Control: private", null, "The origin says private and MinTTL is 0.", "DP-14.2")]
    [InlineData(0, "Cache-Control: no-cache", null, "The origin says no-cache and MinTTL is 0.", "DP-14.2")]
    [InlineData(0, "Cache-Control: max-age=0", null, "Nothing is left of its time to live.", "§14")]
    [InlineData(0, "Vary: *", null, "The origin says Vary: * and MinTTL is 0.", "DP-14.8")]
    public void The_term_that_counted_is_told_with_its_rule(int minTtl, string header, long? freshFor, string why, string rule)
    {
        var explained = Explain(200, minTtl, header);

        Assert.Equal((freshFor, why, rule), (explained.FreshFor, explained.Why, explained.Rule));
        Assert.Equal(freshFor is null, explained.NotStored is not null);
    }

    [Fact]
    public void Every_term_is_there_in_seconds()
    {
        var explained = Explain(
            200, 10, "Cache-Control: public, max-age=60, s-maxage=300, must-revalidate", "Expires: Fri, 07 Aug 2026 12:01:30 GMT", "Age: 20");

        Assert.Equal((10L, 500L, 1000L), (explained.MinTtl, explained.DefaultTtl, explained.MaxTtl));
        Assert.Equal((300L, 60L, 90L, 20L, 280L), (explained.SharedMaxAge, explained.MaxAge, explained.Expires, explained.Age, explained.FreshFor));
        Assert.Equal(["must-revalidate"], explained.Directives);
        Assert.Equal("s-maxage counts, less Age.", explained.Why);
        Assert.Null(explained.ErrorCachingMinTtl);
    }

    [Fact]
    public void An_error_shows_its_own_minimum_DP_19_1()
    {
        var explained = Explain(404, 0);

        Assert.Equal((10L, 10L, "DP-19.1"), (explained.ErrorCachingMinTtl, explained.FreshFor, explained.Rule));
    }

    [Fact]
    public void An_Expires_in_the_past_is_zero_DP_14_5() => Assert.Equal(0, Explain(200, 0, "Expires: 0").Expires);

    private static ExplainedLifetime Explain(int status, int minTtl, params string[] headers)
    {
        var behavior = Sample.Behavior(Sample.CachePolicy with { MinTtl = minTtl, DefaultTtl = 500, MaxTtl = 1000 });
        var answer = Sample.Answer(status, headers);
        return LifetimeExplanation.Of(answer, TimeToLive.Decide(RequestMethod.Get, answer, Sample.Distribution(), behavior, Noon), Sample.Distribution(), behavior, Noon);
    }
}
