// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

public enum ChangeVerb
{
    Create,
    Update,
    Delete,
}

/// <summary>A change to one resource and the snapshot it causes.</summary>
public sealed record ResourceChange
{
    public required ChangeVerb Verb { get; init; }

    /// <summary>The resource afterwards; of a deletion only kind and id are read.</summary>
    public required ResourceRow Row { get; init; }

    /// <summary>The ETag that the resource must have; required but for a creation.</summary>
    public string? ExpectedETag { get; init; }

    /// <summary>The distribution's aliases afterwards; lower case.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Of a creation only.</summary>
    public ImmutableArray<TagRow> Tags { get; init; } = [];

    /// <summary>Of the creation of a key value store, which needs it, and of nothing else.</summary>
    public NewKeyValues? KeyValues { get; init; }

    /// <summary>What becomes the newest version of the resource; null for kinds whose versions are not kept, and for deletions, which let them go.</summary>
    public NewVersion? Version { get; init; }

    /// <summary>The version against which the change was checked; any newer one refuses it.</summary>
    public required long BaseVersion { get; init; }

    /// <summary>The <see cref="StoreContents.Revision"/> against which the change was checked; any newer one refuses it. Null: only versions count.</summary>
    public long? BaseRevision { get; init; }

    /// <summary>One more than <see cref="BaseVersion"/>; null when no edge needs to know.</summary>
    public SnapshotRow? Snapshot { get; init; }

    /// <summary>
    /// Changes to further resources, made before this one in the same transaction, each against its own ETag: an alias leaves one
    /// distribution and comes to another. All take place or none. Their base versions and snapshots are not read, nor theirs of these.
    /// </summary>
    public ImmutableArray<ResourceChange> Before { get; init; } = [];
}

/// <summary>What became of a change. Conditions are checked in the order of these members, and any but the first leaves everything as it was.</summary>
public enum ChangeOutcome
{
    Applied,
    NotFound,
    ETagDiffers,
    CallerReferenceTaken,
    NameTaken,
    AliasTaken,

    /// <summary>Somebody else published, or changed any resource, meanwhile: read again and decide again.</summary>
    SnapshotMoved,
}
