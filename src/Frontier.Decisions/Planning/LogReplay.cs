// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Explaining;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Planning;

/// <summary>Runs the lines of a log through the configuration that is and the one that is to be, and sums up what differs. Not thread-safe.</summary>
/// <param name="columns">Remembers from line to line what the fields are.</param>
public sealed class LogReplay(DistributionModel before, DistributionModel after, LogLineReader columns)
{
    /// <summary>Examples are to be read by people; a URL may have 8 KiB.</summary>
    private const int LongestText = 400;

    private readonly RequestReplay _before = new(before);
    private readonly RequestReplay _after = new(after);
    private readonly Dictionary<string, ReplayGroup> _groups = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _untold = new(StringComparer.Ordinal);
    private ReplaySummary _totals = ReplaySummary.Empty;

    public ReplaySummary Summary => _totals with { Untold = [.. _untold], Groups = [.. _groups.Values.OrderByDescending(static group => group.Requests)] };

    public void Add(string line)
    {
        if (columns.TakeComment(line))
        {
            return;
        }

        if (columns.Read(line) is { } request)
        {
            Add(request);
        }
        else
        {
            _totals = _totals with { Unreadable = _totals.Unreadable + 1 };
        }
    }

    private void Add(LoggedRequest request)
    {
        var status = _before.OriginStatus(request);
        var (was, will) = (_before.Run(request, status), _after.Run(request, status));
        var difference = ReplayDifference.Between(was, will);
        _untold.UnionWith(was.Untold);
        _untold.UnionWith(will.Untold);
        _totals = _totals with
        {
            Requests = _totals.Requests + 1,
            NotAsLogged = _totals.NotAsLogged + One(was.Status is { } expected && request.Status != 0 && expected != request.Status && request.Status is not (206 or 304)),
            Changed = _totals.Changed + One(difference.IsAny),
            Behavior = _totals.Behavior + One(difference.Behavior),
            Origin = _totals.Origin + One(difference.Origin),
            Status = _totals.Status + One(difference.Status),
            Key = _totals.Key + One(difference.Key),
            Ttl = _totals.Ttl + One(difference.Ttl),
            KeyOpen = _totals.KeyOpen + One(difference.KeyOpen),
        };
        if (difference.IsAny || difference.KeyOpen)
        {
            AddTo(new ReplayGroup(was.Behavior, will.Behavior, difference.Words, 1, [Example(request, was, will)]));
        }
    }

    private void AddTo(ReplayGroup group)
    {
        if (_groups.TryGetValue(group.Identity, out var known))
        {
            _groups[group.Identity] = known.Plus(group);
        }
        else if (_groups.Count < ReplaySummary.MostGroups)
        {
            _groups.Add(group.Identity, group);
        }
        else
        {
            _totals = _totals with { Ungrouped = _totals.Ungrouped + 1 };
        }
    }

    private static ReplayExample Example(LoggedRequest request, ReplayOutcome was, ReplayOutcome will) =>
        new(Shorten($"{request.Method} {request.Url}")!, request.Status, Shorten(was), Shorten(will));

    private static ReplayOutcome Shorten(ReplayOutcome outcome) => outcome with { Key = outcome.Key is { } key ? Shorten(PrintableText.Of(Encoding.Latin1.GetBytes(key))) : null, Origin = Shorten(outcome.Origin) };

    private static string? Shorten(string? text) => text is { Length: > LongestText } ? text[..LongestText] + "…" : text;

    private static int One(bool condition) => condition ? 1 : 0;
}
