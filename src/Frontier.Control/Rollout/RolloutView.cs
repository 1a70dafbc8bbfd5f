// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Control.Rollout;

/// <summary>Which edge gets which snapshot, as of one state of the rollout.</summary>
/// <param name="State">Null where every edge gets the newest.</param>
/// <param name="Good">The snapshot of <see cref="RolloutState.Good"/>; null while there is none.</param>
/// <param name="Target">That of <see cref="RolloutState.Target"/>.</param>
internal sealed record RolloutView(RolloutState? State, ConfigSnapshot? Good, ConfigSnapshot? Target)
{
    public static readonly RolloutView AtOnce = new(null, null, null);

    /// <returns>Null while there is none for it: a first configuration that others try.</returns>
    public ConfigSnapshot? For(string edgeId, string pop, ConfigSnapshot? newest) =>
        State is not { } state ? newest
        : state.IsUnderWay && (edgeId == state.Canary || (state.Wave is RolloutWave.Pop && pop == state.Pop)) ? Target
        : Good;
}
