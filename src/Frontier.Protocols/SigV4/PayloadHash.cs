// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.SigV4;

/// <summary>The values of <c>x-amz-content-sha256</c> that are no hash (<c>neighbours.md</c> §1.2).</summary>
public static class PayloadHash
{
    public const string Header = "x-amz-content-sha256";
    public const string SignedChunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    public const string SignedChunksAndTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    public const string AsymmetricChunks = "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD";
    public const string AsymmetricChunksAndTrailer = "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER";
    public const string UnsignedChunksAndTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
}
