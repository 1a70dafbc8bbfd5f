// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Control.Store;

namespace Frontier.Control.Publishing;

/// <summary>
/// Every version of the configuration in the store's rows: mostly as a <see cref="SnapshotDelta"/> to the one before, from time
/// to time whole, so that neither the rows nor the way back to a whole one grow without bound. Written by the publisher's turn alone.
/// </summary>
internal sealed class SnapshotHistory(IControlStore store)
{
    /// <summary>Bounds how many rows are read for one version.</summary>
    private const int MostDeltas = 1_024;

    /// <summary>Deltas in all may take as much as the whole one did, but no less than this: small configurations are read back in one go anyway.</summary>
    private const int FewCharacters = 256 * 1024;

    private int _deltas = MostDeltas;
    private long _deltaCharacters;
    private long _wholeCharacters;

    /// <summary>The row for a version.</summary>
    /// <param name="basis">The version before, where it is known and stored.</param>
    public SnapshotRow Write(ConfigSnapshot? basis, ConfigSnapshot snapshot)
    {
        if (basis?.Version == snapshot.Version - 1 && _deltas < MostDeltas && _deltaCharacters < Math.Max(_wholeCharacters, FewCharacters))
        {
            var delta = JsonSerializer.Serialize(SnapshotDelta.Between(basis, snapshot), ContractsJson.Default.SnapshotDelta);
            _deltas++;
            _deltaCharacters += delta.Length;
            return new SnapshotRow(snapshot.Version, delta, snapshot.CreatedAt);
        }

        var whole = JsonSerializer.Serialize(snapshot, ContractsJson.Default.ConfigSnapshot);
        (_deltas, _deltaCharacters, _wholeCharacters) = (0, 0, whole.Length);
        return new SnapshotRow(snapshot.Version, whole, snapshot.CreatedAt);
    }

    /// <summary>A version as it was, or null when there never was one.</summary>
    /// <param name="known">One that was read or written before: from there on only the changes since are read.</param>
    /// <exception cref="InvalidDataException">A row that others build on is missing.</exception>
    public async Task<ConfigSnapshot?> ReadAsync(long version, ConfigSnapshot? known, CancellationToken cancellationToken)
    {
        var deltas = new Stack<SnapshotDelta>();
        for (var wanted = version; ; wanted = deltas.Peek().BaseVersion)
        {
            if (await store.FindSnapshotAsync(wanted, cancellationToken) is not { } row)
            {
                return deltas.Count == 0 ? null : throw new InvalidDataException($"Snapshot {version} builds on snapshot {wanted}, which the store does not have.");
            }

            // Of the same number and made at another time is another one: the store was restored meanwhile.
            if (known?.Version == wanted && known.CreatedAt == row.CreatedAt)
            {
                return Apply(deltas, known);
            }

            if (IsDelta(row.Json))
            {
                deltas.Push(JsonSerializer.Deserialize(row.Json, ContractsJson.Default.SnapshotDelta)!);
                continue;
            }

            return Apply(deltas, JsonSerializer.Deserialize(row.Json, ContractsJson.Default.ConfigSnapshot)!);
        }
    }

    private static ConfigSnapshot Apply(Stack<SnapshotDelta> deltas, ConfigSnapshot snapshot) => deltas.Aggregate(snapshot, static (before, delta) => delta.ApplyTo(before));

    private static bool IsDelta(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json[..Math.Min(json.Length, 64)]), isFinalBlock: false, default);
        return reader.Read() && reader.Read() && reader.ValueTextEquals("baseVersion"u8);
    }
}
