// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Linting;

/// <summary>Names that many rules ask for.</summary>
internal static class ListedNames
{
    /// <summary>Query parameters that say where a click came from, and change nothing of a page.</summary>
    public static readonly string[] TrackingParameters = ["utm_source", "utm_medium", "utm_campaign", "gclid", "fbclid", "msclkid"];

    /// <summary>Cookies that analytics scripts set: another value for every viewer, of no use to an origin.</summary>
    public static readonly string[] TrackingCookies = ["_ga", "_gid", "_gat", "_fbp", "_fbc", "__utma", "__utmz", "_hjid", "_gcl_au", "ajs_anonymous_id"];

    /// <summary>Those of the names that a selection takes.</summary>
    public static IEnumerable<string> TakenBy(NameSelection selection, IEnumerable<string> names) => names.Where(name => selection.Takes(Encoding.Latin1.GetBytes(name)));

    /// <summary>Those of the names that a list names, without regard to case.</summary>
    public static List<string> In(NameSelection selection, IEnumerable<string> names)
    {
        var listed = selection.Names.Select(Encoding.Latin1.GetString).ToList();
        return [.. names.Where(name => listed.Contains(name, StringComparer.OrdinalIgnoreCase))];
    }

    /// <summary>A list for a sentence.</summary>
    public static string Join(IEnumerable<string> names) => string.Join(", ", names);
}
