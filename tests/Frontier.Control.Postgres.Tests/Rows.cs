// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Control.Store;

namespace Frontier.Control.Postgres.Tests;

/// <summary>What tests store.</summary>
internal static class Rows
{
    public static ResourceRow Distribution(string id, string etag = "A1") => new() { Kind = ResourceKind.Distribution, Id = id, ETag = etag, Body = "<x/>", ModifiedAt = default, SnapshotVersion = 1 };

    public static Task<ChangeOutcome> CreateAsync(IControlStore store, ResourceRow row, long version = 1, ImmutableArray<string> aliases = default) => store.ChangeResourceAsync(
        new ResourceChange
        {
            Verb = ChangeVerb.Create,
            Row = row,
            BaseVersion = version - 1,
            Snapshot = Snapshot(version),
            Aliases = aliases.IsDefault ? [] : aliases,
            Tags = [new("k", "v")],
            Version = row.Kind == ResourceKind.Distribution ? new NewVersion("AK", "Create", 0, row.Body, 10) : null,
        },
        default);

    public static SnapshotRow Snapshot(long version) => new(
        version, JsonSerializer.Serialize(new ConfigSnapshot { Version = version, CreatedAt = default, Distributions = [] }, ContractsJson.Default.ConfigSnapshot), default);

    public static NewInvalidation Invalidation(string reference, string distribution = "E1") => new(
        new InvalidationRow
        {
            DistributionId = distribution,
            Id = "I" + Guid.NewGuid().ToString("N"),
            CallerReference = reference,
            Paths = ["/a"],
            EffectivePaths = ["/a"],
            CreatedAt = default,
        },
        int.MaxValue, int.MaxValue, int.MaxValue);

    /// <summary>The creation of a hosted zone called <c>a.</c> or of a health check.</summary>
    public static ZoneEdit ZoneEdit(ResourceKind kind, string id) => new()
    {
        Resource = new ResourceChange
        {
            Verb = ChangeVerb.Create,
            Row = new ResourceRow { Kind = kind, Id = id, Name = kind == ResourceKind.HostedZone ? "a." : null, ETag = "A1", Body = "<x/>", ModifiedAt = default, Deployed = true },
            BaseVersion = 0,
        },
        Entry = new NewZoneEntry(kind == ResourceKind.HostedZone ? ZoneEntryKind.Created : ZoneEntryKind.HealthChecks, "C" + id, kind == ResourceKind.HostedZone ? id : "", "document", "comment", default, 10),
    };

    public static async Task<List<long>> LogAsync(IControlStore store) => [.. (await store.ReadLogAsync(0, int.MaxValue, int.MaxValue, default)).Select(row => row.Sequence)];

    public static IEnumerable<long> UpTo(long count) => Enumerable.Range(1, (int)count).Select(number => (long)number);
}
