// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Postgres.Commands;
using Frontier.Control.Postgres.Engine;
using Frontier.Control.Store;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Postgres;

/// <summary>The control store in a PostgreSQL database, which any number of control processes may use at once. Thread-safe.</summary>
public sealed class PostgresControlStore : ISharedControlStore
{
    private readonly Database _database;
    private readonly ChangeHints _hints;

    private PostgresControlStore(Database database, ChangeHints hints) => (_database, _hints) = (database, hints);

    /// <summary>Waits for the server within bounds, and brings the schema up to date.</summary>
    /// <exception cref="IOException">The database cannot be used; the message says why and what to do.</exception>
    /// <exception cref="InvalidDataException">The database was used by a later version.</exception>
    public static async Task<PostgresControlStore> OpenAsync(PostgresOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        var logger = loggerFactory.CreateLogger<PostgresControlStore>();
        var source = Connecting.CreateSource(options);
        try
        {
            await Connecting.PrepareAsync(source, options, (connection, token) => Schema.MigrateAsync(connection, options.Address, token), timeProvider, logger, cancellationToken);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }

        var hints = new ChangeHints(source, timeProvider, logger);
        hints.Start();
        return new PostgresControlStore(new Database(source, timeProvider), hints);
    }

    public Task WaitForHintAsync(TimeSpan longest, CancellationToken cancellationToken) => _hints.WaitAsync(longest, cancellationToken);

    public Task<StoreHead> ReadHeadAsync(CancellationToken cancellationToken) => _database.ReadAsync(HeadCommands.ReadAsync, cancellationToken);

    public Task<StoreContents> ReadContentsAsync(IReadOnlyList<ResourceMark> known, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => ResourceCommands.ReadContentsAsync(session, known), cancellationToken);

    public Task<ResourceRow?> FindResourceAsync(ResourceKind kind, string id, CancellationToken cancellationToken) =>
        CanBeStored(id) ? _database.ReadAsync(session => ResourceCommands.FindAsync(session, kind, id), cancellationToken) : Task.FromResult<ResourceRow?>(null);

    public Task<SnapshotRow?> FindSnapshotAsync(long version, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => ResourceCommands.FindSnapshotAsync(session, version), cancellationToken);

    public Task<ChangeOutcome> ChangeResourceAsync(ResourceChange change, CancellationToken cancellationToken) =>
        _database.ChangeAsync(session => ResourceCommands.ChangeAsync(session, change), cancellationToken);

    public Task<ImmutableArray<VersionHead>?> ListVersionsAsync(ResourceKind kind, string id, long before, int limit, CancellationToken cancellationToken) =>
        CanBeStored(id)
            ? _database.ReadAsync(session => VersionCommands.ListAsync(session, kind, id, before, limit), cancellationToken)
            : Task.FromResult<ImmutableArray<VersionHead>?>(null);

    public Task<VersionRow?> FindVersionAsync(ResourceKind kind, string id, long number, CancellationToken cancellationToken) =>
        CanBeStored(id) ? _database.ReadAsync(session => VersionCommands.FindAsync(session, kind, id, number), cancellationToken) : Task.FromResult<VersionRow?>(null);

    public Task<ImmutableArray<TagRow>?> ReadTagsAsync(ResourceKind kind, string id, CancellationToken cancellationToken) =>
        CanBeStored(id) ? _database.ReadAsync(session => TagCommands.ReadAsync(session, kind, id), cancellationToken) : Task.FromResult<ImmutableArray<TagRow>?>(null);

    public Task<TagOutcome> ChangeTagsAsync(TagChange change, CancellationToken cancellationToken) =>
        CanBeStored(change.Id) ? _database.ChangeAsync(session => TagCommands.ChangeAsync(session, change), cancellationToken) : Task.FromResult(TagOutcome.NotFound);

    public Task<KeyValueHead?> ReadKeyValueHeadAsync(string storeId, CancellationToken cancellationToken) =>
        CanBeStored(storeId) ? _database.ReadAsync(session => KeyValueCommands.ReadHeadAsync(session, storeId), cancellationToken) : Task.FromResult<KeyValueHead?>(null);

    public Task<KeyValueFound?> FindKeyValueAsync(string storeId, string key, CancellationToken cancellationToken) =>
        CanBeStored(storeId) ? _database.ReadAsync(session => KeyValueCommands.FindAsync(session, storeId, key), cancellationToken) : Task.FromResult<KeyValueFound?>(null);

