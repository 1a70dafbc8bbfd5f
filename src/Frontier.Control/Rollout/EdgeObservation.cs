// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Control.Rollout;

/// <summary>What the process that hears an edge knows of it.</summary>
/// <param name="Refused">What it would not serve, as its last report says.</param>
/// <param name="Before">How it fared with the version before.</param>
/// <param name="Now">How it fares with the one it serves.</param>
internal sealed record EdgeObservation(string EdgeId, SnapshotRefusal? Refused, HealthSum Before, HealthSum Now);
