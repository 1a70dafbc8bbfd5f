// SPDX-License-Identifier: Apache-2.0

using System.Text.RegularExpressions;
using Frontier.Decisions.Delivery;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Delivery;

/// <summary>The table of origin patterns of §21.3 (DP-21.6).</summary>
public sealed class AllowedOriginTests
{
    [Theory]
    [InlineData("http://*.example.org", "http://www.example.org", true)]
    [InlineData("http://*.example.org", "http://test.example.org", true)]
    [InlineData("http://*.example.org", "https://www.example.org", false)]
    [InlineData("http://*.example.org", "http://www.example.org:80", false)]
    [InlineData("http://*.example.org", "http://example.org", false)]
    [InlineData("*.example.org", "http://test.example.org", true)]
    [InlineData("*.example.org", "https://test.example.org", true)]
    [InlineData("*.example.org", "https://test.test.example.org", true)]
    [InlineData("*.example.org", "http://.example.org", true)]
    [InlineData("*.example.org", "https://test.example.org:123", false)]
    [InlineData("*.example.org", "https://testexample.org", false)]
    [InlineData("*.example.org", "https://test.example.org.evil.example", false)]
    [InlineData("*.example.org", "http://evil/.example.org", false)]
    [InlineData("*.example.org", "http://evil?.example.org", false)]
    [InlineData("*.example.org", "http://evil#.example.org", false)]
    [InlineData("*.example.org", "http://evil\\.example.org", false)]
    [InlineData("*.example.org", "http://evil@test.example.org", false)]
    [InlineData("*.example.org", "http://evil, http://test.example.org", false)]
    [InlineData("*.example.org", "http://evil:80/.example.org", false)]
    [InlineData("*.example.org:*", "http://test.example.org:80/evil", false)]
    [InlineData("*.example.org:*", "http://evil:80/.example.org:80", false)]
    [InlineData("*.example.org", "http://[evil].example.org", true)] // odd, but a name under the suffix
    [InlineData("http://[::1]", "http://[::1/]", false)]
    [InlineData("example.org", "http://example.org", true)]
    [InlineData("example.org", "https://example.org", true)]
    [InlineData("example.org", "https://EXAMPLE.org", true)]
    [InlineData("example.org", "https://www.example.org", false)]
    [InlineData("example.org", "https://example.org:123", false)]
    [InlineData("example.org", "ftp://example.org", false)]
    [InlineData("example.org", "example.org", false)]
    [InlineData("example.org", "null", false)]
    [InlineData("http://example.org", "http://example.org", true)]
    [InlineData("http://example.org", "https://example.org", false)]
    [InlineData("http://example.org", "http://example.org:123", false)]
    [InlineData("http://example.org:*", "http://example.org:123", true)]
    [InlineData("http://example.org:*", "http://example.org", true)]
    [InlineData("http://example.org:1*3", "http://example.org:123", true)]
    [InlineData("http://example.org:1*3", "http://example.org:1893", true)]
    [InlineData("http://example.org:1*3", "http://example.org:13", true)]
    [InlineData("http://example.org:1*3", "http://example.org:124", false)]
    [InlineData("http://example.org:1*3", "http://example.org", false)]
    [InlineData("*.example.org:1*", "https://test.example.org:123", true)]
    [InlineData("*.example.org:1*", "https://test.example.org:23", false)]
    [InlineData("http://[::1]:8080", "http://[::1]:8080", true)]
    [InlineData("http://[::1]", "http://[::1]:8080", false)]
    public void An_origin_is_allowed_by_the_pattern_it_matches_DP_21_6(string pattern, string origin, bool matches)
    {
        Assert.True(AllowedOrigin.TryParse(pattern, out var allowed));
        Assert.Equal(matches, allowed.Matches(origin));
    }

    [Theory]
    [InlineData("example.*")]
    [InlineData("test.*.example.org")]
    [InlineData("*test.example.org")]
    [InlineData("exa*mple.org")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("")]
    [InlineData("http://")]
    [InlineData("ftp://example.org")]
    [InlineData("http://example.org:")]
    [InlineData("http://example.org:x")]
    [InlineData("http://example.org/")]
    [InlineData("http://user@example.org")]
    public void What_is_no_pattern_is_refused_DP_21_6(string pattern) => Assert.False(AllowedOrigin.TryParse(pattern, out _));

    [Fact]
    public void An_origin_written_out_allows_itself_and_no_other_scheme_or_port_DP_21_6() =>
        Prop.ForAll<NonNegativeInt, bool, bool>(static (number, tls, hasPort) =>
        {
            var rest = $"h{number.Get}.example{(hasPort ? $":{1 + (number.Get % 65_000)}" : "")}";
            var (scheme, other) = tls ? ("https", "http") : ("http", "https");
            return AllowedOrigin.TryParse($"{scheme}://{rest}", out var allowed) && allowed.Matches($"{scheme}://{rest}")
                && !allowed.Matches($"{other}://{rest}") && !allowed.Matches($"{scheme}://{rest}0") && !allowed.Matches($"{scheme}://a.{rest}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_pattern_means_what_its_expression_says_DP_21_6() =>
        Prop.ForAll(Patterns.ToArbitrary(), Origins.ToArbitrary(), static (pattern, origin) =>
        {
            var port = pattern.Port is null ? "" : pattern.Port == "*" ? "(:[0-9]*)?" : ":" + pattern.Port.Replace("*", "[0-9]*", StringComparison.Ordinal);
            var expression = $"^{pattern.Scheme ?? "https?"}://{(pattern.IsWild ? "[^:/?#@]*\\." : "")}{Regex.Escape(pattern.Host)}{port}$";
            var text = (pattern.Scheme is null ? "" : pattern.Scheme + "://") + (pattern.IsWild ? "*." : "") + pattern.Host + (pattern.Port is null ? "" : ":" + pattern.Port);
            return AllowedOrigin.TryParse(text, out var allowed) && allowed.Matches(origin) == Regex.IsMatch(origin, expression, RegexOptions.IgnoreCase);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    private static Gen<(string? Scheme, bool IsWild, string Host, string? Port)> Patterns =>
        from scheme in Gen.Elements<string?>(null, "http", "https")
        from isWild in Gen.Elements(false, true)
        from host in Gen.Elements("a.b", "b", "A.b", "[::1]")
        from port in Gen.Elements<string?>(null, null, "*", "80", "8*", "*0", "1*3")
        select (scheme, isWild && host != "[::1]", host, port);

    private static Gen<string> Origins =>
        from scheme in Gen.Elements("http", "https", "HTTPS", "ftp")
        from front in Gen.Elements("", "", "www.", "x.y.", "x", ".", "evil/.", "evil?.", "user@x.", "x:80/.")
        from host in Gen.Elements("a.b", "b", "a.B", "[::1]", "a.b.evil")
        from port in Gen.Elements("", "", ":80", ":8080", ":8", ":13", ":123", ":", ":80/", ":8x0")
        select $"{scheme}://{front}{host}{port}";

    [Fact]
    public void Whatever_comes_is_judged_without_an_exception() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>(static (pattern, origin) =>
            !AllowedOrigin.TryParse(pattern.Get, out var allowed) || !allowed.Matches(origin.Get) || origin.Get.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            .QuickCheckThrowOnFailure();
}
