// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Freshness;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Freshness;

/// <summary>§14: how long an answer is fresh. MaxTTL is 1000 s and DefaultTTL 500 s throughout.</summary>
public sealed class TimeToLiveTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Seconds by MinTTL 0 and by MinTTL 60; -1 for an answer that is not stored.</summary>
    [Theory]
    [InlineData(100, 100, "Cache-Control: max-age=100")]
    [InlineData(1_000, 1_000, "Cache-Control: max-age=5000")]
    [InlineData(10, 60, "Cache-Control: max-age=10")]
    [InlineData(-1, 60, "Cache-Control: max-age=0")]
    [InlineData(200, 200, "Cache-Control: max-age=100, s-maxage=200")]
    [InlineData(-1, 60, "Cache-Control: max-age=100, s-maxage=0")]
    [InlineData(100, 100, "Cache-Control: max-age=100", "Expires: Fri, 07 Aug 2026 12:05:00 GMT")]
    [InlineData(200, 200, "Cache-Control: s-maxage=200", "Expires: Fri, 07 Aug 2026 11:00:00 GMT")]
    [InlineData(300, 300, "Expires: Fri, 07 Aug 2026 12:05:00 GMT")]
    [InlineData(10, 60, "Expires: Fri, 07 Aug 2026 12:00:10 GMT")]
    [InlineData(1_000, 1_000, "Expires: Sun, 08 Aug 2027 12:00:00 GMT")]
    [InlineData(-1, 60, "Expires: Fri, 07 Aug 2026 11:00:00 GMT")]
    [InlineData(-1, 60, "Expires: 0")]
    [InlineData(-1, 60, "Expires: soon")]
    [InlineData(300, 300, "Cache-Control: public", "Expires: Fri, 07 Aug 2026 12:05:00 GMT")]
    [InlineData(300, 300, "Cache-Control: max-age=x", "Expires: Fri, 07 Aug 2026 12:05:00 GMT")]
    [InlineData(500, 500)]
    [InlineData(500, 500, "Cache-Control: public, must-revalidate, immutable")]
    [InlineData(500, 500, "Cache-Control: max-age=-5")]
    [InlineData(500, 500, "Cache-Control: no-cache=\"Set-Cookie\"")]
    [InlineData(-1, 60, "Cache-Control: no-store")]
    [InlineData(-1, 60, "Cache-Control: no-cache")]
    [InlineData(-1, 60, "Cache-Control: private")]
    [InlineData(-1, 60, "Cache-Control: private, no-cache, no-store")]
    [InlineData(-1, 60, "Cache-Control: max-age=100, no-store")]
    [InlineData(-1, 60, "Cache-Control: no-cache, s-maxage=100")]
    [InlineData(-1, 60, "Cache-Control: max-age=100", "Cache-Control: private")]
    [InlineData(-1, 60, "Cache-Control: no-store", "Expires: Fri, 07 Aug 2026 12:05:00 GMT")]
    public void The_table_of_section_14_holds_in_both_columns_DP_14_1_DP_14_2_DP_14_5(int withoutMinimum, int withMinimum, params string[] headers)
    {
        Assert.Equal(withoutMinimum, Seconds(Policy(0), headers));
        Assert.Equal(withMinimum, Seconds(Policy(60), headers));
    }

    [Fact]
    public void Without_a_word_of_the_origin_the_longer_of_MinTTL_and_DefaultTTL_holds_section_14()
    {
        Assert.Equal(60, Seconds(Policy(60) with { DefaultTtl = 5 }));
        Assert.Equal(2_000, Seconds(Policy(0) with { DefaultTtl = 2_000 })); // MaxTTL bounds only what the origin says
        Assert.Equal(-1, Seconds(Policy(0) with { DefaultTtl = 0 }));
    }

    [Theory]
    [InlineData("Cache-Control: no-store", NotStored.NoStore)]
    [InlineData("Cache-Control: private", NotStored.Private)]
    [InlineData("Cache-Control: no-cache", NotStored.NoCache)]
    [InlineData("Cache-Control: max-age=0", NotStored.ZeroTtl)]
    [InlineData("Vary: *", NotStored.VaryStar)]
    [InlineData("Vary: Accept, *", NotStored.VaryStar)]
    [InlineData("Vary: Accept", NotStored.None)]
    [InlineData("Set-Cookie: a=1", NotStored.None)] // DP-14.9
    public void A_refusal_says_why_DP_14_3_DP_14_8(string header, NotStored reason) => Assert.Equal(reason, Decide(Policy(0), 200, header).Reason);

    [Fact]
    public void A_vary_of_everything_is_kept_where_there_is_a_minimum_DP_14_8() => Assert.Equal(500, Seconds(Policy(60), "Vary: *"));

    [Theory]
    [InlineData(200)]
    [InlineData(203)]
    [InlineData(204)]
    [InlineData(300)]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public void These_statuses_are_kept_by_the_table_DP_14_10(int status) => Assert.Equal(TimeSpan.FromSeconds(500), Decide(Policy(0), status).FreshFor);

    [Theory]
    [InlineData(206, NotStored.Partial)]
    [InlineData(304, NotStored.Partial)]
    [InlineData(201, NotStored.Status)]
    [InlineData(202, NotStored.Status)]
    [InlineData(303, NotStored.Status)]
    public void Parts_and_answers_to_conditions_are_no_whole_objects_and_rare_statuses_are_not_kept_DP_14_10(int status, NotStored reason) =>
        Assert.Equal(reason, Decide(Policy(60), status, "Cache-Control: max-age=100").Reason);

    [Theory]
    [InlineData(RequestMethod.Get, true)]
    [InlineData(RequestMethod.Head, true)]
    [InlineData(RequestMethod.Options, false)]
    [InlineData(RequestMethod.Post, false)]
    [InlineData(RequestMethod.Put, false)]
    [InlineData(RequestMethod.Patch, false)]
    [InlineData(RequestMethod.Delete, false)]
    [InlineData(RequestMethod.Other, false)]
    public void Only_the_cached_methods_are_stored_DP_4_6(RequestMethod method, bool stored)
    {
        var verdict = TimeToLive.Decide(method, Sample.Answer(200), Sample.Distribution(), Sample.Behavior(Policy(60)), Now);

        Assert.Equal(stored ? NotStored.None : NotStored.Method, verdict.Reason);
    }

    [Fact]
    public void OPTIONS_is_stored_where_it_is_a_cached_method_DP_4_6()
    {
        var behavior = Sample.Behavior(Policy(0), behavior: Sample.BehaviorConfig with { CachedMethods = ["GET", "HEAD", "OPTIONS"] });

        Assert.True(TimeToLive.Decide(RequestMethod.Options, Sample.Answer(200), Sample.Distribution(), behavior, Now).IsStored);
    }

    [Fact]
    public void A_policy_whose_MaxTTL_is_zero_stores_nothing_DP_6_13() =>
        Assert.Equal(NotStored.CachingDisabled, Decide(Sample.CachePolicy with { MinTtl = 0, DefaultTtl = 0, MaxTtl = 0 }, 200, "Cache-Control: max-age=100").Reason);

    [Theory]
    [InlineData("30", 70, 30)]
    [InlineData("0", 100, 0)]
    [InlineData("x", 100, 0)]
    [InlineData("-5", 100, 0)]
    public void The_age_an_answer_comes_with_is_taken_off_DP_14_6(string age, int freshFor, int initialAge)
    {
        var verdict = Decide(Policy(0), 200, "Cache-Control: max-age=100", "Age: " + age);

        Assert.Equal(TimeSpan.FromSeconds(freshFor), verdict.FreshFor);
        Assert.Equal(TimeSpan.FromSeconds(initialAge), verdict.InitialAge);
    }

    [Theory]
    [InlineData("100")]
    [InlineData("5000")]
    [InlineData("99999999999999999999")]
    public void An_answer_older_than_its_time_is_not_stored_but_for_the_MinTTL_it_was_promised_DP_14_6(string age)
    {
        Assert.Equal(NotStored.ZeroTtl, Decide(Policy(0), 200, "Cache-Control: max-age=100", "Age: " + age).Reason);
        Assert.Equal(60, Seconds(Policy(60), "Cache-Control: max-age=100", "Age: " + age));
    }

    [Theory]
    [InlineData("must-revalidate", true)]
    [InlineData("proxy-revalidate", true)]
    [InlineData("immutable", false)]
    public void Must_revalidate_is_passed_on_and_changes_no_time_DP_14_4(string directive, bool must)
    {
        var verdict = Decide(Policy(0), 200, "Cache-Control: max-age=100, " + directive);

        Assert.Equal(must, verdict.MustRevalidate);
        Assert.Equal(TimeSpan.FromSeconds(100), verdict.FreshFor);
    }

    [Fact]
    public void A_stored_answer_is_fresh_between_its_bounds_whatever_the_origin_says() =>
        Prop.ForAll<NonNegativeInt, NonNegativeInt, bool>((minimum, said, shared) =>
        {
            var policy = Policy(minimum.Get % 1_000);
            var verdict = Decide(policy, 200, $"Cache-Control: {(shared ? "s-maxage" : "max-age")}={said.Get}");
            return verdict.IsStored
                ? verdict.FreshFor >= TimeSpan.FromSeconds(policy.MinTtl) && verdict.FreshFor <= TimeSpan.FromSeconds(policy.MaxTtl)
                : policy.MinTtl == 0 && said.Get == 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rubbish_of_an_origin_never_throws() =>
        Prop.ForAll<byte[], byte[], byte[]>((control, expires, age) =>
        {
            var answer = Sample.Answer(200);
            answer.Headers.Add("Cache-Control"u8, control);
            answer.Headers.Add("Expires"u8, expires);
            answer.Headers.Add("Age"u8, age);
            return TimeToLive.Decide(RequestMethod.Get, answer, Sample.Distribution(), Sample.Behavior(Policy(60)), Now).IsStored;
        }).QuickCheckThrowOnFailure();

    private static CachePolicyConfig Policy(long minimum) => Sample.CachePolicy with { MinTtl = minimum, DefaultTtl = 500, MaxTtl = 1_000 };

    private static StorageVerdict Decide(CachePolicyConfig policy, int status, params string[] headers) =>
        TimeToLive.Decide(RequestMethod.Get, Sample.Answer(status, headers), Sample.Distribution(), Sample.Behavior(policy), Now);

    private static int Seconds(CachePolicyConfig policy, params string[] headers) =>
        Decide(policy, 200, headers) is { IsStored: true } verdict ? (int)verdict.FreshFor.TotalSeconds : -1;
}
