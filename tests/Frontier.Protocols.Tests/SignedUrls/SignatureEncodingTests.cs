// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.SignedUrls;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.SignedUrls;

/// <summary>DP-24.1: CloudFront's base64.</summary>
public sealed class SignatureEncodingTests
{
    [Fact]
    public void What_is_encoded_is_decoded_again() =>
        Prop.ForAll<byte[]>(static bytes =>
        {
            var text = SignatureEncoding.Encode(bytes);
            var decoded = new byte[text.Length];
            return text.Length == 0 || (SignatureEncoding.TryDecode(Encoding.ASCII.GetBytes(text), decoded, out var length) && decoded.AsSpan(0, length).SequenceEqual(bytes));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Three_characters_stand_for_those_that_URLs_and_cookies_cannot_have() => Assert.Equal("-~~-~w__", SignatureEncoding.Encode([0xfb, 0xff, 0xfe, 0xff]));

    [Theory]
    [InlineData("")]
    [InlineData("AAA")]
    [InlineData("AA==")]
    [InlineData("AA+A")]
    [InlineData("AA/A")]
    [InlineData("AAA%5F")]
    [InlineData("AA A")]
    [InlineData("AA__AAAA")]
    [InlineData("AB__")]
    [InlineData("AAB_")]
    [InlineData("\u00ffAAA")]
    public void What_is_no_such_text_is_refused(string text) => Assert.False(SignatureEncoding.TryDecode(Encoding.Latin1.GetBytes(text), new byte[64], out _));
}
