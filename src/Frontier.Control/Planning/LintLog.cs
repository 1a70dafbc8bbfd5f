// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Feed;
using Frontier.Decisions.Linting;
using Frontier.Decisions.Planning;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Planning;

/// <summary>Writes into the log what the linter says of a distribution that was just accepted: a line each, advice left out.</summary>
internal sealed partial class LintLog(FeedState feed, ILogger<LintLog> logger)
{
    /// <summary>A change leaves no more lines than one can read.</summary>
    private const int MostLines = 10;

    public void Report(string distributionId)
    {
        if (!logger.IsEnabled(LogLevel.Warning) || feed.Read().Snapshot is not { } snapshot || SingleDistribution.Compile(snapshot, distributionId) is not { Model: { } model } compiled)
        {
            return;
        }

        var findings = DistributionLint.Check(compiled.Config, model).Where(static finding => finding.Severity > LintSeverity.Advice).ToList();
        foreach (var finding in findings.Take(MostLines))
        {
            Log.Found(logger, distributionId, finding.Severity.Word, finding.Rule, finding.Path, finding.Why, finding.Remedy);
        }

        if (findings.Count > MostLines)
        {
            Log.More(logger, distributionId, findings.Count - MostLines);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3401, LogLevel.Warning, "Distribution {DistributionId}: {Severity} {Rule} at {Path}: {Why} {Remedy}", EventName = "LintFinding")]
        public static partial void Found(ILogger logger, string distributionId, string severity, string rule, string path, string why, string remedy);

        [LoggerMessage(3402, LogLevel.Warning, "Distribution {DistributionId}: the linter has {Count} more to say; ask with GET /frontier/v1/distributions/{DistributionId}/lint.", EventName = "LintFindingsLeftOut")]
        public static partial void More(ILogger logger, string distributionId, int count);
    }
}
