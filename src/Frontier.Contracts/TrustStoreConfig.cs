// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>The authorities whose certificates of viewers count (DP-31.4).</summary>
public sealed record TrustStoreConfig : ISnapshotPart
{
    public required string Id { get; init; }

    /// <summary>Of authorities, each DER in base64: self-signed ones are trusted, others help to get from a viewer's certificate to one of those.</summary>
    public required ImmutableArray<string> Certificates { get; init; }
}
