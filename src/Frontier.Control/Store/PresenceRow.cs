// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>A process of the fleet, when it was last heard, and what it said. It outlives the silence after which an <see cref="EdgeRow"/> is forgotten, and no change waits for it.</summary>
/// <param name="Ago">By the store's clock, where it was read from there; zero while its report waits for an answer.</param>
/// <param name="Report">JSON; to the store it is a text.</param>
public sealed record PresenceRow(string Id, TimeSpan Ago, string Report);
