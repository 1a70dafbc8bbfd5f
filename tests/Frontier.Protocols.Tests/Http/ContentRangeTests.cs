// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Http;

/// <summary>Content-Range (RFC 9110, section 14.4).</summary>
public sealed class ContentRangeTests
{
    [Fact]
    public void What_is_written_for_a_range_is_read_back() => Prop.ForAll<uint, uint, uint>((a, b, c) =>
    {
        var (first, last, total) = ((long)a, (long)a + b, (long)a + b + 1 + c);
        var range = new ByteRange(first, last);
        return ContentRange.TryParse(Encoding.ASCII.GetBytes(range.ContentRange(total)), out var read) && read == new ContentRange(range, total);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("bytes */10")]
    [InlineData("bytes 0-4/*")]
    [InlineData("bytes 4-0/10")]
    [InlineData("bytes 0-10/10")]
    [InlineData("bytes -1-4/10")]
    [InlineData("bytes 0-4")]
    [InlineData("bytes=0-4/10")]
    [InlineData("lines 0-4/10")]
    [InlineData("bytes 0-99999999999999999999/10")]
    [InlineData("")]
    public void What_makes_no_sense_is_not_read(string value) => Assert.False(ContentRange.TryParse(Encoding.ASCII.GetBytes(value), out _));

    [Fact]
    public void Rubbish_is_not_read() => Prop.ForAll<byte[]>(bytes => !ContentRange.TryParse(bytes ?? [], out _)).QuickCheckThrowOnFailure();
}
