// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting.Rules;

/// <summary>Errors outlive their cause.</summary>
internal static class LongErrorTtl
{
    public static LintRule Rule { get; } = new(
        "long-error-ttl", LintSeverity.Warning,
        "Errors are kept for long: 5xx for more than a minute, others for more than an hour.",
        "Set ErrorCachingMinTTL to 10 or less for 5xx, and to some minutes for 403 and 404.")
    {
        Find = Find,
    };

    private const int MostForFailures = 60;

    private const int MostForOthers = 3_600;

    private static IEnumerable<(string Path, LintRemark Remark)> Find(LintSubject subject)
    {
        foreach (var (position, error) in subject.Config.ErrorResponses.Index())
        {
            if (error.MinTtlSeconds > (error.Status >= 500 ? MostForFailures : MostForOthers))
            {
                var why = error.Status >= 500
                    ? $"A failure of a moment is served for {error.MinTtlSeconds} s after the origin works again (DP-19.1)."
                    : $"What answered {error.Status} once stays so for {error.MinTtlSeconds} s after it is there (DP-19.1).";
                yield return (FormattableString.Invariant($"CustomErrorResponses.Items[{position}].ErrorCachingMinTTL"), why);
            }
        }
    }
}
