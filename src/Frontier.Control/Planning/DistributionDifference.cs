// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Frontier.Contracts;
using Frontier.Control.Domain.Distributions;
using Frontier.Decisions.Models;

namespace Frontier.Control.Planning;

/// <summary>What changes from one configuration of a distribution to another: by behavior, and for the whole. Pure.</summary>
internal static class DistributionDifference
{
    /// <summary>What changes beside the behaviors. Origins are told with the behaviors that use them.</summary>
    public static ImmutableArray<PlannedSetting> OfSettings(DistributionSettings? before, DistributionSettings after) =>
        BehaviorSettings.Differences(before is null ? [] : Settings(before), Settings(after));

    public static ImmutableArray<PlannedBehavior> OfBehaviors(PlannedSide? before, PlannedSide after)
    {
        var (old, now) = (before is null ? [] : Behaviors(before), Behaviors(after));
        var moved = Moved([.. old.Select(static behavior => behavior.Pattern)], [.. now.Select(static behavior => behavior.Pattern)]);
        var planned = ImmutableArray.CreateBuilder<PlannedBehavior>();
        foreach (var (pattern, settings) in now)
        {
            var was = old.Find(behavior => behavior.Pattern == pattern);
            var differences = BehaviorSettings.Differences(was.Settings ?? [], settings);
            if (was.Settings is null)
            {
                planned.Add(new PlannedBehavior(pattern, BehaviorChange.Added, differences));
            }
            else if (differences.Length > 0 || moved.Contains(pattern))
            {
                planned.Add(new PlannedBehavior(pattern, moved.Contains(pattern) ? BehaviorChange.Moved : BehaviorChange.Changed, differences));
            }
        }

        planned.AddRange(old.Where(behavior => !now.Exists(next => next.Pattern == behavior.Pattern))
            .Select(static gone => new PlannedBehavior(gone.Pattern, BehaviorChange.Removed, BehaviorSettings.Differences(gone.Settings, []))));
        return planned.ToImmutable();
    }

    private static List<(string Pattern, List<(string Name, string Text)> Settings)> Behaviors(PlannedSide side)
    {
        (string, List<(string, string)>) Named(string pattern, BehaviorConfig config, BehaviorModel model) => (pattern, [.. BehaviorSettings.Of(config, model)]);

        // A leading slash may be left out (DP-3.3); it makes no other pattern.
        return
        [
            .. side.Config.Behaviors.Zip(side.Model.Behaviors).Select(pair => Named("/" + pair.First.PathPattern.TrimStart('/'), pair.First, pair.Second)),
            Named("default", side.Config.DefaultBehavior, side.Model.DefaultBehavior),
        ];
    }

    /// <summary>Those that both have and that are not part of the longest run of patterns whose order stays.</summary>
    private static HashSet<string> Moved(List<string> before, List<string> after)
    {
        var common = after.Where(before.Contains).ToList();
        var places = common.ConvertAll(before.IndexOf);
        var longest = new int[places.Count];
        var previous = new int[places.Count];
        for (var i = 0; i < places.Count; i++)
        {
            (longest[i], previous[i]) = (1, -1);
            for (var j = 0; j < i; j++)
            {
                if (places[j] < places[i] && longest[j] >= longest[i])
                {
                    (longest[i], previous[i]) = (longest[j] + 1, j);
                }
            }
        }

        var moved = common.ToHashSet(StringComparer.Ordinal);
        for (var at = Array.IndexOf(longest, longest.DefaultIfEmpty().Max()); at >= 0; at = previous[at])
        {
            moved.Remove(common[at]);
        }

        return moved;
    }

    private static IEnumerable<(string Name, string Text)> Settings(DistributionSettings settings)
    {
        yield return ("Aliases", settings.Aliases.IsEmpty ? "none" : string.Join(", ", settings.Aliases));
        yield return ("Comment", settings.Comment);
        yield return ("Enabled", settings.Enabled ? "true" : "false");
        yield return ("DefaultRootObject", settings.DefaultRootObject.Length == 0 ? "none" : settings.DefaultRootObject);
        yield return ("HttpVersion", settings.HttpVersion);
        yield return ("IsIPV6Enabled", settings.IsIpv6Enabled ? "true" : "false");
        yield return ("PriceClass", settings.PriceClass);
        yield return ("Logging.IncludeCookies", settings.Logging.IncludeCookies ? "true" : "false");
        yield return ("ContinuousDeploymentPolicyId", settings.ContinuousDeploymentPolicyId.Length == 0 ? "none" : settings.ContinuousDeploymentPolicyId);
        yield return ("CacheTagConfig.HeaderName", settings.CacheTagHeaderName ?? "none");
        yield return ("ViewerMtlsConfig", settings.ViewerMtls is { } asked ? $"{asked.Mode}, {asked.TrustStoreId ?? "no trust store"}{(asked.AdvertiseTrustStoreCaNames ? ", names advertised" : "")}{(asked.IgnoreCertificateExpiry ? ", expiry ignored" : "")}" : "none");
        foreach (var error in settings.CustomErrorResponses)
        {
            var page = error.ResponsePagePath.Length == 0 ? "no page" : $"{error.ResponsePagePath} with {error.ResponseCode}";
            yield return (string.Create(CultureInfo.InvariantCulture, $"CustomErrorResponses {error.ErrorCode}"), string.Create(CultureInfo.InvariantCulture, $"{page}, ErrorCachingMinTTL {error.MinTtlSeconds} s"));
        }
    }
}
