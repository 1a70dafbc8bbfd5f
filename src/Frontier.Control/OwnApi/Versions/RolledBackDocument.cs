// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Versions;

namespace Frontier.Control.OwnApi.Versions;

/// <summary>What a rollback did.</summary>
/// <param name="Version">The new version; it repeats an older one.</param>
/// <param name="Changes">What it changed.</param>
public sealed record RolledBackDocument(string DistributionId, VersionDocument Version, IReadOnlyList<DocumentChange> Changes);
