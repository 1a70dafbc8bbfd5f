// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

public sealed record TagRow(string Key, string Value);

/// <param name="Limit">How many tags the resource may have afterwards.</param>
public sealed record TagChange(ResourceKind Kind, string Id, ImmutableArray<TagRow> Set, ImmutableArray<string> Remove, int Limit);

public enum TagOutcome
{
    Applied,
    NotFound,
    TooMany,
}
