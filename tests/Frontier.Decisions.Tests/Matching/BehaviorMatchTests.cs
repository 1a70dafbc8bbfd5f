// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Matching;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tests.Matching;

/// <summary>§3: which behavior serves a path.</summary>
public sealed class BehaviorMatchTests
{
    [Theory]
    [InlineData("/api/v1/x", "/api/v1/*")]
    [InlineData("/api/v2/x", "/api/*")]
    [InlineData("/a.jpg", "*.jpg")]
    [InlineData("/api/a.jpg", "/api/*")]
    [InlineData("/other", "*")]
    public void The_first_match_in_configured_order_wins_and_the_default_is_last_DP_3_1(string path, string pattern) =>
        Assert.Equal(pattern, Find(Ordered("/api/v1/*", "/api/*", "*.jpg"), path));

    [Fact]
    public void The_order_decides_not_the_length_DP_3_1() => Assert.Equal("/api/*", Find(Ordered("/api/*", "/api/v1/*"), "/api/v1/x"));

    [Theory]
    [InlineData("/a/b", "*")]
    [InlineData("/images//../x.php", "/*.php")]
    [InlineData("/images/../admin/x", "/admin/*")]
    [InlineData("//admin//x", "/admin/*")]
    [InlineData("/%61dmin/x", "/admin/*")]
    [InlineData("/admin%2Fx", "*")]
    public void Patterns_see_the_normal_form_DP_3_6(string path, string pattern) => Assert.Equal(pattern, Find(Ordered("/admin/*", "/*.php"), path));

    [Fact]
    public void A_leading_slash_in_the_pattern_is_optional_and_case_counts_DP_3_3_DP_3_4()
    {
        Assert.Equal("images/*.jpg", Find(Ordered("images/*.jpg"), "/images/a.jpg"));
        Assert.Equal("*", Find(Ordered("images/*.jpg"), "/images/a.JPG"));
    }

    [Theory]
    [InlineData(1_023)]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(8_191)]
    public void A_path_of_any_length_is_matched(int length)
    {
        var path = "/x/../admin/" + new string('a', length);
        Assert.Equal("/admin/*", Find(Ordered("/admin/*"), path));
    }

    [Fact]
    public void Without_behaviors_the_default_serves_all() => Assert.Equal("*", Find(Ordered(), "//../"));

    private static DistributionModel Ordered(params string[] patterns) =>
        Sample.Distribution(null, [.. patterns.Select(pattern => Sample.Behavior(behavior: Sample.BehaviorConfig with { PathPattern = pattern }))]);

    private static string Find(DistributionModel distribution, string path) => BehaviorMatch.Find(distribution, Encoding.Latin1.GetBytes(path)).Pattern.Text;
}
