// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;

namespace Frontier.Protocols.SigV4;

/// <summary>
/// The chain of chunk signatures of a streamed body (<c>neighbours.md</c> §1.2): each covers the one before it, the first the
/// signature of the request's head. Not thread-safe.
/// </summary>
public sealed class ChunkSigner(byte[] key, string timestamp, CredentialScope scope, string seedSignature)
{
    private string _previous = seedSignature;

    /// <summary>Signs the next chunk by the SHA-256 of its data; the last chunk is the empty one.</summary>
    public string SignChunk(ReadOnlySpan<byte> dataHash) =>
        _previous = CredentialScope.SignText(
            key, $"{CredentialScope.Algorithm}-PAYLOAD\n{timestamp}\n{scope}\n{_previous}\n{SignatureVerifier.EmptyPayloadHash}\n{Convert.ToHexStringLower(dataHash)}");

    /// <summary>Signs the trailer fields, given as <c>name:value\n</c> each.</summary>
    public string SignTrailer(string canonicalTrailer) =>
        _previous = CredentialScope.SignText(
            key, $"{CredentialScope.Algorithm}-TRAILER\n{timestamp}\n{scope}\n{_previous}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalTrailer)))}");
}
