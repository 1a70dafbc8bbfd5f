// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

/// <summary>
/// Everything a store keeps, as tables: what a backup holds, whichever engine wrote it. Tables and columns may be added, at the
/// end and with defaults; a test of each engine compares this list with its schema.
/// </summary>
public static class StoreTables
{
    /// <summary>In an order in which no row refers to a later one.</summary>
    public static ImmutableArray<StoreTable> All { get; } =
    [
        new("resource", "position",
        [
            Number("position"), Text("kind"), Text("id"), OptionalText("name"), OptionalText("caller_reference"), OptionalText("domain_name"), Text("etag"), Text("body"),
            Number("modified_at"), Number("snapshot_version"), Flag("deployed"),
        ]),
        new("alias", "name", [Text("name"), Number("resource")]),
        new("tag", "resource, key", [Number("resource"), Text("key"), Text("value")]),
        new("key_value_store", "resource", [Number("resource"), Text("etag"), Number("item_count"), Number("total_bytes"), Number("created_at"), Number("modified_at")]),
        new("key_value", "resource, key", [Number("resource"), Text("key"), Text("value")]),
        new("snapshot", "version", [Number("version"), Text("json"), Number("created_at")]),
        new("invalidation", "sequence",
        [
            Number("sequence"), Number("resource"), Text("distribution_id"), Text("id"), Text("caller_reference"), Text("paths"), Text("effective_paths"), Number("path_count"),
            Number("wildcard_count"), Number("created_at"), Flag("completed"),
        ]),
        new("log", "sequence", [Number("sequence"), Text("distribution_id"), Text("invalidation_id"), Text("caller_reference"), Text("paths"), Number("created_at")]),
        new("head", "log_end",
        [
            Number("only"), Number("log_end"), Number("oldest_kept"), Number("revision"), Number("key_revision") with { Default = 0L },
            Number("zone_log_end") with { Default = 0L }, Number("zone_oldest_kept") with { Default = 1L },
        ]),
        new("edge", "edge_id", [Text("edge_id"), Text("pop"), Number("heard_at"), Number("snapshot_version"), Number("invalidation_position"), Text("challenges") with { Default = "" }]),
        new("installation", "name", [Text("name"), Text("value")]),

        new("access_key", "position",
        [
            Number("position"), Text("id"), Text("role"), Flag("active"), Text("description"), Number("created_at"), Number("used_at"), Text("sealed_secret"),
        ]),
        new("audit", "sequence",
        [
            Number("sequence"), Number("made_at"), Text("access_key_id"), Text("source"), Text("operation"), Text("request_id"), Text("kind"), Text("resource_id"),
            OptionalText("etag_before"), OptionalText("etag_after"), OptionalText("document_before"), OptionalText("document_after"), OptionalText("error"), OptionalText("signed"),
        ]),
        new("resource_version", "resource, number",
        [
            Number("resource"), Number("number"), Number("created_at"), Text("access_key"), Text("operation"), Number("restored_from"), Text("etag"), Text("body"),
        ]),
        new("presence", "id", [Text("id"), Number("heard_at"), Text("report")]),

        new("zone", "resource", [Number("resource"), Number("version"), Number("record_sets")]),
        new("record_set", "resource, sort_name, type, set_identifier", [Number("resource"), Text("sort_name"), Text("type"), Text("set_identifier"), Text("document")]),
        new("zone_log", "sequence",
        [
            Number("sequence"), Text("kind"), Text("change_id"), Text("zone_id"), Text("document"), Text("comment"), Number("created_at"), Flag("in_sync"),
        ]),
        new("dns_node", "node_id", [Text("node_id"), Number("position"), Number("heard_at")]),
        new("health_observation", "node_id, health_check_id", [Text("node_id"), Text("health_check_id"), Flag("healthy"), Text("reason"), Number("observed_at")]),
    ];

    private static StoreColumn Text(string name) => new(name, ColumnKind.Text);

    private static StoreColumn OptionalText(string name) => new(name, ColumnKind.Text) { IsOptional = true };

    private static StoreColumn Number(string name) => new(name, ColumnKind.Number);

    private static StoreColumn Flag(string name) => new(name, ColumnKind.Flag);
}
