// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Collapsing;

/// <summary>Where a fill keeps what has arrived.</summary>
internal enum FillKeeping
{
    /// <summary>All of it in memory.</summary>
    Memory,

    /// <summary>Whole blocks go to disk as they fill.</summary>
    Disk,

    /// <summary>Nowhere: a window between the slowest reader and the writer.</summary>
    Window,
}
