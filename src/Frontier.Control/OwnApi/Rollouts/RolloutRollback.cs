// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Control.Domain;
using Frontier.Control.Feed;
using Frontier.Control.OwnApi.Versions;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.OwnApi.Rollouts;

/// <summary>
/// Takes back what changed since a version of the configuration, by new versions of the distributions that changed. What the API shows and
/// what edges serve remain one: a former snapshot served under a later configuration would be a lie.
/// </summary>
internal sealed class RolloutRollback(IControlStore store, SnapshotHistory history, FeedState feed, RollbackOperations rollback)
{
    private static readonly ApiError CannotBeTakenBack = new("CannotBeTakenBack", 409, "");

    /// <param name="version">What is to be in force again.</param>
    /// <returns>The newest version of the configuration then.</returns>
    public async Task<Outcome<ConfigVersion>> RunAsync(long version, CancellationToken cancellationToken)
    {
        if (version == 0 || await history.ReadAsync(version, null, cancellationToken) is not { } wanted)
        {
            return CannotBeTakenBack.Saying("There is no version of the configuration before this one.");
        }

        var rows = (await store.ReadContentsAsync([], cancellationToken)).Resources;
        var changed = rows.Where(row => row.SnapshotVersion > version).ToList();
        List<string> obstacles =
        [
            .. changed.Where(static row => row.Kind is not ResourceKind.Distribution).Select(static row => $"{row.Kind} {row.Id} changed and has no versions to go back to"),
            .. wanted.Distributions.Where(before => rows.All(row => row.Kind is not ResourceKind.Distribution || row.Id != before.Id)).Select(static before => $"distribution {before.Id} was deleted"),
        ];
        foreach (var row in changed.Where(static row => row.Kind is ResourceKind.Distribution))
        {
            if (await rollback.FindAsOfAsync(row.Id, wanted.CreatedAt, cancellationToken) is null)
            {
                obstacles.Add($"distribution {row.Id} was created since, or its version of then is kept no more");
            }
        }

        if (obstacles.Count > 0)
        {
            return CannotBeTakenBack.Saying(
                $"Nothing was taken back, for not all of it can be: {string.Join("; ", obstacles.Take(10))}. Change that back by the API, or disable it, and say \"frontier rollout resume\".");
        }

        if (changed.Count == 0)
        {
            return CannotBeTakenBack.Saying(string.Create(CultureInfo.InvariantCulture, $"No distribution has changed since version {version}."));
        }

        foreach (var row in changed)
        {
            if ((await rollback.RestoreAsync(row.Id, wanted.CreatedAt, row.ETag, cancellationToken)).Failed(out var error, out _))
            {
                return error.Saying($"Distribution {row.Id}: {error.Message}");
            }
        }

        return new ConfigVersion(feed.Read().Version);
    }
}

/// <summary>A version of the configuration.</summary>
internal sealed record ConfigVersion(long Number);
