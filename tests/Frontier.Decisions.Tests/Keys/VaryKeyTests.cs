// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tests.Keys;

/// <summary>Vary as a secondary key (RFC 9111, section 4.1).</summary>
public sealed class VaryKeyTests
{
    private static readonly BehaviorModel Behavior = Sample.Behavior(
        originRequestPolicy: new OriginRequestPolicyConfig { Id = "o", Name = "o", Headers = OriginRequestHeaders.AllExcept, HeaderNames = ["X-Kept-Back"], Cookies = SelectionConfig.All });

    [Theory]
    [InlineData("", "Vary:  ")]
    [InlineData("accept,foo", "Vary: Foo, ACCEPT", "Vary: foo")]
    [InlineData("*", "Vary: *")]
    [InlineData("")]
    public void The_names_of_all_Vary_fields_are_one_list_without_regard_to_case_or_order(string names, params string[] answer) =>
        Assert.Equal(names, string.Join(',', VaryKey.Names(Sample.Headers(answer))));

    [Fact]
    public void White_space_and_the_number_of_lines_make_no_difference()
    {
        Assert.Equal("vary:foo=a,b,c\n", Key(["foo"], "Foo: a, b ,c"));
        Assert.Equal("vary:foo=a,b,c\n", Key(["foo"], "Foo: a", "Foo: b,c"));
        Assert.NotEqual(Key(["foo"], "Foo: a,b"), Key(["foo"], "Foo: b,a"));
    }

    [Fact]
    public void An_absent_field_differs_from_an_empty_one()
    {
        Assert.Equal("vary:foo\n", Key(["foo"]));
        Assert.Equal("vary:foo=\n", Key(["foo"], "Foo: "));
    }

    [Fact]
    public void A_field_that_the_origin_is_not_sent_counts_as_absent() => Assert.Equal("vary:x-kept-back\n", Key(["x-kept-back"], "X-Kept-Back: 1"));

    [Fact]
    public void Accept_Encoding_counts_as_the_origin_gets_it()
    {
        var behavior = Sample.Behavior(Sample.CachePolicy with { AcceptEncodingGzip = true });
        Assert.Equal("vary:accept-encoding=gzip\n", Key(behavior, ["accept-encoding"], "Accept-Encoding: br;q=1, gzip"));
        Assert.Equal("vary:accept-encoding\n", Key(behavior, ["accept-encoding"]));
    }

    [Fact]
    public void A_header_that_the_edge_computes_counts_as_the_origin_gets_it_whatever_the_viewer_says()
    {
        var behavior = Sample.Behavior(originRequestPolicy: new OriginRequestPolicyConfig
        {
            Id = "o",
            Name = "o",
            Headers = OriginRequestHeaders.AllViewerAndWhitelistCloudFront,
            HeaderNames = ["CloudFront-Is-Mobile-Viewer"],
        });
        string[] names = ["cloudfront-is-mobile-viewer"];
        Assert.Equal("vary:cloudfront-is-mobile-viewer=true\n", Key(behavior, names, "User-Agent: iPhone", "CloudFront-Is-Mobile-Viewer: false"));
        Assert.Equal("vary:cloudfront-is-mobile-viewer=false\n", Key(behavior, names, "User-Agent: X11"));
        Assert.Equal("vary:cloudfront-viewer-country\n", Key(behavior, ["cloudfront-viewer-country"], "CloudFront-Viewer-Country: DE"));
    }

    private static string Key(string[] names, params string[] request) => Key(Behavior, names, request);

    private static string Key(BehaviorModel behavior, string[] names, params string[] request)
    {
        var into = new ArrayBufferWriter<byte>();
        VaryKey.Write(Sample.Request("/", request), behavior, Sample.Viewer, names, into);
        return Encoding.Latin1.GetString(into.WrittenSpan);
    }
}
