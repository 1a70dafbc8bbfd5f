// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Policies;

/// <summary>What the configurations of all kinds of policy have in common (<c>api.md</c> §9.1).</summary>
internal abstract record PolicySettings
{
    /// <summary>Unique among the policies of its kind, managed ones included.</summary>
    public required string Name { get; init; }

    public string Comment { get; init; } = "";
}
