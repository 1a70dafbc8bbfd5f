// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tiers;

/// <summary>
/// The way of a miss (DP-26.1): the edge that owns the key in this point of presence, a regional edge cache, then for each origin by itself the
/// cache that shields it (DP-26.4), and the origin. Empty where nobody stands between.
/// </summary>
/// <param name="Parents">Asked in turn until one answers, whichever origin of a group is asked in the end.</param>
/// <param name="Shields">Asked in the place of the origin.</param>
/// <param name="SecondaryShields">Asked in the place of the group's second origin.</param>
public sealed record TierWay(ImmutableArray<TierHop> Parents, ImmutableArray<TierHop> Shields, ImmutableArray<TierHop> SecondaryShields)
{
    /// <summary>Straight to the origin.</summary>
    public static readonly TierWay Straight = new([], [], []);

    /// <summary>Machines of one kind that are tried: whoever is asked, and who stands in for it.</summary>
    private const int Candidates = 2;

    public bool IsStraight => Parents.IsEmpty && Shields.IsEmpty && SecondaryShields.IsEmpty;

    /// <summary>Whether this machine is not the one that keeps the object for its point of presence.</summary>
    public bool HasOwner => Parents is [{ Level: TierLevel.Owner }, ..];

    public static TierWay Decide(TierMap map, in TierQuestion question)
    {
        if (map.IsAlone || question.Level is TierLevel.Shield)
        {
            return Straight;
        }

        var shields = Shield(map, question, question.Origin);
        var secondaryShields = question.Secondary is { } secondary ? Shield(map, question, secondary) : [];
        var parents = question.IsDynamic ? [] : Owner(map, question).AddRange(Regional(map, question, shields)); // DP-26.2
        return parents.IsEmpty && shields.IsEmpty && secondaryShields.IsEmpty ? Straight : new TierWay(parents, shields, secondaryShields);
    }

    /// <summary>Nobody is asked who comes after this machine: where all before it are gone, it is the owner itself.</summary>
    private static ImmutableArray<TierHop> Owner(TierMap map, in TierQuestion question) => question.Level is not TierLevel.Edge
        ? []
        :
        [
            .. Rendezvous.Order(map.Owners, question.Key.Hash).TakeWhile(owner => owner.Id != map.OwnId).Take(Candidates)
                .Select((owner, i) => new TierHop(owner, TierLevel.Owner, i == 0 ? $"it owns the key in {map.Pop}" : $"it stands in for the key's owner in {map.Pop}")),
        ];

    private static ImmutableArray<TierHop> Regional(TierMap map, in TierQuestion question, ImmutableArray<TierHop> shields)
    {
        if (question.Level >= TierLevel.Regional || map.RegionsByDistance is not [var region, ..] || IsNextTo(question, region))
        {
            return [];
        }

        var hash = question.Key.Hash;
        var ordered = Rendezvous.Order(map.Regionals[region], hash);
        if (shields is [var shield, ..] && ordered.Contains(shield.Node))
        {
            return []; // the same caches shield the origin: one look at them is enough
        }

        var where = region == map.Region ? $"the regional edge cache of {region}" : $"the nearest regional edge cache, in {region}";
        return [.. ordered.Where(node => node.Id != map.OwnId).Take(Candidates).Select(node => new TierHop(node, TierLevel.Regional, where))];
    }

    /// <summary>DP-26.2: a bucket in the region of the cache is as near as the cache.</summary>
    private static bool IsNextTo(in TierQuestion question, string region) =>
        question.Origin.Config.S3?.Region == region && (question.Secondary is null || question.Secondary.Config.S3?.Region == region);

    /// <summary>DP-26.3, DP-26.4: two in the region that is wanted or stands in for it, and one in the next.</summary>
    private static ImmutableArray<TierHop> Shield(TierMap map, in TierQuestion question, OriginModel origin)
    {
        if (origin.Config.ShieldRegion is not { } wanted || map.Regionals.Count == 0)
        {
            return [];
        }

        var hash = question.Key.Hash;
        var regions = Regions.ForShield(wanted, map.Regionals.Keys);
        var primary = Rendezvous.Order(map.Regionals[regions[0]], hash);
        if (primary[0].Id == map.OwnId)
        {
            return []; // this is the shield
        }

        var where = regions[0] == wanted ? $"Origin Shield in {wanted}" : $"Origin Shield for {wanted}, which is in {regions[0]}";
        var hops = primary.Take(Candidates).Select(node => new TierHop(node, TierLevel.Shield, where));
        var elsewhere = regions.Length > 1 ? Rendezvous.Order(map.Regionals[regions[1]], hash)[..1] : [];
        return
        [
            .. hops.Concat(elsewhere.Select(node => new TierHop(node, TierLevel.Shield, $"it stands in for Origin Shield in {regions[0]} while nobody answers there")))
                .Where(hop => hop.Node.Id != map.OwnId),
        ];
    }
}
