// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.SignedUrls;

/// <summary>A part of what proves that a URL or its cookies were signed.</summary>
internal enum SigningPart
{
    None,
    Expires,
    Policy,
    Signature,
    KeyPairId,
    HashAlgorithm,
}
