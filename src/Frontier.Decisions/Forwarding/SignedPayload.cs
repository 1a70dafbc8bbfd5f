// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;

namespace Frontier.Decisions.Forwarding;

/// <summary>What stands for the body in the signature of a request to an origin (DP-13.10).</summary>
/// <param name="Hash">The value of <c>x-amz-content-sha256</c>.</param>
/// <param name="IsChunked">The viewer sent the body as <c>aws-chunked</c>.</param>
/// <param name="HasTrailer">Fields follow its last chunk.</param>
/// <param name="DropsSignatures">
/// Its chunks are signed with the viewer's key, each by way of the signature of the head, which is not the one that is sent. No
/// origin could verify them, so they are left out. Checksums in the trailer stay.
/// </param>
public readonly record struct SignedPayload(string Hash, bool IsChunked, bool HasTrailer, bool DropsSignatures)
{
    /// <param name="given">The viewer's <c>x-amz-content-sha256</c>; null for none.</param>
    /// <param name="hasBody">
    /// Without a body the viewer's word does not count: its hash would be in nobody's key, and an error for a wrong one in everybody's cache.
    /// </param>
    public static SignedPayload Decide(string? given, bool hasBody) => !hasBody
        ? new SignedPayload(SignatureVerifier.EmptyPayloadHash, false, false, false)
        : given switch
        {
            null => new SignedPayload(SignatureVerifier.UnsignedPayload, false, false, false), // it streams through, and cannot be hashed before it is sent
            PayloadHash.UnsignedChunksAndTrailer => new SignedPayload(given, true, true, false),
            PayloadHash.SignedChunks or PayloadHash.AsymmetricChunks => new SignedPayload(SignatureVerifier.UnsignedPayload, true, false, true),
            PayloadHash.SignedChunksAndTrailer or PayloadHash.AsymmetricChunksAndTrailer => new SignedPayload(PayloadHash.UnsignedChunksAndTrailer, true, true, true),
            _ => new SignedPayload(given, false, false, false), // a hash, or what the origin refuses
        };
}
