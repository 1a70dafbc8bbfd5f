// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

/// <summary>What one call changes of a zone and its record sets, or of health checks.</summary>
public sealed record ZoneEdit
{
    /// <summary>The zone or health check itself, where it is made, changed or deleted. Its base version is not read.</summary>
    public ResourceChange? Resource { get; init; }

    /// <summary>Null when no record set changes.</summary>
    public RecordSetEdit? RecordSets { get; init; }

    /// <summary>What DNS nodes are told; null when they need not know.</summary>
    public NewZoneEntry? Entry { get; init; }
}

/// <param name="BaseVersion">The zone's version against which the change was checked; any newer one refuses it. 0 for a zone that is made with it.</param>
/// <param name="Count">How many record sets the zone has afterwards.</param>
public sealed record RecordSetEdit(string ZoneId, long BaseVersion, long Count, ImmutableArray<RecordSetPlace> Removed, ImmutableArray<RecordSetRow> Put)
{
    /// <summary>Whose change it is: an entry of the audit log is written with it. Null leaves no trace, as beside a resource, whose own tells it.</summary>
    public AuditCall? Audit { get; init; }
}

/// <param name="Document">A text to the store.</param>
/// <param name="LogKept">How many entries of the log remain; older ones are dropped.</param>
public sealed record NewZoneEntry(ZoneEntryKind Kind, string ChangeId, string ZoneId, string Document, string Comment, DateTimeOffset CreatedAt, int LogKept);

/// <summary>What an entry of the log tells of. Stored by name: members may be added, never renamed.</summary>
public enum ZoneEntryKind
{
    Created,
    Changed,
    Removed,
    HealthChecks,
}

/// <summary>An entry of the log of changes.</summary>
/// <param name="InSync">Whether every DNS node in service had it at some moment.</param>
public sealed record ZoneEntryRow(long Sequence, ZoneEntryKind Kind, string ChangeId, string ZoneId, string Document, string Comment, DateTimeOffset CreatedAt, bool InSync);

/// <param name="LogEnd">The newest sequence of the log.</param>
public sealed record ZoneLogPage(long LogEnd, ImmutableArray<ZoneEntryRow> Entries);

/// <summary>What became of an edit. Any but the first leaves everything as it was.</summary>
public enum ZoneEditOutcome
{
    Applied,

    /// <summary>There is no such zone, or not the resource to change.</summary>
    NotFound,
    CallerReferenceTaken,
    NameTaken,

    /// <summary>The zone or the resource is another version by now: read again and decide again.</summary>
    Moved,
}

/// <param name="Sequence">Of the entry; 0 where there is none.</param>
public sealed record ZoneEdited(ZoneEditOutcome Outcome, long Sequence);

public static class ZoneEditOutcomes
{
    extension(ChangeOutcome outcome)
    {
        /// <summary>What becomes of an edit whose resource fares so.</summary>
        public ZoneEditOutcome AsZoneEdit => outcome switch
        {
            ChangeOutcome.Applied => ZoneEditOutcome.Applied,
            ChangeOutcome.NotFound => ZoneEditOutcome.NotFound,
            ChangeOutcome.CallerReferenceTaken => ZoneEditOutcome.CallerReferenceTaken,
            ChangeOutcome.NameTaken or ChangeOutcome.AliasTaken => ZoneEditOutcome.NameTaken,
            ChangeOutcome.ETagDiffers or ChangeOutcome.SnapshotMoved => ZoneEditOutcome.Moved,
        };
    }
}
