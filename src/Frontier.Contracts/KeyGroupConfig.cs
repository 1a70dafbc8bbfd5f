// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>Public keys that behaviors trust together (DP-24.3).</summary>
public sealed record KeyGroupConfig : ISnapshotPart
{
    public required string Id { get; init; }

    public required ImmutableArray<string> PublicKeyIds { get; init; }
}
