// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Routing;

/// <summary>Who knows whether edges answer. Asked for each edge of each decision; must answer at once, from memory.</summary>
public interface IEdgeHealth
{
    /// <summary>Whether the machine answered when it was last asked; null where it was not asked lately.</summary>
    bool? Answers(string nodeId);
}
