// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>A tag that sets something: unlike all others, edges are told of it.</summary>
/// <param name="Id">Of the resource, within its kind.</param>
public sealed record OwnTag(ResourceKind Kind, string Id, string Key, string Value)
{
    /// <summary>What keys of such tags begin with.</summary>
    public const string Prefix = "frontier:";
}
