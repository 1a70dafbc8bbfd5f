// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Control.Fleet;
using Frontier.Control.Sqlite;
using Frontier.Testing;

namespace Frontier.Control.Tests.Fleet;

/// <summary>The key file of a fleet is lost: its authority cannot be read by anybody, and is let go by its operator's word alone.</summary>
public sealed class LostKeyFileTests
{
    private static readonly byte[] Lost = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] New = [.. Enumerable.Repeat((byte)2, 32)];

    [Fact]
    public async Task Another_key_file_is_refused_until_the_authority_is_forgotten_and_another_one_takes_its_place()
    {
        var clock = new ManualTimeProvider();
        using var directory = new TemporaryDirectory();
        await using var store = await SqliteControlStore.OpenAsync(directory["control.db"], clock, default);
        var first = await FleetAuthority.OpenAsync(store, Lost, clock, default);
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => FleetAuthority.OpenAsync(store, New, clock, default));
        Assert.Contains("frontier keys forget", refused.Message, StringComparison.Ordinal);

        Assert.True(await FleetAuthority.ForgetAsync(store, default));

        var next = await FleetAuthority.OpenAsync(store, New, clock, default);
        Assert.NotEqual(first.Fingerprint, next.Fingerprint);
        Assert.Equal(next.Fingerprint, (await FleetAuthority.OpenAsync(store, New, clock, default)).Fingerprint);
        var issued = first.Issue(new(NodeRole.Edge, "edge-1"));
        Assert.Null(next.Trust.Read(issued.Certificate, clock.GetUtcNow())); // whoever joined before is a stranger now
    }

    [Fact]
    public async Task Where_there_is_no_fleet_nothing_is_forgotten()
    {
        var clock = new ManualTimeProvider();
        using var directory = new TemporaryDirectory();
        await using var store = await SqliteControlStore.OpenAsync(directory["control.db"], clock, default);

        Assert.False(await FleetAuthority.ForgetAsync(store, default));
    }
}
