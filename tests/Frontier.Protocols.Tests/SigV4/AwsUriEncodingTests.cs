// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.SigV4;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.SigV4;

public sealed class AwsUriEncodingTests
{
    [Theory]
    [InlineData("AZaz09-._~", "AZaz09-._~")]
    [InlineData("a b", "a%20b")]
    [InlineData("a+b", "a%2Bb")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("*'()!", "%2A%27%28%29%21")]
    [InlineData("\u00e9", "%C3%A9")]
    [InlineData("", "")]
    public void Everything_but_the_unreserved_is_encoded_in_upper_case(string text, string encoded) => Assert.Equal(encoded, AwsUriEncoding.Encode(text));

    [Fact]
    public void A_slash_stays_in_a_path() => Assert.Equal("/a%20b/c", AwsUriEncoding.Encode("/a b/c", keepSlash: true));

    [Theory]
    [InlineData("%41", "A")]
    [InlineData("%4a%4A", "JJ")]
    [InlineData("a%", "a%")]
    [InlineData("a%4", "a%4")]
    [InlineData("%zz", "%zz")]
    [InlineData("% 4", "% 4")]
    [InlineData("%+4", "%+4")]
    [InlineData("%2541", "%41")]
    [InlineData("a+b", "a+b")]
    public void An_escape_is_decoded_once_and_a_malformed_one_stays(string encoded, string text) =>
        Assert.Equal(text, Encoding.Latin1.GetString(AwsUriEncoding.Decode(encoded)));

    [Fact]
    public void A_plus_is_a_space_only_where_asked() =>
        Assert.Equal("a b+", Encoding.Latin1.GetString(AwsUriEncoding.Decode("a+b%2B", plusIsSpace: true)));

    [Fact]
    public void Any_bytes_survive_encoding() =>
        Prop.ForAll<byte[], bool>((bytes, keepSlash) =>
            AwsUriEncoding.Decode(AwsUriEncoding.Encode(bytes, keepSlash), plusIsSpace: true).SequenceEqual(bytes)).QuickCheckThrowOnFailure();
}
