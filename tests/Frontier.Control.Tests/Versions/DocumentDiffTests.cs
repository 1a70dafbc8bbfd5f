// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Nodes;
using System.Xml.Linq;
using Frontier.Control.Versions;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Versions;

/// <summary>Differences are told path by path, members of lists by what names them.</summary>
public sealed class DocumentDiffTests
{
    [Fact]
    public void A_document_does_not_differ_from_itself() => Assert.Empty(DocumentDiff.Between(Document(), Document()));

    [Fact]
    public void A_value_that_changed_is_told_with_both() => AssertDiff(Document(), Document(("DefaultCacheBehavior/MinTTL", "60")), "changed DefaultCacheBehavior.MinTTL: 0 -> 60");

    [Fact]
    public void Words_in_lists_are_added_and_removed() => AssertDiff(
        Document(("Aliases", Aliases("a.test", "b.test").ToString())), Document(("Aliases", Aliases("b.test", "c.test").ToString())),
        "removed Aliases[a.test]: \"a.test\" -> ", "added Aliases[c.test]:  -> \"c.test\"");

    [Fact]
    public void The_first_and_the_last_member_of_a_list_are_no_special_case()
    {
        AssertDiff(Document(), Document(("Aliases", Aliases("a.test").ToString())), "added Aliases[a.test]:  -> \"a.test\"");
        AssertDiff(Document(("Aliases", Aliases("a.test").ToString())), Document(), "removed Aliases[a.test]: \"a.test\" -> ");
    }

    [Fact]
    public void Behaviors_are_matched_by_their_pattern_wherever_they_stand() => AssertDiff(
        Document(("CacheBehaviors", Behaviors(("/a", 1), ("/b", 1)))), Document(("CacheBehaviors", Behaviors(("/new", 1), ("/a", 1), ("/b", 5)))),
        """added CacheBehaviors[/new]:  -> {"PathPattern":"/new","TargetOriginId":"web","MinTTL":1}""", "changed CacheBehaviors[/b].MinTTL: 1 -> 5");

    [Fact]
    public void Another_order_of_behaviors_is_a_difference() => AssertDiff(
        Document(("CacheBehaviors", Behaviors(("/a", 1), ("/b", 1)))), Document(("CacheBehaviors", Behaviors(("/b", 1), ("/a", 1)))),
        """reordered CacheBehaviors: ["/a","/b"] -> ["/b","/a"]""");

    [Fact]
    public void Another_order_where_order_means_nothing_is_none() => Assert.Empty(DocumentDiff.Between(
        Document(("Aliases", Aliases("a.test", "b.test").ToString())), Document(("Aliases", Aliases("b.test", "a.test").ToString()))));

    [Fact]
    public void Origins_are_matched_by_their_id() => AssertDiff(
        Document(), Document(("Origins/Items/Origin/DomainName", "other.example.com")), "changed Origins[web].DomainName: \"origin.example.com\" -> \"other.example.com\"");

    [Fact]
    public void An_element_that_was_not_there_is_added_whole() => AssertDiff(
        Document(), Document(("", "+<CacheTagConfig><HeaderName>tags</HeaderName></CacheTagConfig>")), """added CacheTagConfig:  -> {"HeaderName":"tags"}""");

    [Fact]
    public void A_secret_is_never_told_only_that_it_changed()
    {
        var changes = DocumentDiff.Between(Document(("Origins/Items/Origin", Secret("old", "x"))), Document(("Origins/Items/Origin", Secret("new", "x"))));

        Assert.Equal(["changed Origins[web].CustomHeaders[X-One].HeaderValue: \"(masked)\" -> \"(masked, another value)\""], changes.Select(Show));
        var added = DocumentDiff.Between(Document(), Document(("Origins/Items/Origin", Secret("new", "other"))));
        Assert.All(added, change => Assert.DoesNotContain("new", Show(change), StringComparison.Ordinal));
        Assert.Contains(added, change => change.Path.StartsWith("Origins[web].CustomHeaders", StringComparison.Ordinal));
    }

    private static XElement Document(params (string Path, string? Xml)[] changes)
    {
        var root = Distribution("r", [("DefaultCacheBehavior", "+<MinTTL>0</MinTTL>"), ("", "+<Aliases><Quantity>0</Quantity></Aliases>"), ("", "+<CacheBehaviors><Quantity>0</Quantity></CacheBehaviors>")]);
        foreach (var (path, xml) in changes)
        {
            Change(root, path, xml);
        }

        return root;
    }

    private static string Behaviors(params (string Pattern, int MinTtl)[] behaviors) =>
        $"<CacheBehaviors><Quantity>{behaviors.Length}</Quantity><Items>{string.Concat(behaviors.Select(behavior => $"<CacheBehavior><PathPattern>{behavior.Pattern}</PathPattern><TargetOriginId>web</TargetOriginId><MinTTL>{behavior.MinTtl}</MinTTL></CacheBehavior>"))}</Items></CacheBehaviors>";

    private static string Secret(string one, string two) =>
        $"""
         <Origin><Id>web</Id><DomainName>origin.example.com</DomainName>
         <CustomHeaders><Quantity>2</Quantity><Items>
           <OriginCustomHeader><HeaderName>X-One</HeaderName><HeaderValue>{one}</HeaderValue></OriginCustomHeader>
           <OriginCustomHeader><HeaderName>X-Two</HeaderName><HeaderValue>{two}</HeaderValue></OriginCustomHeader>
         </Items></CustomHeaders>
         <CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>http-only</OriginProtocolPolicy></CustomOriginConfig></Origin>
         """;

    private static void AssertDiff(XElement from, XElement to, params string[] expected) => Assert.Equal(expected, DocumentDiff.Between(from, to).Select(Show));

    private static string Show(DocumentChange change) => $"{change.Kind.ToString().ToLowerInvariant()} {change.Path}: {Text(change.From)} -> {Text(change.To)}";

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "";
}
