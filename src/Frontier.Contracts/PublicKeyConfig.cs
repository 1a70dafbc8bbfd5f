// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts;

/// <summary>A key by which signatures are verified (DP-24.2).</summary>
public sealed record PublicKeyConfig : ISnapshotPart
{
    /// <summary>What signers send as <c>Key-Pair-Id</c>, e.g. <c>K2JCJMDEHXQW5F</c>.</summary>
    public required string Id { get; init; }

    /// <summary>RFC 5280's structure in base64: RSA of 2,048 bits, or ECDSA of the curve P-256.</summary>
    public required string SubjectPublicKeyInfo { get; init; }
}
