// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Freshness;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Freshness;

/// <summary>§19: how long an error is kept. MaxTTL is 1000 s.</summary>
public sealed class ErrorCachingTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(404)]
    [InlineData(414)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void These_statuses_are_always_kept_for_the_longer_of_minimum_and_header_section_19(int status)
    {
        Assert.Equal(10, Seconds(status)); // DP-19.1
        Assert.Equal(10, Seconds(status, "Cache-Control: max-age=5"));
        Assert.Equal(100, Seconds(status, "Cache-Control: max-age=100"));
        Assert.Equal(200, Seconds(status, "Cache-Control: max-age=100, s-maxage=200"));
        Assert.Equal(300, Seconds(status, "Expires: Fri, 07 Aug 2026 12:05:00 GMT"));
        Assert.Equal(1_000, Seconds(status, "Cache-Control: max-age=5000"));
    }

    [Theory]
    [InlineData("no-store")]
    [InlineData("no-cache")]
    [InlineData("private")]
    [InlineData("max-age=100, no-store")]
    [InlineData("max-age=0")]
    public void What_forbids_storing_leaves_the_minimum_DP_19_2(string control)
    {
        Assert.Equal(10, Seconds(404, "Cache-Control: " + control));
        Assert.Equal(10, Seconds(503, "Cache-Control: " + control));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(405)]
    [InlineData(412)]
    [InlineData(415)]
    public void These_statuses_are_kept_only_where_max_age_or_s_maxage_is_said_section_19(int status)
    {
        Assert.Equal(-1, Seconds(status));
        Assert.Equal(-1, Seconds(status, "Expires: Fri, 07 Aug 2026 12:05:00 GMT"));
        Assert.Equal(-1, Seconds(status, "Cache-Control: public"));
        Assert.Equal(10, Seconds(status, "Cache-Control: max-age=5"));
        Assert.Equal(100, Seconds(status, "Cache-Control: max-age=100"));
        Assert.Equal(100, Seconds(status, "Cache-Control: s-maxage=100"));
        Assert.Equal(1_000, Seconds(status, "Cache-Control: s-maxage=5000"));
    }

    [Fact]
    public void An_unsatisfied_range_is_never_kept_DP_16_5() => Assert.Equal(-1, Seconds(416, "Cache-Control: max-age=100"));

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(451)]
    [InlineData(505)]
    public void Other_errors_are_kept_as_ordinary_answers_are_where_a_header_says_how_long_section_19(int status)
    {
        Assert.Equal(-1, Seconds(status));
        Assert.Equal(5, Seconds(status, "Cache-Control: max-age=5"));
        Assert.Equal(300, Seconds(status, "Expires: Fri, 07 Aug 2026 12:05:00 GMT"));
        Assert.Equal(1_000, Seconds(status, "Cache-Control: max-age=5000"));
        Assert.Equal(-1, Seconds(status, "Cache-Control: max-age=100, no-store"));
        Assert.Equal(-1, Seconds(status, "Cache-Control: max-age=0"));
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(1, 1)]
    [InlineData(3_600, 3_600)]
    public void The_minimum_is_configured_by_status_and_may_be_zero_DP_19_1(int configured, int seconds)
    {
        var distribution = Sample.Distribution(Sample.DistributionConfig with { ErrorResponses = [new ErrorResponseConfig(404, configured), new ErrorResponseConfig(500, 77)] });
        var verdict = TimeToLive.Decide(RequestMethod.Get, Sample.Answer(404), distribution, Sample.Behavior(Policy), Now);

        Assert.Equal(seconds, verdict.IsStored ? (int)verdict.FreshFor.TotalSeconds : -1);
    }

    [Fact]
    public void A_behavior_without_caching_keeps_no_errors_DP_19_3()
    {
        var disabled = Sample.Behavior(Policy with { DefaultTtl = 0, MaxTtl = 0 });

        Assert.Equal(NotStored.CachingDisabled, TimeToLive.Decide(RequestMethod.Get, Sample.Answer(404), Sample.Distribution(), disabled, Now).Reason);
    }

    [Fact]
    public void The_error_of_a_method_that_is_not_cached_is_not_kept_DP_19_12() =>
        Assert.Equal(NotStored.Method, TimeToLive.Decide(RequestMethod.Post, Sample.Answer(404), Sample.Distribution(), Sample.Behavior(Policy), Now).Reason);

    [Fact]
    public void The_minimum_holds_however_old_the_error_was_DP_19_1_DP_14_6()
    {
        Assert.Equal(10, Seconds(404, "Age: 3600"));
        Assert.Equal(70, Seconds(404, "Cache-Control: max-age=100", "Age: 30"));
    }

    [Fact]
    public void Neither_MinTTL_nor_DefaultTTL_prolongs_an_error_section_19()
    {
        var behavior = Sample.Behavior(Policy with { MinTtl = 60 });

        Assert.Equal(
            TimeSpan.FromSeconds(10), TimeToLive.Decide(RequestMethod.Get, Sample.Answer(404), Sample.Distribution(), behavior, Now).FreshFor);
    }

    private static CachePolicyConfig Policy => Sample.CachePolicy with { DefaultTtl = 500, MaxTtl = 1_000 };

    private static int Seconds(int status, params string[] headers)
    {
        var verdict = TimeToLive.Decide(RequestMethod.Get, Sample.Answer(status, headers), Sample.Distribution(), Sample.Behavior(Policy), Now);
        return verdict.IsStored ? (int)verdict.FreshFor.TotalSeconds : -1;
    }
}
