// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Http;

/// <summary>DP-16.4: several ranges are answered when each stands behind the one before and in the body; else none is.</summary>
public sealed class SeveralRangesTests
{
    [Fact]
    public void Ranges_are_those_of_a_plain_reading_byte_by_byte() =>
        Prop.ForAll(Lists.ToArbitrary(), Gen.Choose(0, 40).ToArbitrary(), static (parts, length) =>
        {
            var header = Encoding.ASCII.GetBytes("bytes=" + string.Join(',', parts.Select(static part => part.Text)));
            var expected = Plain(parts, length);
            var verdict = RangeHeader.Resolve(header, length, out _);
            return verdict is RangeVerdict.Multiple
                ? RangeHeader.Several(header, length).SequenceEqual(expected)
                : expected.Count == 0 && verdict is RangeVerdict.Ignored;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Theory]
    [InlineData(64, RangeVerdict.Multiple)]
    [InlineData(65, RangeVerdict.Ignored)]
    public void Sixty_four_ranges_are_the_most(int count, RangeVerdict expected)
    {
        var header = Encoding.ASCII.GetBytes("bytes=" + string.Join(',', Enumerable.Range(0, count).Select(static i => $"{2 * i}-{2 * i}")));
        Assert.Equal(expected, RangeHeader.Resolve(header, 1_000, out _));
    }

    /// <summary>Two to five well-formed ranges, many of them in order.</summary>
    private static Gen<List<Part>> Lists =>
        from count in Gen.Choose(2, 5)
        from starts in Gen.ArrayOf(Gen.Choose(0, 45), count)
        from lengths in Gen.ArrayOf(Gen.Choose(0, 12), count)
        from kinds in Gen.ArrayOf(Gen.Choose(0, 9), count)
        from isSorted in Gen.Elements(true, true, true, false)
        select (isSorted ? starts.Order() : starts.AsEnumerable()).Select((start, i) => kinds[i] switch
        {
            0 => new Part(start, null),
            1 => new Part(null, lengths[i]),
            _ => new Part(start, start + lengths[i]),
        }).ToList();

    /// <summary>Marks the bytes of each part in turn: any marked at or before the last of the part before spoils the list, and so does a part without bytes.</summary>
    private static List<ByteRange> Plain(List<Part> parts, int length)
    {
        List<ByteRange> ranges = [];
        var behind = -1;
        foreach (var part in parts)
        {
            int[] bytes = [.. Enumerable.Range(0, length).Where(at => part.First is { } first ? at >= first && at <= (part.Last ?? at) : at >= length - part.Last)];
            if (bytes is [] || bytes[0] <= behind)
            {
                return [];
            }

            behind = bytes[^1];
            ranges.Add(new ByteRange(bytes[0], behind));
        }

        return ranges;
    }

    private sealed record Part(int? First, int? Last)
    {
        public string Text => $"{First}-{Last}";
    }
}
