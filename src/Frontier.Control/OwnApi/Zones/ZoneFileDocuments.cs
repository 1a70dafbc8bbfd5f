// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.OwnApi.Zones;

/// <summary>A zone file (RFC 1035, section 5).</summary>
/// <param name="Text">The file; $INCLUDE is refused.</param>
public sealed record ZoneFileDocument(string Text);

/// <summary>What an import made of a zone.</summary>
/// <param name="Put">How many record sets are new or other ones.</param>
/// <param name="Removed">How many are gone.</param>
/// <param name="Kept">How many stay that no zone file can hold: aliases and those with a routing policy or a health check.</param>
/// <param name="ChangeId">For Route 53's GetChange; null where nothing had to change.</param>
public sealed record ZoneFileImportedDocument(int Put, int Removed, int Kept, string? ChangeId = null);
