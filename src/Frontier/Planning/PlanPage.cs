// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;
using Frontier.Control.Planning;
using Frontier.Decisions.Linting;
using Frontier.Decisions.Planning;

namespace Frontier.Planning;

/// <summary>A plan as a page for a terminal: what changes, what is doubtful, whom it meets.</summary>
internal static class PlanPage
{
    /// <summary>Kinds of change told of; <c>--json</c> has more.</summary>
    private const int MostGroups = 12;

    public static string Text(PlanDocument plan)
    {
        var page = new StringBuilder();
        Line(page, plan.DistributionId is { } id ? $"Distribution {id}, as of {plan.ETag}" : "A new distribution");
        if (plan.Refused is { } refused)
        {
            Line(page, "");
            Line(page, $"Refused: the API would answer {refused.Code}.");
            Line(page, $"  {refused.Message}");
            return page.ToString().TrimEnd('\n');
        }

        WriteChanges(page, plan);
        Write(page, "New findings", plan.NewFindings);
        Write(page, "Findings that are gone", plan.GoneFindings);
        Write(page, "Findings as before", plan.KeptFindings);
        if (plan.NewFindings.IsEmpty && plan.KeptFindings.IsEmpty)
        {
            Line(page, "");
            Line(page, "Lint: nothing to say.");
        }

        if (plan.Replay is { } replay)
        {
            Write(page, replay);
        }

        return page.ToString().TrimEnd('\n');
    }

    private static void WriteChanges(StringBuilder page, PlanDocument plan)
    {
        Line(page, "");
        if (plan.Settings.IsEmpty && plan.Behaviors.IsEmpty)
        {
            Line(page, "Nothing changes that edges know of.");
            return;
        }

        Line(page, "Changes");
        foreach (var setting in plan.Settings)
        {
            Write(page, "  ", setting);
        }

        foreach (var behavior in plan.Behaviors)
        {
            var mark = behavior.Change switch { BehaviorChange.Added => "+", BehaviorChange.Removed => "-", BehaviorChange.Changed => "~", BehaviorChange.Moved => "^" };
            Line(page, $"  {mark} {behavior.Pattern} {behavior.Change.ToString().ToLowerInvariant()}");
            foreach (var setting in behavior.Settings.Where(setting => IsTold(behavior.Change, setting)))
            {
                Write(page, "      ", setting);
            }
        }
    }

    /// <summary>Of a behavior that is gone nobody needs the details, of a new one nobody what it does without.</summary>
    private static bool IsTold(BehaviorChange change, PlannedSetting setting) => change switch
    {
        BehaviorChange.Added => setting.After is not ("none" or "off"),
        BehaviorChange.Removed => false,
        BehaviorChange.Changed or BehaviorChange.Moved => true,
    };

    private static void Write(StringBuilder page, string indent, PlannedSetting setting) => Line(page, (setting.Before, setting.After) switch
    {
        (null, var after) => $"{indent}{setting.Name}: {after}",
        (var before, null) => $"{indent}{setting.Name}: was {before}",
        var (before, after) => $"{indent}{setting.Name}: {before} → {after}",
    });

    private static void Write(StringBuilder page, string title, ImmutableArray<LintFinding> findings)
    {
        if (findings.IsEmpty)
        {
            return;
        }

        Line(page, "");
        Line(page, title);
        foreach (var finding in findings)
        {
            Line(page, $"  {finding.Severity.Word} {finding.Rule}  {finding.Path}");
            Line(page, $"      {finding.Why}");
            Line(page, $"      {finding.Remedy}");
        }
    }

    private static void Write(StringBuilder page, ReplaySummary replay)
    {
        Line(page, "");
        Line(page, $"Replay: {replay.Requests} requests, {replay.Changed} of them changed");
        foreach (var (count, what) in new[]
        {
            (replay.Behavior, "meet another behavior"), (replay.Status, "get another status"), (replay.Key, "have another cache key, or are cached where they were not"),
            (replay.Ttl, "may be kept for another time"), (replay.Origin, "ask the origin for something else"),
            (replay.KeyOpen, "may have another cache key, by headers that the log does not tell"),
            (replay.NotAsLogged, "were not answered as the present configuration answers: the log is older, or a function answered"),
            (replay.Unreadable, "lines are none of the standard log"),
        })
        {
            if (count > 0)
            {
                Line(page, $"  {count,10} {what}");
            }
        }

        foreach (var group in replay.Groups.Take(MostGroups))
        {
            Line(page, "");
            Line(page, $"  {group.Requests} × {(group.Before == group.After ? group.Before : $"{group.Before} → {group.After}")}");
            foreach (var change in group.Changes)
            {
                Line(page, $"      {change}");
            }

            Line(page, $"      such as {group.Examples[0].Request}");
        }

        if (replay.Groups.Length > MostGroups || replay.Ungrouped > 0)
        {
            Line(page, "");
            Line(page, $"  And {replay.Groups.Skip(MostGroups).Sum(static group => group.Requests) + replay.Ungrouped} requests of further kinds; --json has more of them.");
        }

        if (!replay.Untold.IsEmpty)
        {
            Line(page, "");
            Line(page, $"  Keys depend on what the log does not tell: {string.Join("; ", replay.Untold)}.");
        }
    }

    private static void Line(StringBuilder page, string text) => page.Append(text).Append('\n');
}
