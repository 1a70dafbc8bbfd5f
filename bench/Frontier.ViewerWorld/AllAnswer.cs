// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Routing;

namespace Frontier.ViewerWorld;

/// <summary>A day on which nothing is down.</summary>
internal sealed class AllAnswer : IEdgeHealth
{
    public static readonly AllAnswer Instance = new();

    public bool? Answers(string nodeId) => true;
}
