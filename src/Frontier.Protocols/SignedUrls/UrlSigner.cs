// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Frontier.Protocols.SignedUrls;

/// <summary>Signs as CloudFront's signers do (DP-24.2): RSA with PKCS #1 version 1.5, ECDSA as a DER sequence.</summary>
/// <param name="key">A private key: <see cref="RSA"/> or <see cref="ECDsa"/>. The caller's to dispose of.</param>
public sealed class UrlSigner(AsymmetricAlgorithm key, string keyPairId, SigningHash hash)
{
    /// <summary>The parts of a canned policy's signature, by the names they have in a query.</summary>
    public ImmutableArray<(string Name, string Value)> SignCanned(string url, long expires) =>
        [(SigningNames.Expires, expires.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. Proof(Encoding.UTF8.GetBytes(CannedPolicy.Of(url, expires)))];

    /// <summary>The same for a policy that goes along.</summary>
    public ImmutableArray<(string Name, string Value)> SignCustom(ReadOnlySpan<byte> policy) => [(SigningNames.Policy, SignatureEncoding.Encode(policy)), .. Proof(policy)];

    /// <summary>The URL with the parts after its own parameters (DP-24.7).</summary>
    public static string Append(string url, ImmutableArray<(string Name, string Value)> parts) =>
        url + (url.Contains('?', StringComparison.Ordinal) ? '&' : '?') + string.Join('&', parts.Select(static part => $"{part.Name}={part.Value}"));

    private ImmutableArray<(string Name, string Value)> Proof(ReadOnlySpan<byte> text)
    {
        ImmutableArray<(string, string)> proof = [(SigningNames.Signature, SignatureEncoding.Encode(Sign(text))), (SigningNames.KeyPairId, keyPairId)];
        return hash switch
        {
            SigningHash.Sha1 => proof,
            SigningHash.Sha256 => proof.Add((SigningNames.HashAlgorithm, "SHA256")),
        };
    }

    private byte[] Sign(ReadOnlySpan<byte> text) => key switch
    {
        RSA rsa => rsa.SignData(text, hash.Name, RSASignaturePadding.Pkcs1),
        ECDsa ecdsa => ecdsa.SignData(text, hash.Name, DSASignatureFormat.Rfc3279DerSequence),
        _ => throw new NotSupportedException("A signer's key is of RSA or ECDSA."),
    };
}
