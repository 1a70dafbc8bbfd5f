// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>Which fields are encrypted, and for whom (DP-25.5, DP-25.8).</summary>
public sealed record FieldEncryptionProfileConfig : ISnapshotPart
{
    public required string Id { get; init; }

    /// <summary>One of the snapshot's public keys, of RSA.</summary>
    public required string PublicKeyId { get; init; }

    /// <summary>What messages name as the key: the name of the public key.</summary>
    public required string KeyName { get; init; }

    /// <summary>What messages name as the key's provider.</summary>
    public required string ProviderId { get; init; }

    /// <summary>Names of fields; one ending in <c>*</c> stands for all that begin so.</summary>
    public required ImmutableArray<string> FieldPatterns { get; init; }
}
