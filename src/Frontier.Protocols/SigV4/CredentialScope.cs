// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;

namespace Frontier.Protocols.SigV4;

/// <summary>Day, region and service a signature is bound to: <c>20260807/us-east-1/cloudfront/aws4_request</c>.</summary>
/// <param name="Region">Empty in an asymmetric signature, which has its regions in a header.</param>
public readonly record struct CredentialScope(string Date, string Region, string Service)
{
    /// <summary>The symmetric algorithm; <see cref="AsymmetricKey.Algorithm"/> is the other.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public override string ToString() => Region.Length == 0 ? $"{Date}/{Service}/aws4_request" : $"{Date}/{Region}/{Service}/aws4_request";

    /// <summary>Derives the key that signs in this scope.</summary>
    public byte[] DeriveKey(string secret)
    {
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secret), Encoding.UTF8.GetBytes(Date));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(Region));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(Service));
        return HMACSHA256.HashData(key, "aws4_request"u8);
    }

    /// <summary>Signs a canonical request; 64 lower-case hex digits.</summary>
    public string Sign(byte[] key, string timestamp, string canonicalRequest) => SignText(key, StringToSign(Algorithm, timestamp, canonicalRequest));

    /// <summary>What either algorithm signs of a canonical request.</summary>
    public string StringToSign(string algorithm, string timestamp, string canonicalRequest)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)));
        return $"{algorithm}\n{timestamp}\n{this}\n{hash}";
    }

    public static string SignText(byte[] key, string stringToSign) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(stringToSign)));
}
