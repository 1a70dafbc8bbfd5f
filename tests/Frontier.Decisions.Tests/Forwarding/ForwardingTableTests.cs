// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Forwarding;

/// <summary>
/// The table of §9, cache policy by origin request policy. The viewer sends a, b, c and d; lists of the cache policy name a and
/// b, lists of the origin request policy b and c.
/// </summary>
public sealed class ForwardingTableTests
{
    public static TheoryData<Selection, Selection, string> Cells() => new()
    {
        { Selection.None, Selection.None, "" },
        { Selection.None, Selection.All, "abcd" },
        { Selection.None, Selection.Whitelist, "bc" },
        { Selection.None, Selection.AllExcept, "ad" },
        { Selection.All, Selection.None, "abcd" },
        { Selection.All, Selection.All, "abcd" },
        { Selection.All, Selection.Whitelist, "abcd" },
        { Selection.All, Selection.AllExcept, "abcd" },
        { Selection.Whitelist, Selection.None, "ab" },
        { Selection.Whitelist, Selection.All, "abcd" },
        { Selection.Whitelist, Selection.Whitelist, "abc" },
        { Selection.Whitelist, Selection.AllExcept, "abd" },
        { Selection.AllExcept, Selection.None, "cd" },
        { Selection.AllExcept, Selection.All, "abcd" },
        { Selection.AllExcept, Selection.Whitelist, "bcd" },
        { Selection.AllExcept, Selection.AllExcept, "d" }, // DP-9.2
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Cookies_are_sent_as_the_table_of_section_9_says_DP_9_1_DP_9_2(Selection inKey, Selection beyond, string sent)
    {
        var behavior = Sample.Behavior(Sample.CachePolicy with { Cookies = Of(inKey, "a", "b") }, Sample.OriginRequestPolicy with { Cookies = Of(beyond, "b", "c") });
        var headers = Compose(Sample.Request("/", "Cookie: a=1; b=1; c=1; d=1"), behavior);

        Assert.Equal(sent, string.Concat((headers.GetText("cookie"u8) ?? "").Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(pair => pair[0])));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Query_strings_are_sent_as_the_table_of_section_9_says_DP_9_1_DP_9_2(Selection inKey, Selection beyond, string sent)
    {
        var behavior = Sample.Behavior(
            Sample.CachePolicy with { QueryStrings = Of(inKey, "a", "b") }, Sample.OriginRequestPolicy with { QueryStrings = Of(beyond, "b", "c") });
        var target = new ArrayBufferWriter<byte>();
        OriginTarget.Write(Sample.Request("/p?a=1&b=1&c=1&d=1"), behavior, behavior.Origin, target);

        Assert.Equal(
            "/p" + string.Concat(sent.Select((name, i) => $"{(i == 0 ? '?' : '&')}{name}=1")), Encoding.Latin1.GetString(target.WrittenSpan));
    }

    [Theory]
    [InlineData(Selection.None, OriginRequestHeaders.None, "")]
    [InlineData(Selection.None, OriginRequestHeaders.AllViewer, "abcd")]
    [InlineData(Selection.None, OriginRequestHeaders.AllViewerAndWhitelistCloudFront, "abcd")]
    [InlineData(Selection.None, OriginRequestHeaders.Whitelist, "bc")]
    [InlineData(Selection.None, OriginRequestHeaders.AllExcept, "ad")]
    [InlineData(Selection.Whitelist, OriginRequestHeaders.None, "ab")]
    [InlineData(Selection.Whitelist, OriginRequestHeaders.AllViewer, "abcd")]
    [InlineData(Selection.Whitelist, OriginRequestHeaders.AllViewerAndWhitelistCloudFront, "abcd")]
    [InlineData(Selection.Whitelist, OriginRequestHeaders.Whitelist, "abc")]
    [InlineData(Selection.Whitelist, OriginRequestHeaders.AllExcept, "abd")]
    public void Headers_are_sent_as_the_table_of_section_9_says_DP_9_1_DP_9_3(Selection inKey, OriginRequestHeaders beyond, string sent)
    {
        var behavior = Sample.Behavior(
            Sample.CachePolicy with { Headers = Of(inKey, "X-A", "X-B") }, Sample.OriginRequestPolicy with { Headers = beyond, HeaderNames = ["X-B", "X-C"] });
        var headers = Compose(Sample.Request("/", "x-a: 1", "x-b: 1", "x-c: 1", "x-d: 1"), behavior);

        Assert.Equal(sent, string.Concat("abcd".Where(name => headers.Contains([(byte)'x', (byte)'-', (byte)name]))));
    }

    private static HeaderList Compose(RequestHead request, BehaviorModel behavior)
    {
        var into = new HeaderList();
        OriginHeaders.Compose(request, behavior, behavior.Origin, Sample.Viewer, OriginPurpose.Fill, hasBody: false, new string('0', 32), "id"u8, into);
        return into;
    }

    private static SelectionConfig Of(Selection selection, params string[] names) =>
        new(selection, selection is Selection.Whitelist or Selection.AllExcept ? [.. names] : []);
}
