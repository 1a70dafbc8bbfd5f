// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Api.Aliases;

/// <summary>Which names stand in each other's way (API-6.7, DP-2.2).</summary>
internal static class AliasOverlap
{
    /// <summary>The same name, or one of them a wildcard that covers the other. Both in lower case.</summary>
    public static bool Overlap(string one, string other) => one == other || Covers(one, other) || Covers(other, one);

    private static bool Covers(string wildcard, string name) =>
        wildcard.StartsWith("*.", StringComparison.Ordinal) && name.Length > wildcard.Length - 1 && name.EndsWith(wildcard[1..], StringComparison.Ordinal);
}
