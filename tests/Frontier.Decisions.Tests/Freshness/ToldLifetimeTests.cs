// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Freshness;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Freshness;

/// <summary>How long a cache above says that an object is good.</summary>
public sealed class ToldLifetimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void What_is_told_is_read_again() => Prop.ForAll<int, NonNegativeInt, NonNegativeInt>(static (fresh, revalidate, error) =>
    {
        var told = new ToldLifetime(TimeSpan.FromMilliseconds(fresh), TimeSpan.FromMilliseconds(revalidate.Get), error.Get % 3 == 0 ? null : TimeSpan.FromMilliseconds(error.Get));
        return ToldLifetime.TryParse(told.ToString(), out var again) && again == told;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1 2")]
    [InlineData("1 2 3 4")]
    [InlineData("1 -2 3")]
    [InlineData("1 2 -3")]
    [InlineData("1 2 x")]
    [InlineData("99999999999999999999 0 0")]
    [InlineData("31536000000001 0 0")]
    public void Anything_else_says_nothing(string? text) => Assert.False(ToldLifetime.TryParse(text, out _));

    [Fact]
    public void An_object_is_good_for_no_longer_than_it_is_above_DP_26_1()
    {
        var own = StorageVerdict.Store(60 * Second, Second, 30 * Second, 90 * Second, mustRevalidate: false);
        Assert.Equal((7 * Second, 30 * Second, 90 * Second), Times(own.Within(new ToldLifetime(7 * Second, 40 * Second, null))));
        Assert.Equal((60 * Second, 5 * Second, 10 * Second), Times(own.Within(new ToldLifetime(70 * Second, 5 * Second, 10 * Second))));
        Assert.Equal(-3 * Second, own.Within(new ToldLifetime(-3 * Second, 5 * Second, null)).FreshFor); // stale there, and here
        Assert.Equal(NotStored.NoStore, StorageVerdict.Refuse(NotStored.NoStore).Within(new ToldLifetime(7 * Second, default, null)).Reason);
    }

    [Fact]
    public void What_the_origin_left_open_for_its_failures_is_closed_where_it_is_above() => Assert.Equal(
        10 * Second, StorageVerdict.Store(Second, default, default, staleIfError: null, mustRevalidate: false).Within(new ToldLifetime(Second, default, 10 * Second)).StaleIfError);

    private static (TimeSpan, TimeSpan, TimeSpan?) Times(StorageVerdict verdict) => (verdict.FreshFor, verdict.StaleWhileRevalidate, verdict.StaleIfError);
}