    public Task<KeyValuePage?> ListKeyValuesAsync(string storeId, string after, int limit, CancellationToken cancellationToken) =>
        CanBeStored(storeId)
            ? _database.ReadAsync(session => KeyValueCommands.ListAsync(session, storeId, after, limit), cancellationToken)
            : Task.FromResult<KeyValuePage?>(null);

    public Task<KeyValueChanged> ChangeKeyValuesAsync(KeyValueChange change, CancellationToken cancellationToken) =>
        CanBeStored(change.StoreId)
            ? _database.ChangeAsync(session => KeyValueCommands.ChangeAsync(session, change), cancellationToken)
            : Task.FromResult(new KeyValueChanged(KeyValueOutcome.NotFound, null));

    public Task<InvalidationAppended> AppendInvalidationAsync(NewInvalidation invalidation, CancellationToken cancellationToken) =>
        _database.ChangeAsync(session => InvalidationCommands.AppendAsync(session, invalidation), cancellationToken);

    public Task<InvalidationRow?> FindInvalidationAsync(string distributionId, string id, CancellationToken cancellationToken) =>
        CanBeStored(id) ? _database.ReadAsync(session => InvalidationCommands.FindAsync(session, distributionId, id), cancellationToken) : Task.FromResult<InvalidationRow?>(null);

    public Task<ImmutableArray<InvalidationRow>?> ListInvalidationsAsync(string distributionId, string? after, int limit, CancellationToken cancellationToken) =>
        CanBeStored(after ?? "")
            ? _database.ReadAsync(session => InvalidationCommands.ListAsync(session, distributionId, after, limit), cancellationToken)
            : Task.FromResult<ImmutableArray<InvalidationRow>?>(null);

    public Task<ImmutableDictionary<string, int>> CountOpenInvalidationsAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(InvalidationCommands.CountAllOpenAsync, cancellationToken);

    public Task<ImmutableArray<InvalidationRow>> ReadLogAsync(long after, int limit, int characters, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => InvalidationCommands.ReadLogAsync(session, after, limit, characters), cancellationToken);

    public async Task SettleAsync(ImmutableArray<EdgeHeard> heard, TimeSpan silence, CancellationToken cancellationToken)
    {
        if (await _database.ReadAsync(EdgeCommands.IsAnythingOpenAsync, cancellationToken))
        {
            await _database.ChangeAsync(session => EdgeCommands.SettleAsync(session, heard, silence), cancellationToken);
        }
    }

    public Task<ImmutableArray<EdgeRow>> ListEdgesAsync(TimeSpan silence, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => EdgeCommands.ListAsync(session, silence), cancellationToken);

    public Task SaveEdgesAsync(ImmutableArray<EdgeRow> edges, CancellationToken cancellationToken) =>
        _database.ChangeAsync(session => EdgeCommands.SaveAsync(session, edges), cancellationToken);

    public Task<int> NoteEdgesAsync(ImmutableArray<EdgeHeard> heard, CancellationToken cancellationToken) =>
        _database.ChangeAsync(session => EdgeCommands.NoteAsync(session, heard), cancellationToken);

    public Task ReviveEdgesAsync(CancellationToken cancellationToken) => _database.ChangeAsync(EdgeCommands.ReviveAsync, cancellationToken);

    public Task SavePresenceAsync(ImmutableArray<PresenceRow> rows, TimeSpan kept, CancellationToken cancellationToken) =>
        _database.ChangeAsync(session => PresenceCommands.SaveAsync(session, rows, kept), cancellationToken);

    public Task<ImmutableArray<PresenceRow>> ListPresenceAsync(CancellationToken cancellationToken) => _database.ReadAsync(PresenceCommands.ListAsync, cancellationToken);

    public Task<string> AgreeAsync(string name, string proposed, CancellationToken cancellationToken) =>
        _database.ChangeAsync(session => InstallationCommands.AgreeAsync(session, name, proposed), cancellationToken);

    public Task<string?> FindSharedAsync(string name, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => InstallationCommands.FindAsync(session, name), cancellationToken);

    public Task<bool> SwapSharedAsync(SharedSwap swap, CancellationToken cancellationToken) =>
        _database.ChangeAsync(session => InstallationCommands.SwapAsync(session, swap), cancellationToken);

    public Task<StoredAccessKeys> ReadAccessKeysAsync(CancellationToken cancellationToken) => _database.ReadAsync(AccessKeyCommands.ReadAsync, cancellationToken);

