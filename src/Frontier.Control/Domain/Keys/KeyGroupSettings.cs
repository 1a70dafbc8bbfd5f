// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.Keys;

/// <summary>Public keys that a cache behavior trusts together (<c>api.md</c> §6.10).</summary>
/// <param name="PublicKeys">Ids, in the caller's order.</param>
internal sealed record KeyGroupSettings(string Name, ImmutableArray<string> PublicKeys, string Comment);
