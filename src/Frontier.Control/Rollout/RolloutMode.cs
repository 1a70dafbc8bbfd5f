// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Rollout;

/// <summary>How a new version of the configuration comes to the edges.</summary>
public enum RolloutMode
{
    /// <summary>To all of them in the moment it is accepted.</summary>
    AtOnce,

    /// <summary>To one edge, then to its point of presence, then to all; where there are fewer than three edges, at once.</summary>
    Waves,
}
