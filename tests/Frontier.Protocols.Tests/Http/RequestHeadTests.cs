// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Protocols.Tests.Http;

public sealed class RequestHeadTests
{
    [Theory]
    [InlineData("/", "/", "", false)]
    [InlineData("/a/b", "/a/b", "", false)]
    [InlineData("/a?", "/a", "", true)]
    [InlineData("/a?x=1", "/a", "x=1", true)]
    [InlineData("/a?x=1?y", "/a", "x=1?y", true)]
    [InlineData("/images//../x.php", "/images//../x.php", "", false)]
    public void A_target_splits_at_its_first_question_mark_and_stays_as_received(string target, string path, string query, bool hasQuery)
    {
        var request = new RequestHead();
        request.SetTarget(Encoding.Latin1.GetBytes(target));

        Assert.Equal(target, request.TargetText);
        Assert.Equal(path, request.PathText);
        Assert.Equal(query, Encoding.Latin1.GetString(request.Query));
        Assert.Equal(hasQuery, request.HasQuery);
    }

    [Theory]
    [InlineData("/", "/index.html")]
    [InlineData("/?", "/index.html?")]
    [InlineData("/?x=1&y", "/index.html?x=1&y")]
    public void Replacing_the_path_keeps_the_query_DP_3_9(string target, string expected)
    {
        var request = new RequestHead();
        request.SetTarget(Encoding.Latin1.GetBytes(target));
        request.SetPath("/index.html"u8);

        Assert.Equal(expected, request.TargetText);
        Assert.Equal("/index.html", request.PathText);
    }

    [Fact]
    public void A_long_target_after_a_short_one_and_a_short_one_after_it_are_both_whole()
    {
        var request = new RequestHead();
        var longTarget = "/" + new string('a', 8_000) + "?" + new string('q', 100);
        request.SetTarget("/short"u8);
        request.SetTarget(Encoding.Latin1.GetBytes(longTarget));
        Assert.Equal(longTarget, request.TargetText);

        request.SetTarget("/s"u8);
        Assert.Equal("/s", request.TargetText);
        Assert.False(request.HasQuery);
    }

    [Theory]
    [InlineData("GET", RequestMethod.Get)]
    [InlineData("HEAD", RequestMethod.Head)]
    [InlineData("OPTIONS", RequestMethod.Options)]
    [InlineData("POST", RequestMethod.Post)]
    [InlineData("PUT", RequestMethod.Put)]
    [InlineData("PATCH", RequestMethod.Patch)]
    [InlineData("DELETE", RequestMethod.Delete)]
    [InlineData("get", RequestMethod.Other)]
    [InlineData("TRACE", RequestMethod.Other)]
    [InlineData("CONNECT", RequestMethod.Other)]
    [InlineData("PROPFIND", RequestMethod.Other)]
    [InlineData("", RequestMethod.Other)]
    public void Methods_are_case_sensitive_tokens_and_unknown_ones_are_told_from_none_DP_4_4(string token, RequestMethod method)
    {
        var request = new RequestHead();
        request.SetMethod(token);

        Assert.Equal(method, request.Method);
        Assert.Equal(token, request.MethodToken);
    }

    [Fact]
    public void A_reset_head_remembers_nothing_of_the_request_before()
    {
        var request = new RequestHead { Version = HttpVersion.Http2, IsHttps = true, Host = "a.example" };
        request.SetMethod("POST");
        request.SetTarget("/secret?token=1"u8);
        request.Headers.Add("Cookie", "a=b");
        request.Reset();

        Assert.Equal(RequestMethod.Get, request.Method);
        Assert.Equal("GET", request.MethodToken);
        Assert.Equal("/", request.TargetText);
        Assert.False(request.HasQuery);
        Assert.Equal(HttpVersion.Http11, request.Version);
        Assert.False(request.IsHttps);
        Assert.Equal("", request.Host);
        Assert.Equal(0, request.Headers.Count);
    }

    [Theory]
    [InlineData(HttpVersion.Http10, "1.0")]
    [InlineData(HttpVersion.Http11, "1.1")]
    [InlineData(HttpVersion.Http2, "2.0")]
    [InlineData(HttpVersion.Http3, "3.0")]
    public void Versions_are_numbered_as_Via_writes_them(HttpVersion version, string number) => Assert.Equal(number, version.Number);
}
