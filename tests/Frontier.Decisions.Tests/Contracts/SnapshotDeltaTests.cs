// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using Frontier.Contracts;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Contracts;

/// <summary>The difference of two snapshots, applied to the one, is the other.</summary>
public sealed class SnapshotDeltaTests
{
    [Fact]
    public void Whatever_is_added_changed_and_removed_the_difference_brings_it_about() =>
        Prop.ForAll<byte[], byte[]>((first, second) =>
        {
            var parts = Enumerable.Range(0, 8).Select(static i => Enumerable.Range(0, 3).Select(version => Config(i, version)).ToArray()).ToArray();
            var from = Snapshot(1, first, parts);
            var to = Snapshot(2, second, parts);

            var delta = Passed(SnapshotDelta.Between(from, to));
            var applied = delta.ApplyTo(from);

            var unchanged = from.Distributions.Intersect(to.Distributions, ReferenceEqualityComparer.Instance).Count();
            return Sorted(applied) == Sorted(to) && delta.Distributions.Set.Length == to.Distributions.Length - unchanged;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_did_not_change_stays_the_same_object_and_in_its_place()
    {
        DistributionConfig[] before = [Config(1, 0), Config(2, 0), Config(3, 0)];
        var changed = Config(2, 1);
        var from = Sample.Snapshot(before);
        var to = Sample.Snapshot(before[0], changed, before[2], Config(4, 0)) with { Version = 8 };

        var applied = SnapshotDelta.Between(from, to).ApplyTo(from);

        Assert.Same(before[0], applied.Distributions[0]);
        Assert.Same(changed, applied.Distributions[1]);
        Assert.Equal(["E1", "E2", "E3", "E4"], applied.Distributions.Select(static part => part.Id));
        Assert.Equal(8, applied.Version);
        Assert.Throws<ArgumentException>(() => SnapshotDelta.Between(from, to).ApplyTo(to));
    }

    /// <summary>A list that somebody adds to snapshots and forgets here would never reach an edge that is told differences.</summary>
    [Fact]
    public void Every_list_of_a_snapshot_has_its_difference()
    {
        var lists = typeof(ConfigSnapshot).GetProperties().Where(static property => property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(ImmutableArray<>));
        var differences = typeof(SnapshotDelta).GetProperties().Where(static property => property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(PartsDelta<>));
        Assert.Equal(
            lists.Select(static property => (property.Name, property.PropertyType.GenericTypeArguments[0])).Order(),
            differences.Select(static property => (property.Name, property.PropertyType.GenericTypeArguments[0])).Order());
        Assert.Equal(
            typeof(ConfigSnapshot).GetProperties().Count(static property => !property.GetMethod!.IsStatic) + 1, typeof(SnapshotDelta).GetProperties().Length); // and BaseVersion
    }

    private static DistributionConfig Config(int id, int version) => Sample.DistributionConfig with { Id = $"E{id}", DomainName = $"d{id}.frontier.localhost", DefaultRootObject = $"v{version}" };

    private static ConfigSnapshot Snapshot(long version, byte[] seed, DistributionConfig[][] parts) =>
        Sample.Snapshot([.. seed.Select(static value => value % 24).DistinctBy(static value => value / 3).Select(value => parts[value / 3][value % 3])]) with { Version = version };

    /// <summary>Over the wire and back, with the objects of this side.</summary>
    private static SnapshotDelta Passed(SnapshotDelta delta) =>
        JsonSerializer.Deserialize(JsonSerializer.Serialize(delta, ContractsJson.Default.SnapshotDelta), ContractsJson.Default.SnapshotDelta)!;

    private static string Sorted(ConfigSnapshot snapshot) => JsonSerializer.Serialize(
        snapshot with { Distributions = [.. snapshot.Distributions.OrderBy(static part => part.Id, StringComparer.Ordinal)] }, ContractsJson.Default.ConfigSnapshot);
}
