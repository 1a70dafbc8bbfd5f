// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Decisions.Planning;

/// <summary>What a change would have meant for the requests of a log.</summary>
public sealed record ReplaySummary
{
    /// <summary>Kinds of change told one by one; the requests of further kinds are only counted.</summary>
    public const int MostGroups = 100;

    public static ReplaySummary Empty { get; } = new();

    /// <summary>Lines that were run through both configurations.</summary>
    public long Requests { get; init; }

    /// <summary>Lines that are none of the standard log.</summary>
    public long Unreadable { get; init; }

    /// <summary>Requests that the present configuration would answer with another status than logged: the log is older, or a function answered.</summary>
    public long NotAsLogged { get; init; }

    /// <summary>Requests for which anything changes.</summary>
    public long Changed { get; init; }

    public long Behavior { get; init; }

    public long Origin { get; init; }

    public long Status { get; init; }

    public long Key { get; init; }

    public long Ttl { get; init; }

    /// <summary>Requests whose key may change by headers that the log does not tell; those with a change for certain are not among them.</summary>
    public long KeyOpen { get; init; }

    /// <summary>What many keys depend on and the log does not tell.</summary>
    public ImmutableArray<string> Untold { get; init => field = value.OrNone; } = [];

    /// <summary>Those with most requests first.</summary>
    public ImmutableArray<ReplayGroup> Groups { get; init => field = value.OrNone; } = [];

    /// <summary>Requests that belong to none of <see cref="Groups"/>.</summary>
    public long Ungrouped { get; init; }

    /// <summary>Two parts of one log taken together.</summary>
    public ReplaySummary Plus(ReplaySummary other)
    {
        var groups = Groups.Concat(other.Groups).GroupBy(static group => group.Identity)
            .Select(static same => same.Aggregate(static (one, next) => one.Plus(next))).OrderByDescending(static group => group.Requests).ToList();
        return new ReplaySummary
        {
            Requests = Requests + other.Requests,
            Unreadable = Unreadable + other.Unreadable,
            NotAsLogged = NotAsLogged + other.NotAsLogged,
            Changed = Changed + other.Changed,
            Behavior = Behavior + other.Behavior,
            Origin = Origin + other.Origin,
            Status = Status + other.Status,
            Key = Key + other.Key,
            Ttl = Ttl + other.Ttl,
            KeyOpen = KeyOpen + other.KeyOpen,
            Untold = [.. Untold.Union(other.Untold).Order(StringComparer.Ordinal)],
            Groups = [.. groups.Take(MostGroups)],
            Ungrouped = Ungrouped + other.Ungrouped + groups.Skip(MostGroups).Sum(static group => group.Requests),
        };
    }
}
