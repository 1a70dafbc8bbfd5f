// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

/// <summary>What the holder of an access key may do. Stored by name: members may be added, never renamed.</summary>
public enum AccessKeyRole
{
    /// <summary>Everything.</summary>
    Admin,

    /// <summary>Looks at everything, changes nothing.</summary>
    ReadOnly,
}

/// <summary>An access key as the store keeps it.</summary>
public sealed record AccessKeyRow
{
    public required string Id { get; init; }

    public required AccessKeyRole Role { get; init; }

    public required bool IsActive { get; init; }

    /// <summary>What its owner calls it; may be empty.</summary>
    public required string Description { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>To within an hour; null for never.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>The secret, encrypted; to the store it is a text.</summary>
    public required string SealedSecret { get; init; }
}

/// <summary>Every access key in order of creation, and a number that moves with every change to one, read as of one moment.</summary>
public sealed record StoredAccessKeys(long Revision, ImmutableArray<AccessKeyRow> Keys);
