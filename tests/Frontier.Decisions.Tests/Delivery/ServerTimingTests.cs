// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Delivery;

namespace Frontier.Decisions.Tests.Delivery;

/// <summary>The Server-Timing header (§21.3).</summary>
public sealed class ServerTimingTests
{
    private static readonly TimingFacts Miss = new(
        CachePart.Miss, "PHX50-C2", "id==", new UpstreamTiming(TimeSpan.Zero, TimeSpan.FromMilliseconds(114), TimeSpan.FromMilliseconds(177.9)), TimeSpan.FromMilliseconds(436), Draw: 0);

    [Fact]
    public void A_miss_tells_of_the_origin_section_21_3() =>
        Assert.Equal(
            "cdn-upstream-layer;desc=\"EDGE\",cdn-upstream-dns;dur=0,cdn-upstream-connect;dur=114,cdn-upstream-fbl;dur=177,cdn-cache-miss,cdn-pop;desc=\"PHX50-C2\",cdn-rid;desc=\"id==\",cdn-downstream-fbl;dur=436",
            Apply(100, Miss));

    [Fact]
    public void A_hit_tells_where_it_hit_section_21_3() =>
        Assert.Equal(
            "cdn-cache-hit,cdn-pop;desc=\"PHX50-C2\",cdn-rid;desc=\"id==\",cdn-hit-layer;desc=\"EDGE\",cdn-downstream-fbl;dur=436",
            Apply(100, Miss with { Part = CachePart.Hit, Upstream = null }));

    [Fact]
    public void A_refresh_asked_the_origin_but_fetched_nothing_section_21_3() =>
        Assert.Equal(
            "cdn-upstream-dns;dur=0,cdn-upstream-connect;dur=114,cdn-upstream-fbl;dur=177,cdn-cache-refresh,cdn-pop;desc=\"PHX50-C2\",cdn-rid;desc=\"id==\",cdn-downstream-fbl;dur=436",
            Apply(100, Miss with { Part = CachePart.Refresh }));

    [Fact]
    public void An_answer_of_the_edges_own_is_a_miss_without_an_origin() =>
        Assert.Equal("cdn-cache-miss,cdn-pop;desc=\"PHX50-C2\",cdn-rid;desc=\"id==\",cdn-downstream-fbl;dur=436", Apply(100, Miss with { Upstream = null }));

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(50, 49.9, true)]
    [InlineData(50, 50, false)]
    [InlineData(100, 99.99, true)]
    [InlineData(0.5, 0.4, true)]
    [InlineData(0.5, 0.6, false)]
    public void The_draw_decides_under_the_rate(double percent, double draw, bool told) => Assert.Equal(told, Apply(percent, Miss with { Draw = draw }) is not null);

    [Theory]
    [InlineData("Pragma: server-timing", true)]
    [InlineData("pragma: no-cache, Server-Timing", true)]
    [InlineData("Pragma: no-cache", false)]
    [InlineData("Pragma: server-timings", false)]
    public void Whoever_asks_is_told_even_at_zero_percent(string header, bool told) => Assert.Equal(told, Apply(0, Miss, [header]) is not null);

    [Fact]
    public void The_origins_own_is_merged_on_a_miss()
    {
        var value = Apply(100, Miss, [], "Server-Timing: db;dur=5", "Server-Timing: app;dur=7")!;

        Assert.StartsWith("cdn-upstream-layer", value, StringComparison.Ordinal);
        Assert.EndsWith(",db;dur=5, app;dur=7", value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CachePart.Hit)]
    [InlineData(CachePart.Refresh)]
    public void The_origins_own_is_dropped_when_the_answer_is_an_old_one(CachePart part) =>
        Assert.DoesNotContain("db", Apply(100, Miss with { Part = part }, [], "Server-Timing: db;dur=5"), StringComparison.Ordinal);

    private static string? Apply(double percent, TimingFacts facts, string[]? requestHeaders = null, params string[] answerHeaders)
    {
        var head = Sample.Headers(answerHeaders);
        ServerTiming.Apply(percent, Sample.Request("/", requestHeaders ?? []), head, facts);
        return head.Joined("server-timing"u8);
    }
}
