// SPDX-License-Identifier: Apache-2.0

using FsCheck;
using FsCheck.Fluent;
using HostName = Frontier.Decisions.Matching.HostName;

namespace Frontier.Decisions.Tests.Matching;

/// <summary>§2: the name in a Host header.</summary>
public sealed class HostNameTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("EXAMPLE.Com", "example.com")]
    [InlineData("example.com:80", "example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("example.com.:8443", "example.com")]
    [InlineData("a_b.example-1.com", "a_b.example-1.com")]
    [InlineData("localhost", "localhost")]
    public void A_name_is_lower_case_without_port_and_trailing_dot_DP_2_1(string host, string name) => Assert.Equal(name, Normalize(host));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(":80")]
    [InlineData("example.com:")]
    [InlineData("example.com:80a")]
    [InlineData("example.com:80:80")]
    [InlineData("[::1]:80")]
    [InlineData("user@example.com")]
    [InlineData("example.com/path")]
    [InlineData("exa mple.com")]
    [InlineData("example.com\0")]
    [InlineData("ex\u00e4mple.com")]
    [InlineData("\u212aelvin.example")]
    public void What_cannot_be_a_DNS_name_belongs_to_nobody(string host) => Assert.Null(Normalize(host));

    [Fact]
    public void A_name_is_as_long_as_DNS_allows_and_no_longer()
    {
        Assert.Equal(new string('a', 253), Normalize(new string('A', 253) + ":80"));
        Assert.Null(Normalize(new string('a', 254)));
    }

    [Fact]
    public void Rubbish_never_throws_and_a_normal_name_is_its_own_normal_form() =>
        Prop.ForAll(Gen.ListOf(Gen.Elements('a', 'Z', '0', '-', '.', ':', '_', '*', ' ')).ToArbitrary(), characters =>
            Normalize(string.Concat(characters)) is not { } name || name.EndsWith('.') || (Normalize(name) == name && !name.Any(char.IsAsciiLetterUpper)))
            .QuickCheckThrowOnFailure();

    private static string? Normalize(string host)
    {
        Span<char> destination = stackalloc char[HostName.MaxLength];
        return HostName.TryNormalize(host, destination, out var length) ? destination[..length].ToString() : null;
    }
}
