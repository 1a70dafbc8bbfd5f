// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting.Rules;

/// <summary>A bucket has nothing at its root.</summary>
internal static class NoRootObject
{
    public static LintRule Rule { get; } = new(
        "no-root-object", LintSeverity.Advice,
        "The default behavior's origin is a bucket, and there is no default root object.",
        "Set DefaultRootObject, such as index.html.")
    {
        Find = Find,
    };

    private static IEnumerable<(string Path, LintRemark Remark)> Find(LintSubject subject) =>
        subject.Config.DefaultRootObject.Length == 0 && subject.Default.Model.Origin.IsS3
            ? [("DefaultRootObject", (LintRemark)"Who asks for / gets the bucket's listing or an error: a bucket has no object of that name (DP-3.11).")]
            : [];
}
