// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Frontier.Signing;

/// <summary>Reads a signer's private key.</summary>
internal static class PrivateKeyFile
{
    private const int RsaBits = 2_048;

    /// <summary>Null, with what is wrong and what to do about it, unless the file holds a key that signs for CloudFront.</summary>
    public static AsymmetricAlgorithm? Read(string path, out string fault)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            fault = $"--private-key {path} cannot be read: {error.Message}";
            return null;
        }

        fault = text.Contains("ENCRYPTED", StringComparison.Ordinal) ? $"--private-key {path} is encrypted: decrypt it first, with: openssl pkey -in {path} -out plain.pem"
            : text.Contains("BEGIN PUBLIC KEY", StringComparison.Ordinal) ? $"--private-key {path} is a public key: give the private half, with which is signed."
            : $"--private-key {path} is no private key: give a PEM file of RSA with 2048 bits or of ECDSA with P-256.";
        return (AsymmetricAlgorithm?)Import(RSA.Create(), text, static rsa => rsa.KeySize == RsaBits && HasPrivate(rsa))
            ?? Import(ECDsa.Create(), text, static ecdsa => ecdsa.ExportParameters(includePrivateParameters: true).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value);
    }

    private static bool HasPrivate(RSA rsa) => rsa.ExportParameters(includePrivateParameters: true).D is not null;

    private static T? Import<T>(T key, string text, Func<T, bool> isUsable)
        where T : AsymmetricAlgorithm
    {
        try
        {
            key.ImportFromPem(text);
            if (isUsable(key))
            {
                return key;
            }
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            // Not a key of this algorithm; the caller says so once none fits.
        }

        key.Dispose();
        return null;
    }
}
