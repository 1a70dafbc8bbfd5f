// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts.Fleet;

/// <summary>What a machine of the fleet does (<c>design.md</c> §6).</summary>
public enum NodeRole
{
    /// <summary>Serves viewers.</summary>
    Edge,

    /// <summary>A regional edge cache, which serves edges: between them and origins, and as Origin Shield (DP-26.1).</summary>
    Regional,

    /// <summary>Answers DNS queries.</summary>
    Dns,
}
