// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Publishing;
using Frontier.Control.Sqlite;
using Frontier.Control.Store;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;

namespace Frontier.Control.Tests.Publishing;

/// <summary>What the loader keeps of one reading for the next: nothing but time may come of it.</summary>
public sealed class CatalogueLoaderTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteControlStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await SqliteControlStore.OpenAsync(_directory["control.db"], TimeProvider.System, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_change_leaves_all_other_resources_the_same_objects()
    {
        var loader = new CatalogueLoader(_store, TimeProvider.System);
        await CreateAsync("E1");
        await CreateAsync("E2");
        await CreateAsync("E3");
        var before = await loader.LoadAsync(CancellationToken.None);
        await UpdateAsync("E2", before.FindDistribution("E2")!.ETag, comment: "changed");

        var after = await loader.LoadAsync(CancellationToken.None);

        Assert.Same(before.FindDistribution("E1"), after.FindDistribution("E1"));
        Assert.Same(before.FindDistribution("E3"), after.FindDistribution("E3"));
        Assert.Equal("changed", after.FindDistribution("E2")!.Settings.Comment);
    }

    [Fact]
    public async Task A_distribution_that_was_deployed_keeps_its_settings_as_they_were_read()
    {
        var loader = new CatalogueLoader(_store, TimeProvider.System);
        await CreateAsync("E1");
        var before = (await loader.LoadAsync(CancellationToken.None)).FindDistribution("E1")!;
        await DeployAsync();

        var after = (await loader.LoadAsync(CancellationToken.None)).FindDistribution("E1")!;

        Assert.False(before.Deployed);
        Assert.True(after.Deployed);
        Assert.Same(before.Settings, after.Settings);
    }

    /// <summary>Creations, updates, deletions and deployments in any order, read now and then by a loader that remembers.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_loader_that_remembers_reads_what_a_new_one_reads(int seed)
    {
        var chance = new Random(seed);
        var loader = new CatalogueLoader(_store, TimeProvider.System);
        for (var step = 0; step < 60; step++)
        {
            var all = (await new CatalogueLoader(_store, TimeProvider.System).LoadAsync(CancellationToken.None)).Distributions;
            var one = all.Count > 0 ? all[chance.Next(all.Count)] : null;
            await (chance.Next(5) switch
            {
                0 when one is not null => ChangeAsync(ChangeVerb.Delete, one.Id, one.ETag, ""),
                1 when one is not null => UpdateAsync(one.Id, one.ETag, $"step {step}"),
                2 => DeployAsync(),
                _ => CreateAsync($"E{step}"),
            });
            if (chance.Next(3) > 0)
            {
                Assert.Equal(Describe(await new CatalogueLoader(_store, TimeProvider.System).LoadAsync(CancellationToken.None)), Describe(await loader.LoadAsync(CancellationToken.None)));
            }
        }
    }

    /// <summary>Readers and changes at once: whoever remembers what, everybody reads what was there at some moment, and in the end the same.</summary>
    [Fact]
    public async Task Loading_at_once_from_many_tasks_mixes_no_two_moments()
    {
        var loader = new CatalogueLoader(_store, TimeProvider.System);
        await CreateAsync("E1");
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var catalogue = await loader.LoadAsync(CancellationToken.None);
                Assert.Equal(catalogue.Distributions.Max(one => one.ChangedIn), catalogue.Version);
            }
        })).ToList();
        for (var step = 2; step < 60; step++)
        {
            var one = (await loader.LoadAsync(CancellationToken.None)).Distributions[0];
            await (step % 3 == 0 ? UpdateAsync(one.Id, one.ETag, $"step {step}") : CreateAsync($"E{step}"));
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(Describe(await new CatalogueLoader(_store, TimeProvider.System).LoadAsync(CancellationToken.None)), Describe(await loader.LoadAsync(CancellationToken.None)));
    }

    private static string Describe(Catalogue catalogue) => JsonSerializer.Serialize(new
    {
        catalogue.Version,
        catalogue.Revision,
        Distributions = catalogue.Distributions.Select(one => new { one.Id, one.ETag, one.Deployed, one.ChangedIn, one.ModifiedAt, one.Settings.Comment, one.Settings.CallerReference }),
    });

    private Task CreateAsync(string id) => ChangeAsync(ChangeVerb.Create, id, null, "new");

    private Task UpdateAsync(string id, string etag, string comment) => ChangeAsync(ChangeVerb.Update, id, etag, comment);

    private async Task DeployAsync()
    {
        var version = (await _store.ReadHeadAsync(CancellationToken.None)).SnapshotVersion;
        await _store.SaveEdgesAsync([new EdgeRow("e1", "P", version, 0)], CancellationToken.None);
        await _store.SettleAsync([], TimeSpan.FromHours(1), CancellationToken.None);
    }

    private async Task ChangeAsync(ChangeVerb verb, string id, string? expected, string comment)
    {
        var head = await _store.ReadHeadAsync(CancellationToken.None);
        var version = head.SnapshotVersion + 1;
        var row = new ResourceRow
        {
            Kind = ResourceKind.Distribution,
            Id = id,
            CallerReference = id,
            DomainName = $"{id}.test",
            ETag = ResourceIds.NewETag(),
            Body = Documents.Distribution(id, ("Comment", comment)).ToString(),
            ModifiedAt = DateTimeOffset.UnixEpoch,
            SnapshotVersion = version,
        };
        var change = new ResourceChange { Verb = verb, Row = row, ExpectedETag = expected, BaseVersion = head.SnapshotVersion, Snapshot = new SnapshotRow(version, "{}", row.ModifiedAt) };
        Assert.Equal(ChangeOutcome.Applied, await _store.ChangeResourceAsync(change, CancellationToken.None));
    }
}
