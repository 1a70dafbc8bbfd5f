// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.OwnApi.Versions;

/// <summary>Versions of one distribution, newest first.</summary>
/// <param name="NextBefore">The parameter <c>before</c> of the next page; null when this is the last.</param>
public sealed record VersionPageDocument(string DistributionId, IReadOnlyList<VersionDocument> Versions, long? NextBefore = null);
