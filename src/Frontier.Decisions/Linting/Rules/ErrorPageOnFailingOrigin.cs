// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Matching;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Who is down cannot say so.</summary>
internal static class ErrorPageOnFailingOrigin
{
    public static LintRule Rule { get; } = new(
        "error-page-on-failing-origin", LintSeverity.Warning,
        "The page for 5xx errors comes from the origin that fails.",
        "Keep the page in a bucket of its own, under a behavior for its path, such as /errors/*.")
    {
        Find = Find,
    };

    private static IEnumerable<(string Path, LintRemark Remark)> Find(LintSubject subject)
    {
        foreach (var (position, error) in subject.Config.ErrorResponses.Index().Where(static error => error.Item is { Status: >= 500, PagePath: not null }))
        {
            var page = BehaviorMatch.Find(subject.Model, Encoding.Latin1.GetBytes(error.PagePath!));
            if (page == subject.Model.DefaultBehavior || subject.Behaviors.Any(behavior => behavior.Model != page && behavior.Model.Origin.Id == page.Origin.Id))
            {
                yield return (
                    FormattableString.Invariant($"CustomErrorResponses.Items[{position}].ResponsePagePath"),
                    $"{error.PagePath} is fetched from {page.Origin.Id}, whose failure it is to explain: when that is down, viewers get the edge's own page (DP-19.7).");
            }
        }
    }
}
