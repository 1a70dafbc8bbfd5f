// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Control.Acme;

/// <summary>What a certificate is asked for with (RFC 2986), and the key that it will have.</summary>
internal static class SigningRequest
{
    public const string Rsa = "RSA_2048";
    public const string Ecdsa = "EC_prime256v1";

    /// <summary>The kinds of key that a certificate can be requested with, as ACM calls them.</summary>
    public static readonly ImmutableArray<string> KeyAlgorithms = [Rsa, Ecdsa];

    private const int RsaBits = 2_048;

    /// <summary>The longest common name (RFC 5280, appendix A.1).</summary>
    private const int LongestCommonName = 64;

    /// <summary>PEM of PKCS #8.</summary>
    public static string NewKey(string algorithm)
    {
        using AsymmetricAlgorithm key = algorithm == Rsa ? RSA.Create(RsaBits) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>DER, the same names for the same key however often it is made.</summary>
    public static byte[] Make(string algorithm, string keyPem, ImmutableArray<string> names)
    {
        var subject = new X500DistinguishedName(names[0].Length > LongestCommonName ? "" : $"CN={names[0]}");
        if (algorithm == Rsa)
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(keyPem);
            return Make(new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), names);
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(keyPem);
        return Make(new CertificateRequest(subject, ecdsa, HashAlgorithmName.SHA256), names);
    }

    private static byte[] Make(CertificateRequest request, ImmutableArray<string> names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        return request.CreateSigningRequest();
    }
}
