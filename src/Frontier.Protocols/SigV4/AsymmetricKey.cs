// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Frontier.Protocols.SigV4;

/// <summary>
/// Signature Version 4A, the asymmetric one: ECDSA on P-256 with a key that follows from an access key alone, the same for every
/// day, region and service. Global endpoints ask for it. Stateless.
/// </summary>
public static class AsymmetricKey
{
    public const string Algorithm = "AWS4-ECDSA-P256-SHA256";

    /// <summary>The header, always signed, with the regions for which a signature is meant; <c>*</c> for all.</summary>
    public const string RegionSetHeader = "x-amz-region-set";

    private const int KeyBytes = 32;

    /// <summary>The order of P-256 less two: candidates up to this make a key (SEC 2, section 2.4.2).</summary>
    private static readonly BigInteger LargestCandidate = BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", System.Globalization.NumberStyles.AllowHexSpecifier, null) - 2;

    /// <summary>
    /// The key pair of an access key: HMAC-SHA256 in counter mode (NIST SP 800-108, section 4.1) under the secret, until a
    /// candidate falls within the curve's order; all but one of four billion do at once.
    /// </summary>
    /// <exception cref="CryptographicException">No counter gave a key; no access key for which that happens is known.</exception>
    public static ECDsa Derive(AccessKey key)
    {
        var secret = Encoding.UTF8.GetBytes("AWS4A" + key.Secret);
        for (var counter = 1; counter < byte.MaxValue; counter++)
        {
            var candidate = new BigInteger(HMACSHA256.HashData(secret, FixedInput(key.Id, (byte)counter)), isUnsigned: true, isBigEndian: true);
            if (candidate <= LargestCandidate)
            {
                return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = ToBytes(candidate + 1) });
            }
        }

        throw new CryptographicException("No private key follows from this access key.");
    }

    /// <summary>Whether <paramref name="signature"/>, hexadecimal of a DER sequence, signs <paramref name="stringToSign"/> by that key.</summary>
    public static bool Verify(AccessKey key, string stringToSign, string signature)
    {
        // 72 bytes is the longest that a DER sequence of two numbers of this curve can be.
        Span<byte> bytes = stackalloc byte[72];
        if (Convert.FromHexString(signature, bytes, out _, out var length) != OperationStatus.Done)
        {
            return false;
        }

        using var pair = Derive(key);
        return pair.VerifyData(Encoding.UTF8.GetBytes(stringToSign), bytes[..length], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Iteration, label, a zero, context, and the length of the key in bits.</summary>
    private static byte[] FixedInput(string keyId, byte counter)
    {
        var label = Encoding.ASCII.GetBytes(Algorithm);
        var context = Encoding.UTF8.GetBytes(keyId);
        var input = new byte[4 + label.Length + 1 + context.Length + 1 + 4];
        BinaryPrimitives.WriteInt32BigEndian(input, 1);
        label.CopyTo(input, 4);
        context.CopyTo(input, 4 + label.Length + 1);
        input[^5] = counter;
        BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(input.Length - 4), KeyBytes * 8);
        return input;
    }

    private static byte[] ToBytes(BigInteger number)
    {
        var bytes = new byte[KeyBytes];
        var digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, KeyBytes - digits.Length);
        return bytes;
    }
}
