// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts;

/// <summary>What an edge does with what it has stored while the control plane does not answer it, and others may have been told that an invalidation is complete.</summary>
public enum CutOffChoice
{
    /// <summary>Serves it as ever: being reachable counts for more than being up to date.</summary>
    Serve,

    /// <summary>Asks the origin about it each time; where the origin fails, too, the rules for stale answers decide (DP-18.2, DP-18.3).</summary>
    Revalidate,

    /// <summary>Leaves the cache alone: every request goes to the origin.</summary>
    Bypass,
}
