// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

public sealed record TagRow(string Key, string Value);

/// <param name="Limit">How many tags the resource may have afterwards.</param>
public sealed record TagChange(ResourceKind Kind, string Id, ImmutableArray<TagRow> Set, ImmutableArray<string> Remove, int Limit)
{
    /// <summary>Whose change it is: an entry of the audit log is written with it. Null leaves no trace.</summary>
    public AuditCall? Audit { get; init; }
}

public enum TagOutcome
{
    Applied,
    NotFound,
    TooMany,
}
