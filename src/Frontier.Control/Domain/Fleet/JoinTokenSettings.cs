// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;

namespace Frontier.Control.Domain.Fleet;

/// <summary>What a token lets in; the hash of its secret is the id of the resource.</summary>
/// <param name="UsesLeft">How many machines may still join by it.</param>
internal sealed record JoinTokenSettings(NodeRole Role, string Pop, DateTimeOffset ExpiresAt, int UsesLeft);
