// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Contracts;
using Frontier.Control.Domain.Distributions;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>A selection of headers, cookies or query strings in a policy: a word, and the names it lists (<c>api.md</c> §9.1).</summary>
/// <param name="Element">For example <c>CookiesConfig</c>.</param>
/// <param name="Behavior">The element of the word, e.g. <c>CookieBehavior</c>.</param>
/// <param name="Names">The element of the list, e.g. <c>Cookies</c>.</param>
internal sealed record SelectionDocument(string Element, string Behavior, string Names)
{
    public static SelectionDocument Headers { get; } = new("HeadersConfig", "HeaderBehavior", "Headers");

    public static SelectionDocument Cookies { get; } = new("CookiesConfig", "CookieBehavior", "Cookies");

    public static SelectionDocument QueryStrings { get; } = new("QueryStringsConfig", "QueryStringBehavior", "QueryStrings");

    public SelectionConfig Read(ElementReader parent, ImmutableArray<string> vocabulary)
    {
        var (word, names) = ReadWord(parent, vocabulary);
        return new SelectionConfig(
            word switch
            {
                "whitelist" => Selection.Whitelist,
                "allExcept" => Selection.AllExcept,
                "all" => Selection.All,
                _ => Selection.None,
            },
            names);
    }

    /// <summary>The headers of an origin request policy, whose words mean more than a selection.</summary>
    public (OriginRequestHeaders Headers, ImmutableArray<string> Names) ReadForwarded(ElementReader parent)
    {
        var (word, names) = ReadWord(parent, Vocabulary.OriginRequestHeaders);
        return (
            word switch
            {
                "whitelist" => OriginRequestHeaders.Whitelist,
                "allViewer" => OriginRequestHeaders.AllViewer,
                "allViewerAndWhitelistCloudFront" => OriginRequestHeaders.AllViewerAndWhitelistCloudFront,
                "allExcept" => OriginRequestHeaders.AllExcept,
                _ => OriginRequestHeaders.None,
            },
            names);
    }

    public XElement Write(SelectionConfig selection) => Write(
        selection.Selection switch
        {
            Selection.None => "none",
            Selection.Whitelist => "whitelist",
            Selection.AllExcept => "allExcept",
            Selection.All => "all",
        },
        selection.Names);

    public XElement WriteForwarded(OriginRequestHeaders headers, ImmutableArray<string> names) => Write(
        headers switch
        {
            OriginRequestHeaders.None => "none",
            OriginRequestHeaders.Whitelist => "whitelist",
            OriginRequestHeaders.AllViewer => "allViewer",
            OriginRequestHeaders.AllViewerAndWhitelistCloudFront => "allViewerAndWhitelistCloudFront",
            OriginRequestHeaders.AllExcept => "allExcept",
            OriginRequestHeaders.LegacyDefault => throw new InvalidOperationException("The legacy default is no policy that the API shows."),
        },
        names);

    private (string Word, ImmutableArray<string> Names) ReadWord(ElementReader parent, ImmutableArray<string> vocabulary)
    {
        var selection = parent.RequiredChild(Element);
        return (selection.RequiredWord(Behavior, vocabulary), selection.List(Names, "Name", static name => name.Value.Trim()));
    }

    private XElement Write(string word, ImmutableArray<string> names) =>
        XmlNames.Element(Element, XmlNames.Element(Behavior, word), names.IsEmpty ? null : List(Names, names, "Name"));
}
