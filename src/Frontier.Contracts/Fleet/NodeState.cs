// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts.Fleet;

/// <summary>What the control plane knows of a machine that belongs to the fleet.</summary>
public enum NodeState
{
    /// <summary>Heard of, and meant to serve.</summary>
    InService,

    /// <summary>Heard of, and meant to lose its viewers: it or its point of presence is drained.</summary>
    Draining,

    /// <summary>Not heard of for longer than the silence allowed. It may serve well all the same.</summary>
    Silent,
}
