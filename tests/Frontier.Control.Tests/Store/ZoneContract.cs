// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Store;

namespace Frontier.Control.Tests.Store;

/// <summary>What every store must do with hosted zones and the log of their changes. Each store's test project derives from it.</summary>
public abstract class ZoneContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly TimeSpan Silence = TimeSpan.FromHours(1);
    private static readonly AuditCall Call = new(Now, "AKID", "127.0.0.1", "ChangeResourceRecordSets", "r", 100);

    private IControlStore _store = null!;
    private int _changes;

    /// <summary>A new, empty store.</summary>
    protected abstract Task<IControlStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_zone_begins_with_the_record_sets_of_its_creation_and_its_version_is_the_entrys_sequence()
    {
        Assert.Equal(new ZoneEdited(ZoneEditOutcome.Applied, 1), await CreateAsync("Z1", "a.", Row("b.a.", "A"), Row("a.", "SOA")));
        Assert.Equal(new ZoneEdited(ZoneEditOutcome.Applied, 2), await CreateAsync("Z2", "b.", Row("b.", "SOA")));

        var records = (await _store.ListRecordSetsAsync("Z1", RecordSetPlace.First, 10, default))!;
        Assert.Equal((1, 2), (records.Version, records.Count));
        Assert.Equal([Row("a.", "SOA"), Row("b.a.", "A")], records.Rows);
        Assert.Null(await _store.ListRecordSetsAsync("Z9", RecordSetPlace.First, 10, default));
        Assert.Null(await _store.ReadRecordSetsAsync("Z9", [], default));
        Assert.Equal([("Z1", 2L), ("Z2", 1L)], (await _store.CountRecordSetsAsync(["Z1", "Z2", "Z9"], default)).Select(static pair => (pair.Key, pair.Value)).Order());
    }

    [Fact]
    public async Task A_refused_creation_leaves_no_record_sets_and_no_entry()
    {
        await CreateAsync("Z1", "a.", Row("a.", "SOA"));

        Assert.Equal(new ZoneEdited(ZoneEditOutcome.NameTaken, 0), await CreateAsync("Z2", "a.", Row("a.", "SOA")));
        Assert.Equal(new ZoneEdited(ZoneEditOutcome.CallerReferenceTaken, 0), await CreateAsync("Z3", "c.", "Z1", Row("c.", "SOA")));

        Assert.Equal(1, (await _store.ReadHeadAsync(default)).ZoneLogEnd);
        Assert.Null(await _store.ReadRecordSetsAsync("Z2", [], default));
    }

    [Fact]
    public async Task A_change_removes_and_puts_and_is_refused_against_an_old_version()
    {
        await CreateAsync("Z1", "a.", Row("a.", "SOA"), Row("x.a.", "A"), Row("x.a.", "AAAA"));

        var changed = await ChangeAsync("Z1", 1, 3, [new("x.a.", "A", "")], [Row("x.a.", "AAAA") with { Document = "new" }, Row("x.a.", "TXT", "one"), Row("x.a.", "TXT", "two")]);
        Assert.Equal(new ZoneEdited(ZoneEditOutcome.Applied, 2), changed);
        var records = (await _store.ReadRecordSetsAsync("Z1", ["x.a.", "y.a."], default))!;
        Assert.Equal((2, 3), (records.Version, records.Count));
        Assert.Equal([Row("x.a.", "AAAA") with { Document = "new" }, Row("x.a.", "TXT", "one"), Row("x.a.", "TXT", "two")], records.Rows);

        Assert.Equal(new ZoneEdited(ZoneEditOutcome.Moved, 0), await ChangeAsync("Z1", 1, 1, [], [Row("z.a.", "A")]));
        Assert.Equal(new ZoneEdited(ZoneEditOutcome.NotFound, 0), await ChangeAsync("Z9", 1, 1, [], [Row("z.a.", "A")]));
        Assert.Equal(2, (await _store.ReadHeadAsync(default)).ZoneLogEnd);
        Assert.Empty((await _store.ReadRecordSetsAsync("Z1", ["z.a."], default))!.Rows);
    }

    [Fact]
    public async Task Of_thirty_changes_of_one_version_exactly_one_wins()
    {
        await CreateAsync("Z1", "a.", Row("a.", "SOA"));

        var edited = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => ChangeAsync("Z1", 1, 2, [], [Row($"k{i}.a.", "A")])));

        Assert.Single(edited, static one => one.Outcome == ZoneEditOutcome.Applied);
        Assert.Equal(29, edited.Count(static one => one.Outcome == ZoneEditOutcome.Moved));
        Assert.Equal(2, (await _store.ListRecordSetsAsync("Z1", RecordSetPlace.First, 100, default))!.Rows.Length);
    }

    [Fact]
    public async Task Record_sets_are_listed_in_order_of_bytes_from_any_place_on()
    {
        string[] names = ["com.", "com.a-b.", "com.a.", "com.a.b.", "com.\\052.", "com._x."];
        var inOrder = names.Order(StringComparer.Ordinal).ToList();
        await CreateAsync("Z1", "com.", [.. names.Select(static name => Row(name, "A")), Row("com.a.", "A", "z"), Row("com.a.", "TXT")]);

        var all = (await _store.ListRecordSetsAsync("Z1", RecordSetPlace.First, 100, default))!.Rows.Select(static row => row.Place).ToList();
        Assert.Equal(inOrder, all.Select(static place => place.SortName).Distinct());
        Assert.Equal([new("com.a.", "A", ""), new("com.a.", "A", "z"), new RecordSetPlace("com.a.", "TXT", "")], all.Where(static place => place.SortName == "com.a."));
        Assert.Equal(all.Skip(3), await FromAsync(all[3], 100));
        Assert.Equal(all.Skip(2).Take(2), await FromAsync(all[2], 2));
        Assert.Equal([new("com.a.", "A", "z"), new RecordSetPlace("com.a.", "TXT", "")], await FromAsync(new("com.a.", "A", "a"), 2));
    }

    [Fact]
    public async Task Deleting_a_zone_takes_its_record_sets_along_and_only_in_the_version_that_was_checked()
    {
        await CreateAsync("Z1", "a.", Row("a.", "SOA"));

        Assert.Equal(ZoneEditOutcome.Moved, (await DeleteAsync("Z1", 7)).Outcome);
        Assert.Equal(new ZoneEdited(ZoneEditOutcome.Applied, 2), await DeleteAsync("Z1", 1));
        Assert.Null(await _store.ReadRecordSetsAsync("Z1", [], default));
        Assert.Equal(ZoneEditOutcome.NotFound, (await DeleteAsync("Z1", 1)).Outcome);
        Assert.Equal(new ZoneEdited(ZoneEditOutcome.Applied, 3), await CreateAsync("Z2", "a.", Row("a.", "SOA")));
    }

    [Fact]
    public async Task The_log_is_read_in_order_page_by_page_and_old_entries_are_dropped()
    {
        await CreateAsync("Z1", "a.", Row("a.", "SOA"));
        for (var i = 1; i <= 6; i++)
        {
            await ChangeAsync("Z1", i, 2, [], [Row("x.a.", "A")], kept: 4);
        }

        Assert.Null(await _store.ReadZoneLogAsync(2, 10, 1_000, default));
        var page = (await _store.ReadZoneLogAsync(3, 10, 1_000, default))!;
        Assert.Equal(7, page.LogEnd);
        Assert.Equal([4L, 5L, 6L, 7L], page.Entries.Select(static entry => entry.Sequence));
        Assert.Equal([4L, 5L], (await _store.ReadZoneLogAsync(3, 2, 1_000, default))!.Entries.Select(static entry => entry.Sequence));
        Assert.Equal([4L], (await _store.ReadZoneLogAsync(3, 10, 1, default))!.Entries.Select(static entry => entry.Sequence));
        Assert.Empty((await _store.ReadZoneLogAsync(7, 10, 1_000, default))!.Entries);
        var entry = page.Entries[0];
        Assert.Equal(entry, await _store.FindZoneEntryAsync(entry.ChangeId, default));
        Assert.Equal((ZoneEntryKind.Changed, "Z1", "document", "comment", Now, false), (entry.Kind, entry.ZoneId, entry.Document, entry.Comment, entry.CreatedAt, entry.InSync));
        Assert.Null(await _store.FindZoneEntryAsync("C0", default));
    }

    [Fact]
    public async Task Whole_zones_are_read_in_pages_that_end_with_the_zone_that_fills_them()
    {
        await CreateAsync("Z1", "a.", Row("a.", "SOA"), Row("x.a.", "A"));
        await CreateAsync("Z2", "b.", Row("b.", "SOA"));
        await CreateAsync("Z3", "c.", Row("c.", "SOA"));

        var page = await _store.ReadZonesAsync(0, 2, default);
        Assert.Equal((3, true, "Z1"), (page.LogEnd, page.HasMore, Assert.Single(page.Zones).Id));
        Assert.Equal((1L, 2L, 2), (page.Zones[0].Records.Version, page.Zones[0].Records.Count, page.Zones[0].Records.Rows.Length));
        page = await _store.ReadZonesAsync(page.Zones[0].Position, 100, default);
        Assert.Equal((false, "Z2 Z3", "b. c."), (page.HasMore, string.Join(' ', page.Zones.Select(static zone => zone.Id)), string.Join(' ', page.Zones.Select(static zone => zone.Name))));
    }

    [Fact]
    public async Task An_entry_is_in_sync_when_every_node_in_service_has_it_and_never_goes_back()
    {
        await CreateAsync("Z1", "a.", Row("a.", "SOA"));
        await _store.SettleZonesAsync(Silence, default);
        Assert.False(await IsInSyncAsync(1));

        Assert.True(await _store.SaveDnsNodeAsync(new("n1", 1), [], 2, default));
        Assert.True(await _store.SaveDnsNodeAsync(new("n2", 0), [], 2, default));
        Assert.False(await _store.SaveDnsNodeAsync(new("n3", 0), [], 2, default));
        await _store.SettleZonesAsync(Silence, default);
        Assert.False(await IsInSyncAsync(1));

        await _store.SaveDnsNodeAsync(new("n2", 1), [], 2, default);
        await _store.SettleZonesAsync(Silence, default);
        Assert.True(await IsInSyncAsync(1));

        await _store.SaveDnsNodeAsync(new("n2", 0), [], 2, default);
        await _store.SettleZonesAsync(Silence, default);
        Assert.True(await IsInSyncAsync(1));
    }

    [Fact]
    public async Task A_silent_node_keeps_nothing_from_being_in_sync_and_its_observations_go_with_it()
    {
        await CreateAsync("Z1", "a.", Row("a.", "SOA"));
        await CreateCheckAsync("H1");
        await _store.SaveDnsNodeAsync(new("silent", 0), [new("silent", "H1", false, "no", Now)], 9, default);
        await _store.SettleZonesAsync(TimeSpan.FromTicks(-TimeSpan.TicksPerHour), default); // heard an hour too early
        await _store.SaveDnsNodeAsync(new("n1", 2), [new("n1", "H1", true, "yes", Now)], 9, default);
        await _store.SettleZonesAsync(Silence, default);

        Assert.True(await IsInSyncAsync(1));
        Assert.Equal(new HealthObservationRow("n1", "H1", true, "yes", Now), Assert.Single(await _store.ReadObservationsAsync("H1", default)));
    }

    [Fact]
    public async Task The_last_observation_of_each_node_counts_while_its_health_check_is_there()
    {
        await CreateCheckAsync("H1");
        await _store.SaveDnsNodeAsync(new("n1", 0), [new("n1", "H1", true, "yes", Now), new("n1", "H9", true, "nothing", Now)], 9, default);
        await _store.SaveDnsNodeAsync(new("n1", 0), [new("n1", "H1", false, "no", Now)], 9, default);
        await _store.SaveDnsNodeAsync(new("n2", 0), [new("n2", "H1", true, "yes", Now)], 9, default);

        Assert.Equal(["no", "yes"], (await _store.ReadObservationsAsync("H1", default)).Select(static observation => observation.Reason));
        var counts = await _store.CountObservationsAsync(default);
        Assert.Equal(new HealthCount(2, 1), Assert.Single(counts).Value);

        await _store.EditZoneAsync(new ZoneEdit { Resource = Change(ChangeVerb.Delete, Resource(ResourceKind.HealthCheck, "H1", null, "H1"), "E1"), Entry = Entry(ZoneEntryKind.HealthChecks, "") }, default);
        Assert.Empty(await _store.CountObservationsAsync(default));
    }

    [Fact]
    public async Task A_change_of_one_record_set_in_a_large_zone_is_in_the_audit_log_with_what_it_was()
    {
        await CreateAsync("Z1", "a.", [Row("a.", "SOA"), .. Enumerable.Range(0, 2_000).Select(static i => Row($"a.n{i}.", "A"))]);

        await _store.EditZoneAsync(
            new ZoneEdit
            {
                RecordSets = new RecordSetEdit("Z1", 1, 2_000, [new("a.n7.", "A", "")], [Row("a.n8.", "A") with { Document = "after" }]) { Audit = Call },
                Entry = Entry(ZoneEntryKind.Changed, "Z1"),
            },
            default);

        var row = Assert.Single(await _store.ReadAuditAsync(new AuditQuery(long.MaxValue, 10), default));
        Assert.Equal(("HostedZone", "Z1", "ChangeResourceRecordSets"), (row.Kind, row.ResourceId, row.Operation));
        Assert.Contains("a.n7.", row.Before, StringComparison.Ordinal);
        Assert.Contains("a.n8.", row.Before, StringComparison.Ordinal);
        Assert.Contains("after", row.After, StringComparison.Ordinal);
        Assert.DoesNotContain("a.n9.", row.Before + row.After, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<RecordSetPlace>> FromAsync(RecordSetPlace place, int limit) => (await _store.ListRecordSetsAsync("Z1", place, limit, default))!.Rows.Select(static row => row.Place);

    private async Task<bool> IsInSyncAsync(long sequence) => (await _store.ReadZoneLogAsync(sequence - 1, 1, 1_000, default))!.Entries[0].InSync;

    private Task<ZoneEdited> CreateAsync(string id, string name, params RecordSetRow[] rows) => CreateAsync(id, name, id, rows);

    private Task<ZoneEdited> CreateAsync(string id, string name, string callerReference, params RecordSetRow[] rows) => _store.EditZoneAsync(
        new ZoneEdit
        {
            Resource = Change(ChangeVerb.Create, Resource(ResourceKind.HostedZone, id, name, callerReference), null),
            RecordSets = new RecordSetEdit(id, 0, rows.Length, [], [.. rows]),
            Entry = Entry(ZoneEntryKind.Created, id),
        },
        default);

    private Task<ZoneEdited> CreateCheckAsync(string id) => _store.EditZoneAsync(
        new ZoneEdit { Resource = Change(ChangeVerb.Create, Resource(ResourceKind.HealthCheck, id, null, id), null), Entry = Entry(ZoneEntryKind.HealthChecks, "") }, default);

    private Task<ZoneEdited> ChangeAsync(string id, long version, long count, ImmutableArray<RecordSetPlace> removed, ImmutableArray<RecordSetRow> put, int kept = 100) => _store.EditZoneAsync(
        new ZoneEdit { RecordSets = new RecordSetEdit(id, version, count, removed, put), Entry = Entry(ZoneEntryKind.Changed, id) with { LogKept = kept } }, default);

    private Task<ZoneEdited> DeleteAsync(string id, long version) => _store.EditZoneAsync(
        new ZoneEdit
        {
            Resource = Change(ChangeVerb.Delete, Resource(ResourceKind.HostedZone, id, null, null), "E1"),
            RecordSets = new RecordSetEdit(id, version, 0, [], []),
            Entry = Entry(ZoneEntryKind.Removed, id),
        },
        default);

    private NewZoneEntry Entry(ZoneEntryKind kind, string zone) => new(kind, $"C{Interlocked.Increment(ref _changes)}", zone, "document", "comment", Now, 100);

    private static ResourceChange Change(ChangeVerb verb, ResourceRow row, string? expected) => new() { Verb = verb, Row = row, ExpectedETag = expected, BaseVersion = 99 };

    private static ResourceRow Resource(ResourceKind kind, string id, string? name, string? callerReference) =>
        new() { Kind = kind, Id = id, Name = name, CallerReference = callerReference, ETag = "E1", Body = "<x/>", ModifiedAt = Now, Deployed = true };

    private static RecordSetRow Row(string sortName, string type, string identifier = "") => new(new RecordSetPlace(sortName, type, identifier), $"{sortName} {type} {identifier}");
}
