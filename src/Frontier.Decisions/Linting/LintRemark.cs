// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting;

/// <summary>What a rule has to say of one place.</summary>
/// <param name="Severity">Null for the rule's own.</param>
internal sealed record LintRemark(string Why, LintSeverity? Severity = null)
{
    public static implicit operator LintRemark(string why) => new(why);

    /// <summary>The same, where it weighs less than usual.</summary>
    public static LintRemark Advice(string why) => new(why, LintSeverity.Advice);
}
