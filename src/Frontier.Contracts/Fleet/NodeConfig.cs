// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts.Fleet;

/// <summary>A machine of the fleet, as other machines need to know it.</summary>
public sealed record NodeConfig
{
    /// <summary>Chosen by the machine at its first start and kept, e.g. <c>edge-1f0c…</c>; its certificate names it.</summary>
    public required string Id { get; init; }

    /// <summary><see cref="PopConfig.Name"/> of where it is.</summary>
    public required string Pop { get; init; }

    public required NodeFacts Facts { get; init; }

    public required NodeState State { get; init; }

    /// <summary>How much of what it can do it does, in steps of ten percent, 0 to 100; kept where the last report was not far from it, so that it does not change with every one.</summary>
    public int Load { get; init; }
}
