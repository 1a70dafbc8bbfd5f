// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;

namespace Frontier.Control.Api.Documents;

/// <summary>Builds the elements of responses, all in the one namespace of the API (API-1.6).</summary>
internal static class XmlNames
{
    public static readonly XNamespace Api = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    public static XElement Element(string name, params object?[] content) => new(Api + name, content);

    /// <summary>Moves a document to the namespace of another API.</summary>
    public static XElement InNamespace(XNamespace space, XElement root)
    {
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = space + element.Name.LocalName;
        }

        return root;
    }

    public static XElement Flag(string name, bool value) => Element(name, value ? "true" : "false");

    /// <summary>Nothing when there is no value: absent elements are left out.</summary>
    public static XElement? Optional(string name, object? value) => value is null ? null : Element(name, value);

    /// <summary>The form <c>2026-08-07T12:34:56.789Z</c> (API-1.8).</summary>
    public static XElement Time(string name, DateTimeOffset value) =>
        Element(name, value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Quantity, and Items unless empty (API-5.6).</summary>
    public static IEnumerable<XElement> Items<T>(IReadOnlyCollection<T> items, Func<T, XElement> write)
    {
        yield return Element("Quantity", items.Count);
        if (items.Count > 0)
        {
            yield return Element("Items", items.Select(write));
        }
    }

    /// <summary>A wrapper of Quantity and Items.</summary>
    public static XElement List<T>(string name, IReadOnlyCollection<T> items, Func<T, XElement> write) => Element(name, Items(items, write));

    public static XElement List<T>(string name, IReadOnlyCollection<T> items, string itemName)
        where T : notnull =>
        List(name, items, item => Element(itemName, item));
}
