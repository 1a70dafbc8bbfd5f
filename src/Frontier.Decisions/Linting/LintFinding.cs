// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting;

/// <summary>A place in a configuration that breaks a rule.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Path">In the configuration, as the AWS CLI's JSON has it, such as <c>CacheBehaviors.Items[0].CachePolicyId</c>.</param>
/// <param name="Why">One sentence: what happens.</param>
/// <param name="Remedy">One sentence: what to do.</param>
public sealed record LintFinding(string Rule, LintSeverity Severity, string Path, string Why, string Remedy)
{
    /// <summary>Whether another configuration's finding says the same. A behavior's place in the list is not what it is about.</summary>
    public bool IsAbout(LintFinding other) => Rule == other.Rule && Severity == other.Severity && Why == other.Why;
}
