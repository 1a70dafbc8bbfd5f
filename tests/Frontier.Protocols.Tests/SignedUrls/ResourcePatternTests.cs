// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;
using Frontier.Protocols.SignedUrls;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.SignedUrls;

/// <summary>DP-24.9 to DP-24.12: which URLs a policy's Resource means.</summary>
public sealed class ResourcePatternTests
{
    [Theory]
    [InlineData("*", "https://www.example.com/any?thing")]
    [InlineData("https://www.example.com/a.jpg", "https://www.example.com/a.jpg")]
    [InlineData("https://WWW.Example.com/a.jpg", "https://www.example.COM/a.jpg")]
    [InlineData("http*://www.example.com/a.jpg", "http://www.example.com/a.jpg")]
    [InlineData("http*://www.example.com/a.jpg", "https://www.example.com/a.jpg")]
    [InlineData("www.example.com/a.jpg", "http://www.example.com/a.jpg")]
    [InlineData("https://*.example.com/a.jpg", "https://a.b.example.com/a.jpg")]
    [InlineData("https://*/a/*", "https://www.example.com/a/b/c?d")]
    [InlineData("https://*", "https://www.example.com/a?b")]
    [InlineData("https://www.example.com", "https://www.example.com/")]
    [InlineData("https://www.example.com/a/*", "https://www.example.com/a/")]
    [InlineData("https://www.example.com/a/*", "https://www.example.com/a/b/c.jpg?x=1")]
    [InlineData("https://www.example.com/a/*.jpg", "https://www.example.com/a/b/c.jpg")]
    [InlineData("https://www.example.com/a?.jpg", "https://www.example.com/a1.jpg")]
    [InlineData(@"https://www.example.com/a\?x=*", "https://www.example.com/a?x=1")]
    [InlineData(@"https://www.example.com/*\?x=1", "https://www.example.com/a/b?x=1")]
    [InlineData(@"https://www.example.com/a\?x=\?", "https://www.example.com/a?x=?")]
    [InlineData("https://www.example.com/a?x=1&y=2", "https://www.example.com/a?x=1&y=2")]
    [InlineData("https://www.example.com/a?.jpg?x=1", "https://www.example.com/a1.jpg?x=1")]
    [InlineData("https://www.example.com/a", "https://www.example.com:8443/a")]
    [InlineData("https://www.example.com:8443/a", "https://www.example.com:8443/a")]
    public void It_means(string pattern, string url) => Assert.True(Matches(pattern, url));

    [Theory]
    [InlineData("https://www.example.com/a.jpg", "http://www.example.com/a.jpg")]
    [InlineData("https://www.example.com/a.jpg", "https://www.example.com/A.jpg")]
    [InlineData("https://www.example.com/a.jpg", "https://example.com/a.jpg")]
    [InlineData("https://www.example.com/a.jpg", "https://www.example.com/a.jpg?x")]
    [InlineData("https://www.example.com/a.jpg", "https://www.example.com/a.jpg?")]
    [InlineData("https://www.example.com", "https://www.example.com/a")]
    [InlineData("https://*.example.com/a", "https://example.com/a")]
    [InlineData("https://www.example.com:8443/a", "https://www.example.com/a")]
    [InlineData("https://www.example.com/public/*.jpg", "https://www.example.com/public/secret.html?x=.jpg")]
    [InlineData("https://*.example.com/public/*", "https://d1.frontier.localhost/secret/.example.com/public/x")]
    [InlineData("http*", "https://www.example.com/a")]
    [InlineData("h*://www.example.com/a/*b", "https://www.example.com/c?://www.example.com/a/b")]
    [InlineData(@"https://www.example.com/a\?x=*", "https://www.example.com/a")]
    [InlineData(@"https://www.example.com/a\?x=1", "https://www.example.com/a?x=1&y=2")]
    [InlineData(@"https://www.example.com/a\?x=1", "https://www.example.com/aax=1")]
    [InlineData(@"https://www.example.com/*\?x=1", "https://www.example.com/a?y=1?x=1")]
    [InlineData("/a/*", "https://www.example.com/a/b")]
    public void It_does_not_mean(string pattern, string url) => Assert.False(Matches(pattern, url));

    [Theory]
    [InlineData("")]
    [InlineData("https://www.example.com/\u0001")]
    [InlineData("https://www.example.com/a\n")]
    public void What_stands_in_no_URL_is_no_pattern(string text) => Assert.False(ResourcePattern.TryParse(text, out _));

    /// <summary>What signers without wildcards rely on: a URL means itself, and no other path.</summary>
    [Fact]
    public void A_URL_without_wildcards_means_itself_alone() =>
        Prop.ForAll<NonNegativeInt, NonNegativeInt, bool>(static (one, other, hasQuery) =>
        {
            var (url, another) = (UrlOf(one.Get, hasQuery), UrlOf(other.Get, hasQuery));
            return Matches(url, url) && Matches(url, another) == (url == another);
        }).QuickCheckThrowOnFailure();

    private static string UrlOf(int number, bool hasQuery) => $"https://www.example.com/film{number % 50}.mp4{(hasQuery ? $"?size={number % 7}&v=1" : "")}";

    private static bool Matches(string pattern, string url)
    {
        Assert.True(ResourcePattern.TryParse(pattern, out var parsed));
        var parts = url.Split("://", 2);
        var slash = parts[1].IndexOf('/', StringComparison.Ordinal);
        var request = new RequestHead { IsHttps = parts[0] == "https", Host = parts[1][..slash] };
        request.SetTarget(Encoding.Latin1.GetBytes(parts[1][slash..]));
        return parsed.Matches(RequestedUrl.Of(request));
    }
}
