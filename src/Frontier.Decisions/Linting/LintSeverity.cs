// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Linting;

/// <summary>How bad a finding is. Nothing is refused because of one.</summary>
public enum LintSeverity
{
    /// <summary>It may well be meant; a better way is named.</summary>
    Advice,

    /// <summary>It is likely to hurt: speed, freshness, or what is promised to viewers.</summary>
    Warning,

    /// <summary>It cannot be meant: a setting without effect, or one viewer's answer given to another.</summary>
    Error,
}

public static class LintSeverities
{
    extension(LintSeverity severity)
    {
        /// <summary>The word on the page and in the log.</summary>
        public string Word => severity switch
        {
            LintSeverity.Advice => "advice",
            LintSeverity.Warning => "warning",
            LintSeverity.Error => "error",
        };
    }
}
