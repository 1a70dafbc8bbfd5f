// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Linting;

/// <summary>
/// Looks for what a configuration should not do although it may. Rules judge what the edge will do, so they read the compiled
/// model: legacy settings and policies are one to them. Pure.
/// </summary>
public static class DistributionLint
{
    /// <summary>What is worst first, then in the order of <see cref="LintRules"/>.</summary>
    /// <param name="config">What <paramref name="model"/> was compiled from.</param>
    public static ImmutableArray<LintFinding> Check(DistributionConfig config, DistributionModel model)
    {
        var subject = new LintSubject(config, model);
        return [.. LintRules.All.SelectMany(rule => rule.Check(subject)).OrderByDescending(static finding => finding.Severity)];
    }
}
