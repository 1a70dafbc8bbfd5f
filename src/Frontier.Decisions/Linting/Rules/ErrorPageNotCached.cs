// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Matching;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Errors should cost an origin nothing.</summary>
internal static class ErrorPageNotCached
{
    public static LintRule Rule { get; } = new(
        "error-page-not-cached", LintSeverity.Advice,
        "The path of an error page belongs to a behavior that caches nothing.",
        "Give the page's path a behavior with a cache policy such as CachingOptimized.")
    {
        Find = Find,
    };

    private static IEnumerable<(string Path, LintRemark Remark)> Find(LintSubject subject)
    {
        foreach (var (position, error) in subject.Config.ErrorResponses.Index().Where(static error => error.Item.PagePath is not null))
        {
            if (BehaviorMatch.Find(subject.Model, Encoding.Latin1.GetBytes(error.PagePath!)) is { CachePolicy.CachingDisabled: true } page)
            {
                yield return (
                    FormattableString.Invariant($"CustomErrorResponses.Items[{position}].ResponsePagePath"),
                    $"{error.PagePath} is fetched from {page.Origin.Id} for every {error.Status}, just when it has trouble.");
            }
        }
    }
}
