// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Freshness;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Freshness;

/// <summary>§18: how long a stale answer may still be served. MaxTTL is 1000 s.</summary>
public sealed class StaleExtensionTests
{
    [Theory]
    [InlineData("max-age=1, stale-while-revalidate=30", 30)]
    [InlineData("max-age=1, stale-while-revalidate=1000", 1_000)]
    [InlineData("max-age=1, stale-while-revalidate=5000", 1_000)]
    [InlineData("max-age=1, stale-while-revalidate=0", 0)]
    [InlineData("max-age=1, stale-while-revalidate=x", 0)]
    [InlineData("max-age=1", 0)]
    [InlineData("max-age=1, must-revalidate, stale-while-revalidate=30", 0)]
    [InlineData("max-age=1, proxy-revalidate, stale-while-revalidate=30", 0)]
    public void Stale_while_revalidate_is_bounded_by_MaxTTL_DP_18_1_DP_18_6(string control, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Decide(control).StaleWhileRevalidate);

    [Theory]
    [InlineData("max-age=1, stale-if-error=30", 30)]
    [InlineData("max-age=1, stale-if-error=5000", 1_000)]
    [InlineData("max-age=1, stale-if-error=99999999999999", 1_000)]
    [InlineData("max-age=1, stale-if-error=0", 0)]
    public void Stale_if_error_is_bounded_by_MaxTTL_and_zero_forbids_DP_18_2_DP_18_6(string control, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Decide(control).StaleIfError);

    [Theory]
    [InlineData("max-age=1")]
    [InlineData("max-age=1, stale-if-error=x")]
    public void An_origin_that_says_nothing_is_told_from_one_that_forbids_DP_18_3(string control) => Assert.Null(Decide(control).StaleIfError);

    [Fact]
    public void Both_extensions_stand_side_by_side_DP_18_4()
    {
        var verdict = Decide("max-age=1, stale-while-revalidate=10, stale-if-error=100");

        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(100)), (verdict.StaleWhileRevalidate, verdict.StaleIfError));
        Assert.Equal(TimeSpan.FromSeconds(1), verdict.FreshFor);
    }

    private static StorageVerdict Decide(string control) => TimeToLive.Decide(
        RequestMethod.Get, Sample.Answer(200, "Cache-Control: " + control), Sample.Distribution(), Sample.Behavior(Sample.CachePolicy with { DefaultTtl = 500, MaxTtl = 1_000 }),
        DateTimeOffset.UnixEpoch);
}