    public Task<AccessKeyChanged> ChangeAccessKeyAsync(AccessKeyChange change, CancellationToken cancellationToken) =>
        CanBeStored(change.Row.Id)
            ? _database.ChangeAsync(session => AccessKeyCommands.ChangeAsync(session, change), cancellationToken)
            : Task.FromResult(new AccessKeyChanged(AccessKeyOutcome.NotFound, null));

    public Task NoteAccessKeyUseAsync(string id, DateTimeOffset usedAt, CancellationToken cancellationToken) =>
        _database.ChangeAsync(session => AccessKeyCommands.NoteUseAsync(session, id, usedAt), cancellationToken);

    public Task<int> ForgetAccessKeysAsync(AuditCall audit, CancellationToken cancellationToken) =>
        _database.ChangeAsync(session => AccessKeyCommands.ForgetAsync(session, audit), cancellationToken);

    public Task AppendAuditAsync(AuditRow row, int kept, CancellationToken cancellationToken) =>
        _database.ChangeAsync(session => AuditCommands.AppendAsync(session, row, kept), cancellationToken);

    public Task<DateTimeOffset?> FindCallAsync(string signed, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => AuditCommands.FindCallAsync(session, signed), cancellationToken);

    public Task<ImmutableArray<AuditRow>> ReadAuditAsync(AuditQuery query, CancellationToken cancellationToken) =>
        CanBeStored(query.ResourceId + query.AccessKeyId)
            ? _database.ReadAsync(session => AuditCommands.ReadAsync(session, query), cancellationToken)
            : Task.FromResult<ImmutableArray<AuditRow>>([]);

    public Task<ZoneEdited> EditZoneAsync(ZoneEdit edit, CancellationToken cancellationToken) => _database.ChangeAsync(session => ZoneCommands.EditAsync(session, edit), cancellationToken);

    public Task<ZoneRecords?> ReadRecordSetsAsync(string zoneId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        CanBeStored(zoneId) ? _database.ReadAsync(session => ZoneCommands.ReadAsync(session, zoneId, names), cancellationToken) : Task.FromResult<ZoneRecords?>(null);

    public Task<ZoneRecords?> ListRecordSetsAsync(string zoneId, RecordSetPlace from, int limit, CancellationToken cancellationToken) =>
        CanBeStored(zoneId + from.SetIdentifier) ? _database.ReadAsync(session => ZoneCommands.ListAsync(session, zoneId, from, limit), cancellationToken) : Task.FromResult<ZoneRecords?>(null);

    public Task<ImmutableDictionary<string, long>> CountRecordSetsAsync(IReadOnlyCollection<string> zoneIds, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => ZoneCommands.CountAsync(session, zoneIds), cancellationToken);

    public Task<ZonePage> ReadZonesAsync(long after, int recordSets, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => ZoneCommands.ReadAllAsync(session, after, recordSets), cancellationToken);

    public Task<ZoneEntryRow?> FindZoneEntryAsync(string changeId, CancellationToken cancellationToken) =>
        CanBeStored(changeId) ? _database.ReadAsync(session => ZoneLogCommands.FindAsync(session, changeId), cancellationToken) : Task.FromResult<ZoneEntryRow?>(null);

    public Task<ZoneLogPage?> ReadZoneLogAsync(long after, int limit, int characters, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => ZoneLogCommands.ReadAsync(session, after, limit, characters), cancellationToken);

    public Task<bool> SaveDnsNodeAsync(DnsNodeRow node, ImmutableArray<HealthObservationRow> observations, int most, CancellationToken cancellationToken) =>
        _database.ChangeAsync(session => ZoneLogCommands.SaveNodeAsync(session, node, observations, most), cancellationToken);

    public async Task SettleZonesAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        if (await _database.ReadAsync(session => ZoneLogCommands.IsAnythingOpenAsync(session, silence), cancellationToken))
        {
            await _database.ChangeAsync(session => ZoneLogCommands.SettleAsync(session, silence), cancellationToken);
        }
    }

    public Task<ImmutableArray<HealthObservationRow>> ReadObservationsAsync(string healthCheckId, CancellationToken cancellationToken) =>
        CanBeStored(healthCheckId)
            ? _database.ReadAsync(session => ZoneLogCommands.ReadObservationsAsync(session, healthCheckId), cancellationToken)
            : Task.FromResult<ImmutableArray<HealthObservationRow>>([]);

    public Task<ImmutableDictionary<string, HealthCount>> CountObservationsAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(ZoneLogCommands.CountObservationsAsync, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _hints.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>PostgreSQL has no zero byte in texts: what has one is not there, and asking would be an error.</summary>
    private static bool CanBeStored(string text) => !text.Contains('\0', StringComparison.Ordinal);
}
