// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

/// <summary>The part of a store that keeps the audit log. Changes write their own entries, in their own transactions (<see cref="AuditCall"/>).</summary>
public interface IAuditStore
{
    /// <summary>Adds an entry that belongs to no change: an attempt that was refused.</summary>
    /// <param name="kept">How many entries of refused attempts remain, give or take <see cref="AuditLimits.PruneEvery"/>.</param>
    Task AppendAuditAsync(AuditRow row, int kept, CancellationToken cancellationToken);

    /// <summary>When the first change was made that belongs to a call with this <see cref="AuditCall.Signed"/>; null for none, or none that the log still has.</summary>
    Task<DateTimeOffset?> FindCallAsync(string signed, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<ImmutableArray<AuditRow>> ReadAuditAsync(AuditQuery query, CancellationToken cancellationToken);
}
