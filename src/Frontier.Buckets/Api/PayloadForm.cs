// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Globalization;
using Frontier.Protocols.SigV4;

namespace Frontier.Buckets.Api;

/// <summary>How a body's bytes are framed and vouched for (<c>neighbours.md</c> §1.2).</summary>
/// <param name="Sha256">The body's hash in lower-case hex, when it is signed as a whole.</param>
/// <param name="Signer">Checks the chunks, when each is signed.</param>
/// <param name="IsChunked">The body is <c>aws-chunked</c>.</param>
/// <param name="HasTrailer">Fields follow the last chunk.</param>
internal sealed record PayloadForm(string? Sha256, ChunkSigner? Signer, bool IsChunked, bool HasTrailer)
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public static readonly PayloadForm Unsigned = new(null, null, false, false);

    /// <summary>Reads the header's value. Signed chunks need the claim they continue and its secret, which a caller without signature has not.</summary>
    public static S3Fault? TryRead(string? value, SignatureClaim? claim, string? secret, out PayloadForm form)
    {
        form = Unsigned;
        switch (value)
        {
            case null or SignatureVerifier.UnsignedPayload:
                return null;
            case PayloadHash.UnsignedChunksAndTrailer:
                form = new PayloadForm(null, null, true, true);
                return null;
            case PayloadHash.SignedChunks or PayloadHash.SignedChunksAndTrailer when claim is not null && secret is not null:
                form = new PayloadForm(null, new ChunkSigner(claim.Scope.DeriveKey(secret), claim.Timestamp, claim.Scope, claim.Signature), true, value == PayloadHash.SignedChunksAndTrailer);
                return null;
            case { Length: 64 } when !value.AsSpan().ContainsAnyExcept(HexDigits):
                form = new PayloadForm(value.ToLower(CultureInfo.InvariantCulture), null, false, false);
                return null;
            case not null when value.StartsWith("STREAMING-AWS4-ECDSA", StringComparison.Ordinal):
                return new S3Fault(S3Error.NotImplemented, "Signature Version 4A is not implemented.");
            default:
                return new S3Fault(S3Error.InvalidArgument, "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a known STREAMING form, or a valid sha256 value.");
        }
    }
}
