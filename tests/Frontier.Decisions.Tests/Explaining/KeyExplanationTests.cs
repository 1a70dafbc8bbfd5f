// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Explaining;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Explaining;

/// <summary>§6: the explained key is the key, and every part says where it comes from.</summary>
public sealed class KeyExplanationTests
{
    private static readonly CachePolicyConfig Policy = Sample.CachePolicy with
    {
        Name = "Mine",
        Headers = Sample.Listed("X-One", "X-Two", "CloudFront-Forwarded-Proto"),
        Cookies = Sample.Listed("c1", "c2"),
        QueryStrings = Sample.Listed("q1", "q2"),
        AcceptEncodingGzip = true,
    };

    [Fact]
    public void Each_part_is_named_with_its_bytes_and_the_policy_that_wants_it()
    {
        var key = Explain("/a?q1=1&x=2", "Accept-Encoding: br, gzip", "X-One: v", "Cookie: c2=2; other=3");

        Assert.Equal(
            [
                ("Distribution", "", "E1A2B3C4D5E6F7"), ("Path", "", "/a"), ("Query", "", "?q1=1"), ("Encoding", "", "encoding:gzip"), ("Header", "X-One", "header:X-One:v"),
                ("Computed", "CloudFront-Forwarded-Proto", "CloudFront-Forwarded-Proto:http"), ("Cookie", "c2", "cookie:c2=2"),
            ],
            key.Parts.Select(static part => (part.Part, part.Name, part.Text)));
        Assert.All(key.Parts.Skip(2), static part => Assert.Contains("policy Mine", part.Why, StringComparison.Ordinal));
        Assert.Equal([("query", "x"), ("cookie", "other"), ("header", "X-Two")], key.LeftOut.Select(static omission => (omission.Kind, omission.Name)));
    }

    [Fact]
    public void A_header_tied_to_the_connection_is_told_as_left_out()
    {
        var key = Explain("/a", "X-One: v", "Connection: x-one");

        Assert.DoesNotContain(key.Parts, static part => part.Part == "Header");
        Assert.Contains(key.LeftOut, static omission => omission.Name == "X-One" && omission.Why.Contains("7.6.1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_query_that_no_policy_takes_leaves_an_empty_part_and_says_why_DP_6_3()
    {
        var key = KeyExplanation.Of(Sample.Request("/a?b=1"), Sample.Distribution(), Sample.Behavior(), Sample.Viewer);

        var query = Assert.Single(key.Parts, static part => part.Part == "Query");
        Assert.Equal(("", "Cache policy cp takes no query strings (DP-6.3)."), (query.Text, query.Why));
    }

    [Fact]
    public void The_text_is_the_key_and_the_parts_are_all_of_it() =>
        Prop.ForAll(Requests.ToArbitrary(), lines =>
        {
            var request = Sample.Request(lines[0], lines[1..]);
            var key = Sample.Key(request, Sample.Behavior(Policy));
            var explained = KeyExplanation.Of(request, Sample.Distribution(), Sample.Behavior(Policy), Sample.Viewer);
            return explained.Text == PrintableText.Of(System.Text.Encoding.Latin1.GetBytes(key))
                && string.Concat(explained.Parts.Select(static part => part.Text)) == key.Replace("\0", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static Gen<string[]> Requests =>
        from target in Gen.Elements("/", "/a?q1=1", "/a?x=1&q2=", "/?")
        from headers in Gen.SubListOf("X-One: 1", "X-One: 2", "X-Two:", "Cookie: c1=1; n=2", "Accept-Encoding: gzip", "Connection: X-Two")
        select (string[])[target, .. headers];

    private static ExplainedKey Explain(string target, params string[] headers) =>
        KeyExplanation.Of(Sample.Request(target, headers), Sample.Distribution(), Sample.Behavior(Policy), Sample.Viewer);
}
