// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Sqlite.Engine;

/// <summary>The tables, as a list of steps; the file's <c>user_version</c> counts those it has taken. Steps are added, never edited.</summary>
internal static class Schema
{
    /// <summary>What there is of resources whose versions are kept, and has none, is their first: of an older file or an older backup.</summary>
    public const string SeedVersions =
        """
        INSERT INTO resource_version (resource, number, created_at, access_key, operation, restored_from, etag, body)
        SELECT position, 1, modified_at, '', '', 0, etag, body FROM resource
        WHERE kind = 'Distribution' AND NOT EXISTS (SELECT 1 FROM resource_version WHERE resource = position);
        """;

    private static readonly string[] Steps =
    [
        """
        CREATE TABLE resource (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            name TEXT,
            caller_reference TEXT,
            domain_name TEXT UNIQUE,
            etag TEXT NOT NULL,
            body TEXT NOT NULL,
            modified_at INTEGER NOT NULL,
            snapshot_version INTEGER NOT NULL,
            deployed INTEGER NOT NULL,
            UNIQUE (kind, id),
            UNIQUE (kind, name),
            UNIQUE (kind, caller_reference));
        CREATE TABLE alias (
            name TEXT PRIMARY KEY,
            resource INTEGER NOT NULL REFERENCES resource (position) ON DELETE CASCADE) WITHOUT ROWID;
        CREATE INDEX alias_of_resource ON alias (resource);
        CREATE TABLE tag (
            resource INTEGER NOT NULL REFERENCES resource (position) ON DELETE CASCADE,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (resource, key)) WITHOUT ROWID;
        CREATE TABLE snapshot (
            version INTEGER PRIMARY KEY,
            json TEXT NOT NULL,
            created_at INTEGER NOT NULL);
        CREATE TABLE invalidation (
            sequence INTEGER PRIMARY KEY,
            resource INTEGER NOT NULL REFERENCES resource (position) ON DELETE CASCADE,
            distribution_id TEXT NOT NULL,
            id TEXT NOT NULL,
            caller_reference TEXT NOT NULL,
            paths TEXT NOT NULL,
            effective_paths TEXT NOT NULL,
            path_count INTEGER NOT NULL,
            wildcard_count INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            completed INTEGER NOT NULL,
            UNIQUE (distribution_id, id),
            UNIQUE (distribution_id, caller_reference));
        CREATE INDEX invalidation_of_resource ON invalidation (resource);
        CREATE INDEX invalidation_open ON invalidation (distribution_id) WHERE completed = 0;
        CREATE TABLE log (
            sequence INTEGER PRIMARY KEY,
            distribution_id TEXT NOT NULL,
            invalidation_id TEXT NOT NULL,
            caller_reference TEXT NOT NULL,
            paths TEXT NOT NULL,
            created_at INTEGER NOT NULL);
        CREATE TABLE head (only INTEGER PRIMARY KEY CHECK (only = 1), log_end INTEGER NOT NULL, oldest_kept INTEGER NOT NULL);
        INSERT INTO head VALUES (1, 0, 1);
        CREATE TABLE edge (edge_id TEXT PRIMARY KEY, pop TEXT NOT NULL, noted_at INTEGER NOT NULL) WITHOUT ROWID;
        """,
        """
        CREATE TABLE key_value_store (
            resource INTEGER PRIMARY KEY REFERENCES resource (position) ON DELETE CASCADE,
            etag TEXT NOT NULL,
            item_count INTEGER NOT NULL,
            total_bytes INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            modified_at INTEGER NOT NULL);
        CREATE TABLE key_value (
            resource INTEGER NOT NULL REFERENCES key_value_store (resource) ON DELETE CASCADE,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (resource, key)) WITHOUT ROWID;
        """,
        """
        ALTER TABLE head ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE edge RENAME COLUMN noted_at TO heard_at;
        ALTER TABLE edge ADD COLUMN snapshot_version INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE edge ADD COLUMN invalidation_position INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX resource_open ON resource (snapshot_version) WHERE deployed = 0;
        CREATE TABLE installation (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        """,
        """
        CREATE INDEX resource_mark ON resource (position, etag, deployed);
        """,
        """
        ALTER TABLE head ADD COLUMN key_revision INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE access_key (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            role TEXT NOT NULL,
            active INTEGER NOT NULL,
            description TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            used_at INTEGER NOT NULL,
            sealed_secret TEXT NOT NULL);
        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            made_at INTEGER NOT NULL,
            access_key_id TEXT NOT NULL,
            source TEXT NOT NULL,
            operation TEXT NOT NULL,
            request_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            resource_id TEXT NOT NULL,
            etag_before TEXT,
            etag_after TEXT,
            document_before TEXT,
            document_after TEXT,
            error TEXT);
        CREATE INDEX audit_of_resource ON audit (resource_id, sequence);
        CREATE INDEX audit_made ON audit (sequence) WHERE error IS NULL;
        CREATE INDEX audit_refused ON audit (sequence) WHERE error IS NOT NULL;
        """,
        $"""
        CREATE TABLE resource_version (
            resource INTEGER NOT NULL REFERENCES resource (position) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            access_key TEXT NOT NULL,
            operation TEXT NOT NULL,
            restored_from INTEGER NOT NULL,
            etag TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (resource, number));
        {SeedVersions}
        """,
        """
        CREATE TABLE presence (id TEXT PRIMARY KEY, heard_at INTEGER NOT NULL, report TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX tag_own ON tag (resource, key) WHERE key >= 'frontier:' AND key < 'frontier;';
        CREATE TABLE zone (
            resource INTEGER PRIMARY KEY REFERENCES resource (position) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            record_sets INTEGER NOT NULL);
        CREATE TABLE record_set (
            resource INTEGER NOT NULL REFERENCES zone (resource) ON DELETE CASCADE,
            sort_name TEXT NOT NULL,
            type TEXT NOT NULL,
            set_identifier TEXT NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (resource, sort_name, type, set_identifier)) WITHOUT ROWID;
        ALTER TABLE head ADD COLUMN zone_log_end INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE head ADD COLUMN zone_oldest_kept INTEGER NOT NULL DEFAULT 1;
        CREATE TABLE zone_log (
            sequence INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            change_id TEXT NOT NULL UNIQUE,
            zone_id TEXT NOT NULL,
            document TEXT NOT NULL,
            comment TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            in_sync INTEGER NOT NULL);
        CREATE INDEX zone_log_open ON zone_log (sequence) WHERE in_sync = 0;
        CREATE TABLE dns_node (node_id TEXT PRIMARY KEY, position INTEGER NOT NULL, heard_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE health_observation (
            node_id TEXT NOT NULL REFERENCES dns_node (node_id) ON DELETE CASCADE,
            health_check_id TEXT NOT NULL,
            healthy INTEGER NOT NULL,
            reason TEXT NOT NULL,
            observed_at INTEGER NOT NULL,
            PRIMARY KEY (node_id, health_check_id)) WITHOUT ROWID;
        CREATE INDEX health_observation_of_check ON health_observation (health_check_id);
        ALTER TABLE edge ADD COLUMN challenges TEXT NOT NULL DEFAULT '';
        """,
        """
        ALTER TABLE audit ADD COLUMN signed TEXT;
        CREATE INDEX audit_of_call ON audit (signed, made_at) WHERE signed IS NOT NULL;
        """,
    ];

    /// <summary>The schema that this version of the program reads and writes.</summary>
    public static int Known => Steps.Length;

    public static long Taken(SqliteConnection connection) => connection.Prepare("PRAGMA user_version").Number();

    /// <exception cref="InvalidDataException">The file was written by a later version.</exception>
    public static void Migrate(SqliteConnection connection, string path)
    {
        var taken = Taken(connection);
        if (taken > Steps.Length)
        {
            throw new InvalidDataException($"The control store '{path}' has schema {taken}; this version of Frontier knows {Steps.Length}. Use the version that wrote it or a later one.");
        }

        for (var step = (int)taken; step < Steps.Length; step++)
        {
            connection.ExecuteScript($"BEGIN IMMEDIATE; {Steps[step]} PRAGMA user_version = {step + 1}; COMMIT;");
        }
    }
}
