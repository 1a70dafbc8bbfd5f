// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using Frontier.Contracts;

namespace Frontier.Control.Domain.Distributions;

/// <summary>
/// The tag by which a distribution says how it is served by an edge that is cut off. CloudFront's API has no element for that, and a tag
/// is what every client of it can set.
/// </summary>
internal static class CutOffTag
{
    public const string Key = "frontier:when-cut-off";

    private static readonly FrozenDictionary<string, CutOffChoice> Choices = new Dictionary<string, CutOffChoice>
    {
        ["serve"] = CutOffChoice.Serve,
        ["revalidate"] = CutOffChoice.Revalidate,
        ["bypass"] = CutOffChoice.Bypass,
    }.ToFrozenDictionary();

    public static bool TryRead(string value, out CutOffChoice choice) => Choices.TryGetValue(value, out choice);
}
