// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Http;

public sealed class RangeHeaderTests
{
    [Theory]
    [InlineData("bytes=0-499", 0, 499)]
    [InlineData("bytes=500-999", 500, 999)]
    [InlineData("bytes=-500", 500, 999)]
    [InlineData("bytes=9-", 9, 999)]
    [InlineData("bytes=0-0", 0, 0)]
    [InlineData("bytes=-1", 999, 999)]
    [InlineData("bytes=-5000", 0, 999)]
    [InlineData("bytes=900-5000", 900, 999)]
    [InlineData("BYTES=1-2", 1, 2)]
    [InlineData("bytes= 1-2 ", 1, 2)]
    [InlineData("bytes=,1-2,", 1, 2)]
    [InlineData("bytes=5-99999999999999999999999", 5, 999)]
    [InlineData("bytes=-99999999999999999999999", 0, 999)]
    public void A_single_range_is_placed_in_the_body_RFC_9110_section_14_1_2(string header, long first, long last)
    {
        Assert.Equal(RangeVerdict.Satisfiable, RangeHeader.Resolve(Encoding.Latin1.GetBytes(header), 1000, out var range));
        Assert.Equal(new ByteRange(first, last), range);
    }

    [Theory]
    [InlineData("bytes=1000-")]
    [InlineData("bytes=1000-1001")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=99999999999999999999999-")]
    public void A_range_behind_the_body_is_unsatisfiable_DP_16_5(string header) =>
        Assert.Equal(RangeVerdict.Unsatisfiable, RangeHeader.Resolve(Encoding.Latin1.GetBytes(header), 1000, out _));

    [Theory]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes=")]
    [InlineData("bytes=,")]
    [InlineData("bytes=-")]
    [InlineData("bytes=--1")]
    [InlineData("bytes=5-4")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=1-2x")]
    [InlineData("bytes=0x1-2")]
    [InlineData("bytes=+1-2")]
    [InlineData("bytes=1 - 2")]
    [InlineData("bytes=1-2-3")]
    [InlineData("items=0-5")]
    [InlineData("bytes=0-1,x")]
    [InlineData("0-5")]
    public void What_is_malformed_or_of_another_unit_is_ignored_DP_16_4(string header) =>
        Assert.Equal(RangeVerdict.Ignored, RangeHeader.Resolve(Encoding.Latin1.GetBytes(header), 1000, out _));

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("bytes=0-0, 2-3, 10-")]
    [InlineData("bytes=0-1,-1")]
    [InlineData("bytes=0-1,2-3")]
    public void Several_ranges_count_when_they_ascend_and_stand_apart_DP_16_4(string header) =>
        Assert.Equal(RangeVerdict.Multiple, RangeHeader.Resolve(Encoding.Latin1.GetBytes(header), 1000, out _));

    [Theory]
    [InlineData("bytes=5-6,0-1")]
    [InlineData("bytes=0-5,5-6")]
    [InlineData("bytes=0-5,2-3")]
    [InlineData("bytes=0-1,0-1")]
    [InlineData("bytes=990-,-5")]
    [InlineData("bytes=-5,0-1")]
    [InlineData("bytes=0-1,1000-")]
    [InlineData("bytes=0-,0-,0-,0-,0-,0-")]
    public void Several_ranges_that_overlap_or_go_back_are_ignored_DP_16_4(string header) =>
        Assert.Equal(RangeVerdict.Ignored, RangeHeader.Resolve(Encoding.Latin1.GetBytes(header), 1000, out _));

    [Fact]
    public void No_range_of_an_empty_body_can_be_satisfied()
    {
        Assert.Equal(RangeVerdict.Unsatisfiable, RangeHeader.Resolve("bytes=0-"u8, 0, out _));
        Assert.Equal(RangeVerdict.Unsatisfiable, RangeHeader.Resolve("bytes=-5"u8, 0, out _));
    }

    [Fact]
    public void A_written_range_is_read_back() =>
        Prop.ForAll<NonNegativeInt, NonNegativeInt, NonNegativeInt>((first, more, behind) =>
        {
            var range = new ByteRange(first.Get, (long)first.Get + more.Get);
            var header = Encoding.ASCII.GetBytes($"bytes={range.First}-{range.Last}");
            return RangeHeader.Resolve(header, range.Last + 1 + behind.Get, out var again) is RangeVerdict.Satisfiable && again == range;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_satisfiable_range_lies_in_the_body_whatever_was_asked() =>
        Prop.ForAll(Header.ToArbitrary(), Gen.Choose(0, 30).ToArbitrary(), (header, length) =>
            RangeHeader.Resolve(Encoding.Latin1.GetBytes(header), length, out var range) is not RangeVerdict.Satisfiable
            || (range.First >= 0 && range.First <= range.Last && range.Last < length)).QuickCheckThrowOnFailure();

    [Fact]
    public void Rubbish_never_throws() =>
        Prop.ForAll<byte[]>(bytes => RangeHeader.Resolve([.. "bytes="u8, .. bytes], 100, out _) is not RangeVerdict.Satisfiable || bytes.Length > 1)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Content_Range_names_first_last_and_length()
    {
        Assert.Equal("bytes 0-499/1234", new ByteRange(0, 499).ContentRange(1234));
        Assert.Equal("bytes */1234", ByteRange.Unsatisfied(1234));
        Assert.Equal(500, new ByteRange(0, 499).Length);
    }

    [Fact]
    public void An_open_end_and_a_suffix_are_told_from_a_closed_range()
    {
        Assert.True(RangeHeader.TryParse("bytes=7-"u8, out var first, out var last, out var several));
        Assert.Equal((7L, long.MaxValue, false), (first, last, several));
        Assert.True(RangeHeader.TryParse("bytes=-7,8-9"u8, out first, out last, out several));
        Assert.Equal((-1L, 7L, true), (first, last, several));
    }

    private static Gen<string> Header =>
        from parts in Gen.ListOf(Gen.Elements("0", "1", "9", "25", "99", "-", "-", ",", " ", "a"))
        select "bytes=" + string.Concat(parts);
}
