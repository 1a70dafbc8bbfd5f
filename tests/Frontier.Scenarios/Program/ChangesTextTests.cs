// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Nodes;
using Frontier.Control.Versions;
using Frontier.OwnApi;

namespace Frontier.Scenarios.Program;

/// <summary>Differences as a terminal shows them: one line a value.</summary>
public sealed class ChangesTextTests
{
    [Fact]
    public void Values_words_and_orders_take_a_line_each() => Assert.Equal(
        """
          ~ DefaultCacheBehavior.MinTTL: 0 -> 60
          ~ Comment: "" -> für Zürich
          + Aliases[www.example.com]
          - DefaultRootObject: index.html
          ~ CacheBehaviors (order): /a, /b -> /b, /a

        """,
        ChangesText.Of(
        [
            new(DocumentChangeKind.Changed, "DefaultCacheBehavior.MinTTL", 0, 60),
            new(DocumentChangeKind.Changed, "Comment", "", "für Zürich"),
            new(DocumentChangeKind.Added, "Aliases[www.example.com]", null, "www.example.com"),
            new(DocumentChangeKind.Removed, "DefaultRootObject", "index.html"),
            new(DocumentChangeKind.Reordered, "CacheBehaviors", new JsonArray("/a", "/b"), new JsonArray("/b", "/a")),
        ]));

    [Fact]
    public void What_was_added_as_a_whole_has_its_members_below_it() => Assert.Equal(
        """
          + CacheBehaviors[/img/*]
          +     TargetOriginId: web
          +     AllowedMethods: GET, HEAD
          +     FunctionAssociations[0].EventType: viewer-request
          +     Compress: true

        """,
        ChangesText.Of(
        [
            new(DocumentChangeKind.Added, "CacheBehaviors[/img/*]", null, JsonNode.Parse(
                """
                {"TargetOriginId":"web","TrustedSigners":{"Quantity":0},"AllowedMethods":{"Quantity":2,"Items":["GET","HEAD"]},
                 "FunctionAssociations":{"Quantity":1,"Items":[{"EventType":"viewer-request"}]},"Compress":true}
                """)),
        ]));

    [Fact]
    public void Nobody_commands_the_terminal_through_a_comment() => Assert.Equal(
        "  ~ Comment: a\\nb -> \\u001B[2Jc\n", ChangesText.Of([new(DocumentChangeKind.Changed, "Comment", "a\nb", "\u001b[2Jc")]));

    [Fact]
    public void No_difference_is_said_too() => Assert.Equal("  no differences\n", ChangesText.Of([]));
}
