// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Routing;

namespace Frontier.Dns.Tests.Harness;

/// <summary>Whether edges answer, as a test says. Counts how often it was asked.</summary>
internal sealed class ScriptedHealth : IEdgeHealth
{
    private readonly Dictionary<string, bool> _answers = [];

    public int Asked { get; private set; }

    public ScriptedHealth Set(string edge, bool answers)
    {
        _answers[edge] = answers;
        return this;
    }

    public bool? Answers(string nodeId)
    {
        Asked++;
        return _answers.TryGetValue(nodeId, out var answers) ? answers : null;
    }
}
