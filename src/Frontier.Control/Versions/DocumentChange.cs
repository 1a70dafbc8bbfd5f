// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Frontier.Control.Versions;

public enum DocumentChangeKind
{
    [JsonStringEnumMemberName("added")]
    Added,

    [JsonStringEnumMemberName("removed")]
    Removed,

    [JsonStringEnumMemberName("changed")]
    Changed,

    /// <summary>The same members of a list in another order, where the order counts.</summary>
    [JsonStringEnumMemberName("reordered")]
    Reordered,
}

/// <summary>One difference between two configurations.</summary>
/// <param name="Path">Such as <c>CacheBehaviors[/img/*].MinTTL</c>: members of lists by what names them.</param>
/// <param name="From">What was there; null when it was added.</param>
/// <param name="To">What is there now; null when it was removed.</param>
public sealed record DocumentChange(DocumentChangeKind Kind, string Path, JsonNode? From = null, JsonNode? To = null);
