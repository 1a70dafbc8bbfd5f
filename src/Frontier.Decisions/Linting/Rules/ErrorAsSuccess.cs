// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Matching;

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Usual for single-page applications; a trap where an API is beside them.</summary>
internal static class ErrorAsSuccess
{
    public static LintRule Rule { get; } = new(
        "error-as-success", LintSeverity.Warning,
        "An error is sent with status 200.",
        "Keep the error's own status; for a single-page application, answer its routes in a function instead, or keep its paths in a distribution without an API.")
    {
        Find = Find,
    };

    private static IEnumerable<(string Path, LintRemark Remark)> Find(LintSubject subject)
    {
        foreach (var (position, error) in subject.Config.ErrorResponses.Index())
        {
            if (error.PageStatus is not (>= 200 and < 300))
            {
                continue;
            }

            var path = FormattableString.Invariant($"CustomErrorResponses.Items[{position}].ResponseCode");
            var page = BehaviorMatch.Find(subject.Model, Encoding.Latin1.GetBytes(error.PagePath!));
            if (error.Status >= 500)
            {
                yield return (path, $"Every {error.Status} looks like success to caches, crawlers and monitors.");
            }
            else if (subject.Behaviors.FirstOrDefault(behavior => behavior.Model.Origin.Id != page.Origin.Id) is { } other)
            {
                yield return (path, $"Error pages count for the whole distribution: a {error.Status} of {other.Model.Origin.Id} becomes {error.PagePath} with {error.PageStatus} as well (DP-19.6).");
            }
            else
            {
                yield return (path, LintRemark.Advice($"What is not there is answered with {error.PageStatus}: usual for single-page applications, and invisible to crawlers and monitors."));
            }
        }
    }
}
