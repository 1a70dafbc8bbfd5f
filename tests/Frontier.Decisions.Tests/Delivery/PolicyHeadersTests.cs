// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tests.Delivery;

/// <summary>DP-21.10 to DP-21.13, and the order of the sections (§21.3).</summary>
public sealed class PolicyHeadersTests
{
    private static readonly ResponseHeadersPolicyConfig Empty = new() { Id = "rhp", Name = "rhp" };

    [Fact]
    public void An_empty_policy_changes_nothing() => Assert.Equal(["Server: nginx", "Date: d", "X-A: 1"], Apply(Empty, "Server: nginx", "Date: d", "X-A: 1"));

    [Fact]
    public void An_override_replaces_every_field_of_the_origins_DP_21_10() =>
        Assert.Equal(["X-B: 2", "X-A: policy"], Apply(Added("X-A", "policy", true), "X-A: 1", "x-a: 2", "X-B: 2"));

    [Fact]
    public void Without_override_the_origins_stays_DP_21_10() => Assert.Equal(["x-a: 1"], Apply(Added("X-A", "policy", false), "x-a: 1"));

    [Fact]
    public void Without_override_an_absent_header_is_added_DP_21_10() => Assert.Equal(["X-A: policy"], Apply(Added("X-A", "policy", false)));

    [Fact]
    public void A_value_may_be_empty_DP_21_11() => Assert.Equal(["X-A: "], Apply(Added("X-A", "", true)));

    [Fact]
    public void Listed_headers_are_removed_whatever_their_case() =>
        Assert.Equal(["X-Kept: 1"], Apply(Empty with { RemovedHeaders = ["x-powered-by", "X-Debug"] }, "X-Powered-By: php", "X-Kept: 1", "x-debug: a", "X-DEBUG: b"));

    [Fact]
    public void A_removed_Server_becomes_the_edges_DP_21_13() => Assert.Equal(["Server: CloudFront"], Apply(Empty with { RemovedHeaders = ["server"] }, "Server: nginx"));

    [Fact]
    public void A_removed_Date_is_left_to_the_edges_own_DP_21_13() => Assert.Empty(Apply(Empty with { RemovedHeaders = ["Date"] }, "Date: d"));

    [Fact]
    public void What_is_removed_and_added_is_there_DP_21_13() =>
        Assert.Equal(["Server: mine"], Apply(Added("Server", "mine", false) with { RemovedHeaders = ["Server"] }, "Server: nginx"));

    [Fact]
    public void Removing_comes_before_sharing_so_the_origins_own_no_longer_stands_in_the_way()
    {
        var policy = Empty with
        {
            RemovedHeaders = ["Access-Control-Allow-Origin"],
            Cors = new CorsConfig { AllowOrigins = ["*"], AllowHeaders = [], AllowMethods = ["GET"] },
        };

        Assert.Equal(["Access-Control-Allow-Origin: *"], Apply(policy, "Access-Control-Allow-Origin: https://origin.example"));
    }

    [Fact]
    public void A_custom_header_may_replace_what_sharing_added()
    {
        var policy = Added("Access-Control-Allow-Origin", "https://fixed.example", true) with { Cors = new CorsConfig { AllowOrigins = ["*"], AllowHeaders = [], AllowMethods = ["GET"] } };

        Assert.Equal(["Access-Control-Allow-Origin: https://fixed.example"], Apply(policy));
    }

    [Fact]
    public void Without_a_sampling_rate_there_is_no_Server_Timing_even_where_it_is_asked_for() =>
        Assert.Empty(Apply(Empty, [], "Pragma: server-timing"));

    private static ResponseHeadersPolicyConfig Added(string name, string value, bool replaces) => Empty with { AddedHeaders = [new AddedHeaderConfig(name, value, replaces)] };

    private static List<string> Apply(ResponseHeadersPolicyConfig policy, params string[] answerHeaders) => Apply(policy, answerHeaders, "Origin: https://a.example");

    private static List<string> Apply(ResponseHeadersPolicyConfig policy, string[] answerHeaders, string requestHeader)
    {
        var head = Sample.Headers(answerHeaders);
        PolicyHeaders.Apply(new ResponseHeadersPolicyModel(policy), Sample.Request("/", requestHeader), head, default);
        return Sample.Lines(head);
    }
}
