// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Control.Domain.Keys;

/// <summary>The kinds of key that CloudFront takes (API-6.12).</summary>
internal enum PublicKeyAlgorithm
{
    Rsa2048,
    EcdsaP256,
}

/// <summary>What a PEM text says: a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7) of one of the two algorithms.</summary>
internal sealed record PublicKeyMaterial(PublicKeyAlgorithm Algorithm, ImmutableArray<byte> SubjectPublicKeyInfo)
{
    private const string Label = "PUBLIC KEY";
    private const int RsaBits = 2_048;

    /// <summary>Far more than either algorithm needs; what is longer is not looked at.</summary>
    private const int LongestText = 4_096;

    /// <summary>False unless the text is one PEM block (RFC 7468, section 13) and nothing else, and its key can be used.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PublicKeyMaterial? material)
    {
        material = null;
        if (text.Length > LongestText || !PemEncoding.TryFind(text, out var fields) || text[fields.Label] != Label || !IsAlone(text, fields.Location))
        {
            return false;
        }

        var info = Convert.FromBase64String(text[fields.Base64Data]);
        if (FindAlgorithm(info) is not { } algorithm)
        {
            return false;
        }

        material = new PublicKeyMaterial(algorithm, [.. info]);
        return true;
    }

    public bool IsSameKeyAs(PublicKeyMaterial other) => SubjectPublicKeyInfo.AsSpan().SequenceEqual(other.SubjectPublicKeyInfo.AsSpan());

    private static bool IsAlone(string text, Range block)
    {
        var (start, length) = block.GetOffsetAndLength(text.Length);
        return text.AsSpan(0, start).IsWhiteSpace() && text.AsSpan(start + length).IsWhiteSpace();
    }

    private static PublicKeyAlgorithm? FindAlgorithm(byte[] info)
    {
        try
        {
            var key = PublicKey.CreateFromSubjectPublicKeyInfo(info, out var read);
            if (read != info.Length)
            {
                return null;
            }

            using var rsa = key.GetRSAPublicKey();
            using var ecdsa = key.GetECDsaPublicKey();
            return rsa is not null && IsUsable(rsa) ? PublicKeyAlgorithm.Rsa2048
                : ecdsa is not null && IsP256(ecdsa) ? PublicKeyAlgorithm.EcdsaP256
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The library takes any two numbers for a key; an even one, or an exponent of one, is none (RFC 8017, section 3.1).</summary>
    private static bool IsUsable(RSA rsa)
    {
        if (rsa.KeySize != RsaBits)
        {
            return false;
        }

        var key = rsa.ExportParameters(includePrivateParameters: false);
        return key is { Modulus: [.., var last], Exponent: [.., var end] exponent } && (last & 1) == 1 && (end & 1) == 1 && exponent.AsSpan().TrimStart((byte)0) is not [1];
    }

    private static bool IsP256(ECDsa ecdsa)
    {
        var curve = ecdsa.ExportParameters(includePrivateParameters: false).Curve;
        return curve.IsNamed && curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
    }
}
