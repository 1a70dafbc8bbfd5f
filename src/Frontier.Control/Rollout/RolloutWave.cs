// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Rollout;

/// <summary>Who gets a new version. Stored by name: members may be added, never renamed.</summary>
internal enum RolloutWave
{
    /// <summary>One edge.</summary>
    Canary,

    /// <summary>The point of presence that the canary is in.</summary>
    Pop,

    /// <summary>Everybody: the rollout is over.</summary>
    All,
}
