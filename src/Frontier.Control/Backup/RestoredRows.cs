// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Control.Store;

namespace Frontier.Control.Backup;

/// <summary>
/// Makes an older state the present one for edges that have seen later ones. What was changed after the backup is lost, but its
/// version numbers and log sequences are known to edges; were they given out again, an edge would take another configuration
/// for the one it serves, or miss invalidations. So numbers go on far beyond: edges load the restored configuration as a new
/// version and, since the log begins anew, trust nothing they stored before.
/// </summary>
public static class RestoredRows
{
    /// <summary>More than any installation changes between a backup and the loss of what came after.</summary>
    public const long Leap = 1_000_000;

    public static async IAsyncEnumerable<StoredRow> BeyondWhatEdgesKnowAsync(IAsyncEnumerable<StoredRow> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoredRow? newest = null;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (newest is not null && row.Table.Name != "snapshot")
            {
                yield return Again(newest);
                newest = null;
            }

            switch (row.Table.Name)
            {
                case "log" or "edge" or "presence" or "zone_log" or "dns_node" or "health_observation":
                    continue;
                case "head":
                    var end = (long)row.Values[Column(row.Table, "log_end")]! + Leap;
                    var zoneEnd = (long)row.Values[Column(row.Table, "zone_log_end")]! + Leap;
                    yield return With(With(With(With(row, "log_end", end), "oldest_kept", end + 1), "zone_log_end", zoneEnd), "zone_oldest_kept", zoneEnd + 1);
                    continue;
                case "snapshot":
                    newest = row;
                    break;
            }

            yield return row;
        }

        if (newest is not null)
        {
            yield return Again(newest);
        }
    }

    /// <summary>The same configuration as a later version.</summary>
    private static StoredRow Again(StoredRow newest)
    {
        var json = (string)newest.Values[Column(newest.Table, "json")]!;
        var snapshot = JsonSerializer.Deserialize(json, ContractsJson.Default.ConfigSnapshot)!;
        var later = snapshot with { Version = snapshot.Version + Leap };
        return With(With(newest, "version", later.Version), "json", JsonSerializer.Serialize(later, ContractsJson.Default.ConfigSnapshot));
    }

    private static StoredRow With(StoredRow row, string column, object value) => row with { Values = row.Values.SetItem(Column(row.Table, column), value) };

    private static int Column(StoreTable table, string name) => table.Columns.Select(static column => column.Name).ToImmutableArray().IndexOf(name);
}
