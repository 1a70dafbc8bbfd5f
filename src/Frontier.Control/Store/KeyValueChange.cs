// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

/// <summary>A change to the pairs of one key value store: all of it or nothing. No key occurs twice in it.</summary>
public sealed record KeyValueChange
{
    public required string StoreId { get; init; }

    /// <summary>The ETag that the pairs must have.</summary>
    public required string ExpectedETag { get; init; }

    /// <summary>Their ETag afterwards.</summary>
    public required string ETag { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Pairs to add, or to put in the place of those with the same key.</summary>
    public ImmutableArray<KeyValueRow> Puts { get; init; } = [];

    /// <summary>Keys to remove; those that are not there are passed over.</summary>
    public ImmutableArray<string> Deletes { get; init; } = [];

    /// <summary>How many bytes all keys and values may have afterwards, in UTF-8.</summary>
    public required long ByteLimit { get; init; }

    /// <summary>Whose change it is: an entry of the audit log is written with it. Null leaves no trace.</summary>
    public AuditCall? Audit { get; init; }
}

/// <summary>What became of a change. Conditions are checked in the order of these members, and any but the first leaves everything as it was.</summary>
public enum KeyValueOutcome
{
    Applied,
    NotFound,
    ETagDiffers,
    TooLarge,
}

/// <param name="Head">The pairs afterwards; present when <see cref="KeyValueOutcome.Applied"/>.</param>
public sealed record KeyValueChanged(KeyValueOutcome Outcome, KeyValueHead? Head);
