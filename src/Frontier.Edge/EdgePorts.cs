// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge;

/// <summary>The ports viewers use, known once the listener is bound: redirects to https name theirs.</summary>
internal sealed class EdgePorts
{
    public int Https { get; set; } = 443;
}
