// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting;

/// <summary>Something that a configuration should not do.</summary>
/// <param name="Id">Never changes: people and scripts know rules by it.</param>
/// <param name="Severity">At most; a place may weigh less.</param>
/// <param name="Meaning">What the rule finds, for the page of all rules.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record LintRule(string Id, LintSeverity Severity, string Meaning, string Remedy)
{
    /// <summary>Every place in a distribution that breaks the rule.</summary>
    internal Func<LintSubject, IEnumerable<(string Path, LintRemark Remark)>> Find { get; init; } = static _ => [];

    internal IEnumerable<LintFinding> Check(LintSubject subject) =>
        Find(subject).Select(place => new LintFinding(Id, place.Remark.Severity ?? Severity, place.Path, place.Remark.Why, Remedy));

    /// <summary>A rule about each behavior by itself.</summary>
    /// <param name="member">The member of the behavior that is to blame.</param>
    /// <param name="judge">Null where all is well.</param>
    internal static LintRule OfBehavior(string id, LintSeverity severity, string member, string meaning, string remedy, Func<LintedBehavior, LintRemark?> judge) =>
        new(id, severity, meaning, remedy)
        {
            Find = subject => subject.Behaviors.Select(behavior => (behavior.PathOf(member), Remark: judge(behavior))).Where(static place => place.Remark is not null).Select(static place => (place.Item1, place.Remark!)),
        };
}
