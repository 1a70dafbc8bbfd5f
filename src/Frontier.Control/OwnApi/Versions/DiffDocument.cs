// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Versions;

namespace Frontier.Control.OwnApi.Versions;

/// <summary>What differs between two versions; no changes when both say the same.</summary>
public sealed record DiffDocument(string DistributionId, VersionDocument From, VersionDocument To, IReadOnlyList<DocumentChange> Changes);
