// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Http;

public sealed class ResponseCacheControlTests
{
    [Fact]
    public void Every_directive_is_read_without_regard_to_case()
    {
        var control = Parse(
            "Public, MAX-AGE=1, s-maxage=2, stale-while-revalidate=3, Stale-If-Error=4, no-transform, must-revalidate, proxy-revalidate, immutable, no-store, no-cache, private");

        Assert.Equal((1, 2, 3, 4), (control.MaxAge, control.SharedMaxAge, control.StaleWhileRevalidate, control.StaleIfError));
        Assert.True(control.Public && control.NoTransform && control.MustRevalidate && control.ProxyRevalidate && control.Immutable);
        Assert.True(control.NoStore && control.NoCache && control.Private);
    }

    [Fact]
    public void Nothing_said_is_nothing_read() => Assert.Equal(default, Parse("only-if-cached, foo=bar, x"));

    [Theory]
    [InlineData("max-age=0", 0)]
    [InlineData("max-age=00060", 60)]
    [InlineData("max-age=\"60\"", 60)]
    [InlineData("max-age=2147483648", int.MaxValue)]
    [InlineData("max-age=99999999999999999999999999999", int.MaxValue)]
    public void A_delta_is_read_and_clamped_RFC_9111_section_1_2_2(string value, int seconds) => Assert.Equal(seconds, Parse(value).MaxAge);

    [Theory]
    [InlineData("max-age")]
    [InlineData("max-age=")]
    [InlineData("max-age=-1")]
    [InlineData("max-age=+1")]
    [InlineData("max-age=1.5")]
    [InlineData("max-age=1s")]
    [InlineData("max-age=1 2")]
    [InlineData("xmax-age=1")]
    public void A_bad_value_counts_as_absent_DP_14_5(string value) => Assert.Null(Parse(value).MaxAge);

    [Fact]
    public void Of_a_repeated_directive_the_first_counts_DP_14_5()
    {
        var control = Parse("max-age=1, max-age=2, s-maxage=3, s-maxage=4, no-cache=\"A\", no-cache=\"B\", private=\"C\", private=\"D\"");

        Assert.Equal((1, 3), (control.MaxAge, control.SharedMaxAge));
        Assert.Equal(("A", "C"), (control.NoCacheFields, control.PrivateFields));
    }

    [Fact]
    public void Fields_of_the_name_are_read_as_one_list_and_the_first_still_counts_DP_14_5()
    {
        var headers = new HeaderList();
        headers.Add("Cache-Control", "max-age=1");
        headers.Add("X", "no-store");
        headers.Add("cache-control", "max-age=2, private");
        var control = ResponseCacheControl.Parse(headers);

        Assert.Equal(1, control.MaxAge);
        Assert.True(control.Private);
        Assert.False(control.NoStore);
    }

    [Fact]
    public void A_qualified_directive_restricts_its_fields_only_DP_14_9()
    {
        var control = Parse("no-cache=\"Set-Cookie, X-Other\", private=X-Token");

        Assert.False(control.NoCache);
        Assert.Equal("Set-Cookie, X-Other", control.NoCacheFields);
        Assert.False(control.Private);
        Assert.Equal("X-Token", control.PrivateFields);
    }

    [Theory]
    [InlineData("private=")]
    [InlineData("private=\"\"")]
    public void An_empty_field_list_restricts_the_whole_answer(string value) => Assert.True(Parse(value).Private);

    [Theory]
    [InlineData("max-age=5, x=\"y, no-store")]
    [InlineData("max-age=5, \", no-store")]
    [InlineData("x=\"max-age=1\", no-store, max-age=5")]
    public void Rubbish_beside_a_directive_does_not_hide_it(string value)
    {
        Assert.True(Parse(value).NoStore);
        Assert.Equal(5, Parse(value).MaxAge);
    }

    [Fact]
    public void A_directive_inside_a_quoted_string_is_not_one() => Assert.False(Parse("x=\"a, no-store, b\"").NoStore);

    [Theory]
    [InlineData("private\u00ff")]
    [InlineData("private-ish")]
    [InlineData("\u00ffprivate")]
    public void A_name_that_only_resembles_a_directive_is_none(string value) => Assert.Equal(default, Parse(value));

    [Fact]
    public void Escapes_in_a_field_list_are_undone() => Assert.Equal("Set-Cookie", Parse("no-cache=\"Set\\-Cookie\"").NoCacheFields);

    [Fact]
    public void Rubbish_never_throws() =>
        Prop.ForAll<byte[]>(bytes => ResponseCacheControl.Parse(bytes).MaxAge is null or >= 0).QuickCheckThrowOnFailure();

    [Fact]
    public void No_order_of_directives_hides_one() =>
        Prop.ForAll(Gen.Shuffle("no-store", "private", "max-age=7", "x=\"a,b\"", "no-cache=\"Set-Cookie\"", "immutable").ToArbitrary(), directives =>
        {
            var control = Parse(string.Join(',', directives));
            return control is { NoStore: true, Private: true, MaxAge: 7, NoCacheFields: "Set-Cookie", Immutable: true, NoCache: false };
        }).QuickCheckThrowOnFailure();

    private static ResponseCacheControl Parse(string value) => ResponseCacheControl.Parse(Encoding.Latin1.GetBytes(value));
}
