// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Forwarding;

/// <summary>What cache policy and origin request policy send together (the table of §9).</summary>
public static class Union
{
    public static bool Takes(NameSelection inKey, NameSelection beyond, ReadOnlySpan<byte> name) => Source(inKey, beyond, name) is not FieldSource.None;

    /// <summary>Which of the two sends a name; <see cref="FieldSource.None"/> when neither does.</summary>
    public static FieldSource Source(NameSelection inKey, NameSelection beyond, ReadOnlySpan<byte> name) => (inKey.Selection, beyond.Selection) switch
    {
        // DP-9.2: names that either blocks are dropped.
        (Selection.AllExcept, Selection.AllExcept) => inKey.Takes(name) && beyond.Takes(name) ? FieldSource.CachePolicy : FieldSource.None,
        _ when inKey.Takes(name) => FieldSource.CachePolicy,
        _ => beyond.Takes(name) ? FieldSource.OriginRequestPolicy : FieldSource.None,
    };
}
