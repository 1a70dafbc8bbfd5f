// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Http;

public sealed class HttpDateTests
{
    private static readonly DateTimeOffset Example = new(1994, 11, 6, 8, 49, 37, TimeSpan.Zero);

    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT")]
    [InlineData("Sun Nov  6 08:49:37 1994")]
    public void All_three_forms_of_RFC_9110_section_5_6_7_are_read(string text)
    {
        Assert.True(HttpDate.TryParse(Encoding.Latin1.GetBytes(text), out var date));
        Assert.Equal(Example, date);
        Assert.Equal(TimeSpan.Zero, date.Offset);
    }

    [Fact]
    public void A_day_of_two_digits_is_read_in_the_asctime_form()
    {
        Assert.True(HttpDate.TryParse("Wed Nov 16 08:49:37 1994", out var date));
        Assert.Equal(new DateTimeOffset(1994, 11, 16, 8, 49, 37, TimeSpan.Zero), date);
    }

    [Fact]
    public void One_form_is_written()
    {
        Assert.Equal("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.Format(Example));
        Assert.Equal("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.Format(Example.ToOffset(TimeSpan.FromHours(5))));

        var bytes = new byte[HttpDate.Length];
        HttpDate.Format(Example, bytes);
        Assert.Equal("Sun, 06 Nov 1994 08:49:37 GMT", Encoding.ASCII.GetString(bytes));
    }

    [Theory]
    [InlineData("Wednesday, 06-Nov-30 08:49:37 GMT", 2030)]
    [InlineData("Thursday, 06-Nov-70 08:49:37 GMT", 2070)]
    [InlineData("Friday, 06-Nov-77 08:49:37 GMT", 1977)]
    [InlineData("Sunday, 06-Nov-50 08:49:37 GMT", 2050)]
    [InlineData("Saturday, 06-Nov-99 08:49:37 GMT", 1999)]
    public void A_year_of_two_digits_lies_at_most_fifty_years_ahead(string text, int year)
    {
        Assert.True(HttpDate.TryParse(text, out var date));
        Assert.Equal(year, date.Year);
    }

    [Theory]
    [InlineData("sun, 06 NOV 1994 08:49:37 gmt")]
    [InlineData("Thu, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Thu Nov  6 08:49:37 1994")]
    public void Case_and_a_day_s_wrong_name_do_not_matter(string text)
    {
        Assert.True(HttpDate.TryParse(text, out var date));
        Assert.Equal(Example, date);
    }

    [Fact]
    public void A_leap_second_is_read() => Assert.True(HttpDate.TryParse("Sat, 31 Dec 2016 23:59:60 GMT", out _));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("tomorrow")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 PST")]
    [InlineData("Sun, 06 Nov 1994 25:49:37 GMT")]
    [InlineData("Sun, 31 Feb 1994 08:49:37 GMT")]
    [InlineData("1994-11-06T08:49:37Z")]
    [InlineData("Sun, 06  Nov  1994 08:49:37 GMT")]
    [InlineData("Sun, 6 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 8:49:37 GMT")]
    [InlineData("Sun, 06 Nov 94 08:49:37 GMT")]
    [InlineData("Sun, 06-Nov-1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08.49.37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:61 GMT")]
    [InlineData("Sun 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Son, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 UTC")]
    [InlineData("Sun, 06 Nov 0000 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT and some more text behind it all")]
    public void Anything_else_is_no_date(string text) => Assert.False(HttpDate.TryParse(Encoding.Latin1.GetBytes(text), out _));

    [Fact]
    public void A_written_date_is_read_back_to_the_second() =>
        Prop.ForAll<DateTime>(moment =>
        {
            var date = new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc));
            var whole = new DateTimeOffset(date.Ticks - (date.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
            return HttpDate.TryParse(HttpDate.Format(date), out var again) && again == whole;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rubbish_never_throws() =>
        Prop.ForAll<byte[]>(bytes => !HttpDate.TryParse(bytes, out _)).QuickCheckThrowOnFailure();
}
