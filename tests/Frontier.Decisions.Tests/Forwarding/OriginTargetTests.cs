// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tests.Forwarding;

/// <summary>The target of a request to an origin (DP-3.6, DP-3.13, DP-9.5).</summary>
public sealed class OriginTargetTests
{
    [Theory]
    [InlineData("", "/a", "/a")]
    [InlineData("/prod", "/a", "/prod/a")]
    [InlineData("/prod/v1", "/", "/prod/v1/")]
    [InlineData("/prod", "/images//../x.php", "/prod/images//../x.php")]
    [InlineData("", "/%61+b%2Bc", "/%61+b%2Bc")]
    [InlineData("", "/caf\u00e9", "/caf\u00e9")]
    public void The_origin_path_precedes_the_viewer_s_path_byte_for_byte_DP_3_6_DP_3_13(string originPath, string target, string sent) =>
        Assert.Equal(sent, Write(Sample.CachePolicy, target, Sample.Origin with { Path = originPath }));

    [Theory]
    [InlineData("/a+b", "/a+b")]
    [InlineData("/a%2Bb", "/a%2Bb")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/%e4/%E4", "/%e4/%E4")]
    public void A_bucket_is_asked_for_the_key_as_it_was_written_DP_13_1(string target, string sent) =>
        Assert.Equal("/pictures" + sent, Write(Sample.CachePolicy, target, Sample.S3Origin with { Path = "/pictures" }));

    [Fact]
    public void The_query_stays_away_where_no_policy_takes_it_DP_6_3() => Assert.Equal("/a", Write(Sample.CachePolicy, "/a?x=1"));

    [Theory]
    [InlineData("/a?b=2&a=1&b=3", "/a?b=2&a=1&b=3")]
    [InlineData("/a?", "/a?")]
    [InlineData("/a?&&", "/a?&&")]
    [InlineData("/a", "/a")]
    public void All_queries_are_sent_raw_DP_6_3(string target, string sent) =>
        Assert.Equal(sent, Write(Sample.CachePolicy with { QueryStrings = SelectionConfig.All }, target));

    [Fact]
    public void Disjoint_lists_are_sent_in_the_order_of_the_request_each_once_DP_9_5()
    {
        var behavior = Sample.Behavior(
            Sample.CachePolicy with { QueryStrings = Sample.Listed("a", "c") }, Sample.OriginRequestPolicy with { QueryStrings = Sample.Listed("b", "c") });
        var into = new ArrayBufferWriter<byte>();
        OriginTarget.Write(Sample.Request("/p?c=1&x=0&b=2&a=3"), behavior, behavior.Origin, into);

        Assert.Equal("/p?c=1&b=2&a=3", Encoding.Latin1.GetString(into.WrittenSpan));
    }

    [Theory]
    [InlineData("/a?x=1", "/a")]
    [InlineData("/a?", "/a")]
    public void No_question_mark_is_left_of_a_query_that_is_not_taken_DP_6_3(string target, string sent) =>
        Assert.Equal(sent, Write(Sample.CachePolicy with { QueryStrings = Sample.Listed("a") }, target));

    private static string Write(CachePolicyConfig policy, string target, OriginConfig? origin = null)
    {
        var into = new ArrayBufferWriter<byte>();
        OriginTarget.Write(Sample.Request(target), Sample.Behavior(policy, origin: origin), new OriginModel(origin ?? Sample.Origin), into);
        return Encoding.Latin1.GetString(into.WrittenSpan);
    }
}
