// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Sqlite.Commands;
using Frontier.Control.Sqlite.Engine;
using Frontier.Control.Store;

namespace Frontier.Control.Sqlite;

/// <summary>
/// The control store in one SQLite file: WAL, every commit synced to disk before it is acknowledged, one writer, readers beside
/// it. The file belongs to one process at a time. Thread-safe.
/// </summary>
public sealed class SqliteControlStore : IControlStore
{
    private readonly StoreFile _file;
    private readonly WriteQueue _writes;
    private readonly ReaderPool _reads;
    private readonly TimeProvider _time;

    private SqliteControlStore(StoreFile file, ReaderPool reads, TimeProvider time)
    {
        (_file, _reads, _time) = (file, reads, time);
        _writes = new WriteQueue(file.Connection);
    }

    /// <summary>Opens the file or creates it, readable by its owner alone, and brings its schema up to date.</summary>
    /// <exception cref="IOException">Another process holds the store, or the file cannot be used.</exception>
    /// <exception cref="InvalidDataException">A later version wrote the file.</exception>
    public static Task<SqliteControlStore> OpenAsync(string path, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        // Opening syncs and may replay a log: not on the caller's thread.
        Task.Run(() => Open(path, timeProvider), cancellationToken);

    public Task<StoreHead> ReadHeadAsync(CancellationToken cancellationToken) => _reads.RunAsync(InvalidationCommands.ReadHead, cancellationToken);

    public Task<StoreContents> ReadContentsAsync(IReadOnlyList<ResourceMark> known, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => ResourceCommands.ReadContents(connection, known), cancellationToken);

    public Task<ResourceRow?> FindResourceAsync(ResourceKind kind, string id, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => ResourceCommands.Find(connection, kind, id), cancellationToken);

    public Task<SnapshotRow?> FindSnapshotAsync(long version, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => ResourceCommands.FindSnapshot(connection, version), cancellationToken);

    public Task<ChangeOutcome> ChangeResourceAsync(ResourceChange change, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => ResourceCommands.Change(connection, change), cancellationToken);

    public Task<ImmutableArray<VersionHead>?> ListVersionsAsync(ResourceKind kind, string id, long before, int limit, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => VersionCommands.List(connection, kind, id, before, limit), cancellationToken);

    public Task<VersionRow?> FindVersionAsync(ResourceKind kind, string id, long number, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => VersionCommands.Find(connection, kind, id, number), cancellationToken);

    public Task<ImmutableArray<TagRow>?> ReadTagsAsync(ResourceKind kind, string id, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => TagCommands.Read(connection, kind, id), cancellationToken);

    public Task<TagOutcome> ChangeTagsAsync(TagChange change, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => TagCommands.Change(connection, change), cancellationToken);

    public Task<InvalidationAppended> AppendInvalidationAsync(NewInvalidation invalidation, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => InvalidationCommands.Append(connection, invalidation), cancellationToken);

    public Task<InvalidationRow?> FindInvalidationAsync(string distributionId, string id, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => InvalidationCommands.Find(connection, distributionId, id), cancellationToken);

    public Task<ImmutableArray<InvalidationRow>?> ListInvalidationsAsync(string distributionId, string? after, int limit, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => InvalidationCommands.List(connection, distributionId, after, limit), cancellationToken);

    public Task<ImmutableDictionary<string, int>> CountOpenInvalidationsAsync(CancellationToken cancellationToken) =>
        _reads.RunAsync(InvalidationCommands.CountAllOpen, cancellationToken);

    public Task<ImmutableArray<InvalidationRow>> ReadLogAsync(long after, int limit, int characters, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => InvalidationCommands.ReadLog(connection, after, limit, characters), cancellationToken);

    public async Task SettleAsync(ImmutableArray<EdgeHeard> heard, TimeSpan silence, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow(); // from which the ages count: while the write waits for its turn nobody is heard
        if (await _reads.RunAsync(EdgeCommands.IsAnythingOpen, cancellationToken))
        {
            await _writes.RunAsync(connection => EdgeCommands.Settle(connection, heard, silence, now), cancellationToken);
        }
    }

    public Task<KeyValueHead?> ReadKeyValueHeadAsync(string storeId, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => KeyValueCommands.ReadHead(connection, storeId), cancellationToken);

    public Task<KeyValueFound?> FindKeyValueAsync(string storeId, string key, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => KeyValueCommands.Find(connection, storeId, key), cancellationToken);

    public Task<KeyValuePage?> ListKeyValuesAsync(string storeId, string after, int limit, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => KeyValueCommands.List(connection, storeId, after, limit), cancellationToken);

    public Task<KeyValueChanged> ChangeKeyValuesAsync(KeyValueChange change, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => KeyValueCommands.Change(connection, change), cancellationToken);

    public Task<ImmutableArray<EdgeRow>> ListEdgesAsync(TimeSpan silence, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => EdgeCommands.List(connection, _time.GetUtcNow() - silence), cancellationToken);

    public Task SaveEdgesAsync(ImmutableArray<EdgeRow> edges, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return _writes.RunAsync(connection => EdgeCommands.Save(connection, edges, now), cancellationToken);
    }

    public Task<int> NoteEdgesAsync(ImmutableArray<EdgeHeard> heard, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow(); // from which the ages count
        return _writes.RunAsync(connection => EdgeCommands.Note(connection, heard, now), cancellationToken);
    }

    public Task ReviveEdgesAsync(CancellationToken cancellationToken) => _writes.RunAsync(connection => EdgeCommands.Revive(connection, _time.GetUtcNow()), cancellationToken);

    public Task SavePresenceAsync(ImmutableArray<PresenceRow> rows, TimeSpan kept, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => PresenceCommands.Save(connection, rows, kept, _time.GetUtcNow()), cancellationToken);

    public Task<ImmutableArray<PresenceRow>> ListPresenceAsync(CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => PresenceCommands.List(connection, _time.GetUtcNow()), cancellationToken);

    public Task<string> AgreeAsync(string name, string proposed, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => InstallationCommands.Agree(connection, name, proposed), cancellationToken);

    public Task<string?> FindSharedAsync(string name, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => InstallationCommands.Find(connection, name), cancellationToken);

    public Task<bool> SwapSharedAsync(SharedSwap swap, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => InstallationCommands.Swap(connection, swap), cancellationToken);

    public Task<StoredAccessKeys> ReadAccessKeysAsync(CancellationToken cancellationToken) => _reads.RunAsync(AccessKeyCommands.Read, cancellationToken);

    public Task<AccessKeyChanged> ChangeAccessKeyAsync(AccessKeyChange change, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => AccessKeyCommands.Change(connection, change), cancellationToken);

    public Task NoteAccessKeyUseAsync(string id, DateTimeOffset usedAt, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => AccessKeyCommands.NoteUse(connection, id, usedAt), cancellationToken);

    public Task<int> ForgetAccessKeysAsync(AuditCall audit, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => AccessKeyCommands.Forget(connection, audit), cancellationToken);

    public Task AppendAuditAsync(AuditRow row, int kept, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => AuditCommands.Append(connection, row, kept), cancellationToken);

    public Task<DateTimeOffset?> FindCallAsync(string signed, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => AuditCommands.FindCall(connection, signed), cancellationToken);

    public Task<ImmutableArray<AuditRow>> ReadAuditAsync(AuditQuery query, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => AuditCommands.Read(connection, query), cancellationToken);

    public Task<ZoneEdited> EditZoneAsync(ZoneEdit edit, CancellationToken cancellationToken) => _writes.RunAsync(connection => ZoneCommands.Edit(connection, edit), cancellationToken);

    public Task<ZoneRecords?> ReadRecordSetsAsync(string zoneId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => ZoneCommands.Read(connection, zoneId, names), cancellationToken);

    public Task<ZoneRecords?> ListRecordSetsAsync(string zoneId, RecordSetPlace from, int limit, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => ZoneCommands.List(connection, zoneId, from, limit), cancellationToken);

    public Task<ImmutableDictionary<string, long>> CountRecordSetsAsync(IReadOnlyCollection<string> zoneIds, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => ZoneCommands.Count(connection, zoneIds), cancellationToken);

    public Task<ZonePage> ReadZonesAsync(long after, int recordSets, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => ZoneCommands.ReadAll(connection, after, recordSets), cancellationToken);

    public Task<ZoneEntryRow?> FindZoneEntryAsync(string changeId, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => ZoneLogCommands.Find(connection, changeId), cancellationToken);

    public Task<ZoneLogPage?> ReadZoneLogAsync(long after, int limit, int characters, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => ZoneLogCommands.Read(connection, after, limit, characters), cancellationToken);

    public Task<bool> SaveDnsNodeAsync(DnsNodeRow node, ImmutableArray<HealthObservationRow> observations, int most, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => ZoneLogCommands.SaveNode(connection, node, observations, most, _time.GetUtcNow()), cancellationToken);

    public async Task SettleZonesAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (await _reads.RunAsync(connection => ZoneLogCommands.IsAnythingOpen(connection, silence, now), cancellationToken))
        {
            await _writes.RunAsync(connection => ZoneLogCommands.Settle(connection, silence, now), cancellationToken);
        }
    }

    public Task<ImmutableArray<HealthObservationRow>> ReadObservationsAsync(string healthCheckId, CancellationToken cancellationToken) =>
        _reads.RunAsync(connection => ZoneLogCommands.ReadObservations(connection, healthCheckId), cancellationToken);

    public Task<ImmutableDictionary<string, HealthCount>> CountObservationsAsync(CancellationToken cancellationToken) => _reads.RunAsync(ZoneLogCommands.CountObservations, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync();
        _reads.Dispose();
        _file.Dispose();
    }

    private static SqliteControlStore Open(string path, TimeProvider time)
    {
        var file = StoreFile.Open(path);
        try
        {
            return new SqliteControlStore(file, new ReaderPool(path), time);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
