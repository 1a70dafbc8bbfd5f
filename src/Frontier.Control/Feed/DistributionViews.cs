// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Contracts.Zones;

namespace Frontier.Control.Feed;

/// <summary>What DNS nodes are told of distributions: all of them once, and from then on what changed. Pure.</summary>
internal static class DistributionViews
{
    /// <summary>Null for a node that has those of the newest snapshot, or wants none.</summary>
    public static ServedDistributions? LackingOf(FeedMoment feed, ZoneReport report)
    {
        if (report.SnapshotVersion is not { } version || (version == feed.Version && report.SnapshotCreatedAt == CreatedAt(feed.Snapshot)))
        {
            return null;
        }

        var basis = feed.Recent.FirstOrDefault(recent => recent.Version == version && recent.CreatedAt == report.SnapshotCreatedAt);
        return Difference(basis, feed.Snapshot);
    }

    /// <param name="before">Null for a node that has nothing, or something from elsewhere.</param>
    /// <param name="after">Null where there is no snapshot yet.</param>
    public static ServedDistributions Difference(ConfigSnapshot? before, ConfigSnapshot? after)
    {
        // One that did not change is the same object in both, so ten thousand of them are compared in no time.
        var known = (before?.Distributions ?? []).Where(HasName).ToDictionary(static distribution => distribution.DomainName, StringComparer.Ordinal);
        var put = ImmutableArray.CreateBuilder<ServedDistribution>();
        foreach (var distribution in (after?.Distributions ?? []).Where(HasName))
        {
            if (!known.Remove(distribution.DomainName, out var same) || (!ReferenceEquals(same, distribution) && View(same) != View(distribution)))
            {
                put.Add(View(distribution));
            }
        }

        return new ServedDistributions { Version = after?.Version ?? 0, CreatedAt = CreatedAt(after), IsWhole = before is null, Put = put.DrainToImmutable(), Removed = [.. known.Keys] };
    }

    /// <summary>A staging distribution serves requests for its primary distribution only, and nobody finds it by its own name (DP-2.8).</summary>
    private static bool HasName(DistributionConfig distribution) => !distribution.Staging;

    private static ServedDistribution View(DistributionConfig distribution) => new(distribution.DomainName, distribution.PriceClass, distribution.IsIpv6Enabled, distribution.Http2);

    private static DateTimeOffset CreatedAt(ConfigSnapshot? snapshot) => snapshot?.CreatedAt ?? default;
}
