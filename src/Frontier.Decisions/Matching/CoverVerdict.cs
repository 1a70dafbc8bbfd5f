// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Matching;

/// <summary>Whether patterns leave another one anything to match.</summary>
public enum CoverVerdict
{
    /// <summary>Every path that it matches is matched by one of them.</summary>
    Covered,

    /// <summary>There is a path that it alone matches.</summary>
    Escapes,

    /// <summary>The search went past its bound. Only patterns built to be hard come to that.</summary>
    Undecided,
}
