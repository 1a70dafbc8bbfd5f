// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Control.Store;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>Tags and TagKeys, lists without Quantity (API-1.11).</summary>
internal sealed record TagsDocument(ImmutableArray<TagRow> Tags)
{
    public const string RootName = "Tags";

    public static TagsDocument Read(ElementReader root) =>
        new(root.BareItems("Tag", static tag => new TagRow(tag.RequiredText("Key"), tag.Text("Value") ?? "")));

    /// <summary>The tags of a creation that may do without.</summary>
    public static ImmutableArray<TagRow> ReadOptional(ElementReader parent) => parent.Child(RootName) is { } tags ? Read(tags).Tags : [];

    public static XElement Write(ImmutableArray<TagRow> tags) =>
        Element(RootName, Element("Items", tags.Select(static tag => Element("Tag", Element("Key", tag.Key), Element("Value", tag.Value)))));
}

/// <summary>The keys that UntagResource removes.</summary>
internal sealed record TagKeysDocument(ImmutableArray<string> Keys)
{
    public const string RootName = "TagKeys";

    public static TagKeysDocument Read(ElementReader root) => new(root.BareItems("Key", static key => key.Value));
}
