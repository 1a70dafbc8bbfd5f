// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Http;

/// <summary>Dictionaries of structured fields (RFC 8941, section 3.2).</summary>
public sealed class StructuredDictionaryTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a=?1")]
    [InlineData("a=1,  b=-2,\tc", "a=1 b=-2 c=?1")]
    [InlineData("a=?0, b=?1", "a=?0 b=?1")]
    [InlineData("a=1, a=2", "a=2")]
    [InlineData("a=\"x \\\" \\\\ y\"", "a=\"x \" \\ y\"")]
    [InlineData("a=tok*/en:1;p=1;q, *b_-.9", "a=tok*/en:1 *b_-.9=?1")]
    public void What_is_well_formed_is_read(string field, string members)
    {
        Assert.True(StructuredDictionary.TryRead(Encoding.Latin1.GetBytes(field), out var read));
        Assert.Equal(members, string.Join(' ', read.Select(member => $"{member.Key}={member.Value}")));
    }

    [Theory]
    [InlineData("A=1")]
    [InlineData("a =1")]
    [InlineData("a= 1")]
    [InlineData("a=1,")]
    [InlineData(",a=1")]
    [InlineData("a=1 b=2")]
    [InlineData("a=\"open")]
    [InlineData("a=\"bad\\escape\"")]
    [InlineData("a=1.5")]
    [InlineData("a=1234567890123456")]
    [InlineData("a=-")]
    [InlineData("a=?2")]
    [InlineData("a=(1 2)")]
    [InlineData("a=:YQ==:")]
    [InlineData("a;=1")]
    [InlineData("a, &&")]
    [InlineData("\u00e9=1")]
    public void One_fault_makes_the_whole_unreadable(string field) =>
        Assert.False(StructuredDictionary.TryRead(Encoding.Latin1.GetBytes(field), out _));

    [Fact]
    public void Rubbish_never_throws() => Prop.ForAll<byte[]>(bytes =>
    {
        _ = StructuredDictionary.TryRead(bytes ?? [], out _);
        return true;
    }).QuickCheckThrowOnFailure();
}
