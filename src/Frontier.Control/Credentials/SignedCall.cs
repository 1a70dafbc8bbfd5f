// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Credentials;

/// <summary>A call whose signature was found good.</summary>
/// <param name="Source">The address it came from.</param>
/// <param name="Body">As it was signed.</param>
internal sealed record SignedCall(SignableRequest Request, SignatureClaim Claim, AccessKey Key, string Source, string RequestId, ReadOnlyMemory<byte> Body)
{
    /// <summary>Half of a SHA-256: no two calls will ever have the same.</summary>
    private const int FingerprintBytes = 16;

    private string? _fingerprint;

    /// <summary>
    /// What tells the call from every other. Of what is signed, not of the signature: of an ECDSA signature there are two forms, which
    /// anybody can make of each other. Worked out when it is first asked for: who only looks needs none.
    /// </summary>
    public string Fingerprint => _fingerprint ??= Work();

    private string Work()
    {
        var payloadHash = Convert.ToHexStringLower(SHA256.HashData(Body.Span));
        var canonical = CanonicalRequest.Build(Request, Claim.SignedHeaders, payloadHash, doubleEncodePath: true);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Claim.AccessKeyId}\n{Claim.Timestamp}\n{canonical}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, FingerprintBytes));
    }
}
