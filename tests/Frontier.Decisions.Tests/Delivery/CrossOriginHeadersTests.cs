// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tests.Delivery;

/// <summary>DP-21.4 to DP-21.9: cross-origin sharing by policy.</summary>
public sealed class CrossOriginHeadersTests
{
    private static readonly CorsConfig Everybody = new()
    {
        AllowOrigins = ["*"],
        AllowHeaders = ["*"],
        AllowMethods = ["GET", "HEAD"],
        ExposeHeaders = ["X-One", "X-Two"],
        MaxAgeSeconds = 600,
    };

    private static readonly CorsConfig Some = Everybody with { AllowOrigins = ["https://*.example.org", "example.com"], AllowCredentials = true };

    [Fact]
    public void Without_an_Origin_header_nothing_is_added_or_taken_away_DP_21_4() =>
        Assert.Equal(["Access-Control-Max-Age: 1"], Apply(Everybody with { OriginOverride = true }, [], "Access-Control-Max-Age: 1"));

    [Fact]
    public void A_star_answers_everybody_with_a_star_DP_21_6() =>
        Assert.Equal(["Access-Control-Allow-Origin: *", "Access-Control-Expose-Headers: X-One, X-Two"], Apply(Everybody, ["Origin: https://a.example"]));

    [Fact]
    public void An_origin_that_matches_is_echoed_with_Vary_and_credentials_DP_21_6_DP_21_7() =>
        Assert.Equal(
            ["Vary: Accept-Encoding, Origin", "Access-Control-Allow-Credentials: true", "Access-Control-Allow-Origin: https://www.example.org", "Access-Control-Expose-Headers: X-One, X-Two"],
            Apply(Some, ["Origin: https://www.example.org"], "Vary: Accept-Encoding"));

    [Fact]
    public void An_origin_that_does_not_match_gets_none_DP_21_6() => Assert.Empty(Apply(Some, ["Origin: https://evil.example"]));

    [Theory]
    [InlineData("Access-Control-Allow-Origin: https://origin.example")]
    [InlineData("access-control-expose-headers: x")]
    [InlineData("Access-Control-Max-Age: 1")]
    [InlineData("Access-Control-Allow-Credentials: true")]
    public void Any_of_the_origins_headers_keeps_all_of_the_policys_away_DP_21_5(string originHeader) =>
        Assert.Equal([originHeader], Apply(Everybody, ["Origin: https://a.example"], originHeader));

    [Fact]
    public void With_override_the_policys_headers_stand_alone_DP_21_5() =>
        Assert.Equal(
            ["X-Kept: 1", "Access-Control-Allow-Origin: *", "Access-Control-Expose-Headers: X-One, X-Two"],
            Apply(Everybody with { OriginOverride = true }, ["Origin: https://a.example"], "Access-Control-Allow-Origin: https://origin.example", "access-control-allow-methods: PUT", "X-Kept: 1"));

    [Fact]
    public void A_preflight_learns_methods_headers_and_age_instead_DP_21_7() =>
        Assert.Equal(
            ["Access-Control-Allow-Headers: x-any", "Access-Control-Allow-Methods: GET, HEAD", "Access-Control-Allow-Origin: *", "Access-Control-Max-Age: 600"],
            Preflight(Everybody, "x-any"));

    [Fact]
    public void Options_without_a_requested_method_is_no_preflight_DP_21_7()
    {
        var request = Sample.Request("/", "Origin: https://a.example");
        request.SetMethod("OPTIONS");
        var head = Sample.Headers();
        CrossOriginHeaders.Apply(new CorsModel(Everybody), request, head);

        Assert.Contains("Access-Control-Expose-Headers: X-One, X-Two", Sample.Lines(head));
        Assert.DoesNotContain("Access-Control-Max-Age: 600", Sample.Lines(head));
    }

    [Fact]
    public void All_stands_for_seven_methods_DP_21_8() =>
        Assert.Contains("Access-Control-Allow-Methods: GET, DELETE, HEAD, OPTIONS, PATCH, POST, PUT", Preflight(Everybody with { AllowMethods = ["ALL"] }, "x"));

    [Theory]
    [InlineData("x-amz-*", "x-amz-test", true)]
    [InlineData("x-amz-*", "x-amz-", true)]
    [InlineData("x-amz-*", "X-Amz-Test", true)]
    [InlineData("x-amz-*", "x-amz", false)]
    [InlineData("x-*-amz", "x--amz", true)]
    [InlineData("x-*-amz", "x-test-amz", true)]
    [InlineData("x-*-amz", "x-amz", false)]
    [InlineData("*", "x-any", true)]
    [InlineData("*", "Authorization", false)]
    public void Requested_headers_are_allowed_by_pattern_DP_21_9(string pattern, string requested, bool allowed) =>
        Assert.Equal(allowed, Preflight(Everybody with { AllowHeaders = [pattern] }, requested).Contains($"Access-Control-Allow-Headers: {requested}"));

    [Fact]
    public void Listed_headers_are_told_and_matching_ones_once_DP_21_9() =>
        Assert.Contains(
            "Access-Control-Allow-Headers: Authorization, X-One, x-two",
            Preflight(Everybody with { AllowHeaders = ["Authorization", "X-One", "*"] }, "authorization, x-two, x-one, bad name"));

    private static List<string> Preflight(CorsConfig cors, string requestHeaders)
    {
        var request = Sample.Request("/", "Origin: https://a.example", "Access-Control-Request-Method: GET", $"Access-Control-Request-Headers: {requestHeaders}");
        request.SetMethod("OPTIONS");
        var head = Sample.Headers();
        CrossOriginHeaders.Apply(new CorsModel(cors), request, head);
        return [.. Sample.Lines(head).Order(StringComparer.Ordinal)];
    }

    /// <summary>What is added comes sorted, after what was there.</summary>
    private static List<string> Apply(CorsConfig cors, string[] requestHeaders, params string[] answerHeaders)
    {
        var head = Sample.Headers(answerHeaders);
        CrossOriginHeaders.Apply(new CorsModel(cors), Sample.Request("/", requestHeaders), head);
        var lines = Sample.Lines(head);
        return [.. lines.Where(static line => !IsAdded(line)), .. lines.Where(IsAdded).Order(StringComparer.Ordinal)];
    }

    private static bool IsAdded(string line) => line.StartsWith("Access-Control-", StringComparison.Ordinal);
}
