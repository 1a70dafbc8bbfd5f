// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Frontier.Control.OwnApi.Versions;

/// <summary>What is asked of a rollback.</summary>
/// <param name="Version">The version to return to; null for the one before the present one.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RollbackDocument(long? Version = null);
