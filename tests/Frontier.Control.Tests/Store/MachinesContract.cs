// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Store;

namespace Frontier.Control.Tests.Store;

/// <summary>What every store must remember of machines that report. Each store's test project derives from it.</summary>
public abstract class MachinesContract : IAsyncLifetime
{
    private IControlStore _store = null!;

    /// <summary>A new, empty store.</summary>
    protected abstract Task<IControlStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Edges_are_saved_together_and_only_those_heard_of_lately_are_in_service()
    {
        await _store.SaveEdgesAsync([new EdgeRow("e2", "B", 1, 2), new EdgeRow("e1", "A", 3, 4)], default);
        await _store.SaveEdgesAsync([new EdgeRow("e3", "C", 0, 0), new EdgeRow("e1", "A", 5, 6)], default);

        Assert.Equal([new("e1", "A", 5, 6), new("e2", "B", 1, 2), new EdgeRow("e3", "C", 0, 0)], await _store.ListEdgesAsync(TimeSpan.FromHours(1), default));
        Assert.Equal(2, await _store.NoteEdgesAsync([new("e1", TimeSpan.FromHours(-1)), new("e3", TimeSpan.Zero), new("unknown", TimeSpan.Zero)], default));
        Assert.Equal(["e1"], (await _store.ListEdgesAsync(TimeSpan.FromMinutes(-30), default)).Select(static edge => edge.EdgeId));
    }

    [Fact]
    public async Task Edges_in_service_are_told_with_the_challenges_they_have_and_silent_ones_are_not()
    {
        await _store.SaveEdgesAsync([new EdgeRow("e1", "A", 0, 0) { Challenges = "r1" }, new EdgeRow("e2", "A", 0, 0)], default);
        await _store.SaveEdgesAsync([new EdgeRow("e2", "A", 0, 0) { Challenges = "r2" }], default);
        Assert.Equal(["r1", "r2"], (await _store.ListEdgesAsync(TimeSpan.FromMinutes(30), default)).Select(static edge => edge.Challenges));
        await _store.NoteEdgesAsync([new("e2", TimeSpan.FromHours(-1))], default);
        Assert.Equal(["r2"], (await _store.ListEdgesAsync(TimeSpan.FromMinutes(-30), default)).Select(static edge => edge.Challenges));
    }

    [Fact]
    public async Task Who_was_heard_is_remembered_with_what_it_said_last()
    {
        await _store.SavePresenceAsync([new("b", TimeSpan.FromMinutes(30), "b1"), new("a", TimeSpan.Zero, "a1")], TimeSpan.FromHours(2), default);
        await _store.SavePresenceAsync([new("b", TimeSpan.FromMinutes(10), "b2"), new("a", TimeSpan.FromMinutes(1), "older")], TimeSpan.FromHours(2), default);

        var rows = await _store.ListPresenceAsync(default);
        Assert.Equal([("a", "a1"), ("b", "b2")], rows.Select(static row => (row.Id, row.Report)));
        Assert.InRange(rows[1].Ago, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20));

        await _store.SavePresenceAsync([new("c", TimeSpan.Zero, "c1")], TimeSpan.FromMinutes(5), default);
        Assert.Equal(["a", "c"], (await _store.ListPresenceAsync(default)).Select(static row => row.Id));
    }
}
