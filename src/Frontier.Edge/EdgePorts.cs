// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge;

/// <summary>
/// The port that redirects to https name; there is one for each scheme, as DP-30.6 has it, but the operator says which. Where the
/// operator asks for any free one, it is known once the listener is bound.
/// </summary>
internal sealed class EdgePorts
{
    public required int Https { get; set; }
}
