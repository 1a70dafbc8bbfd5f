// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;

namespace Frontier.Control.Credentials;

/// <summary>
/// Encrypts secrets for the store, those of access keys and the private keys of certificates: AES-256-GCM (NIST SP 800-38D) with a nonce of
/// its own for each, and the id of what it belongs to as associated data, so that no secret can be moved to another. Thread-safe.
/// </summary>
/// <param name="key">32 bytes.</param>
internal sealed class SecretSeal(byte[] key)
{
    /// <summary>The length of <see cref="ControlOptions.SecretsKey"/>.</summary>
    public const int KeyBytes = 32;

    /// <summary>Tells this form from later ones.</summary>
    private const string Form = "1:";

    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    /// <summary>The form, then nonce, ciphertext and tag in base64.</summary>
    public string Seal(string keyId, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(^TagBytes..), Encoding.UTF8.GetBytes(keyId));
        return Form + Convert.ToBase64String(box);
    }

    /// <summary>The secret, or null when it was sealed with another key, for another access key, or was altered since.</summary>
    public string? TryOpen(string keyId, string text)
    {
        var box = new byte[text.Length];
        if (!text.StartsWith(Form, StringComparison.Ordinal) || !Convert.TryFromBase64String(text[Form.Length..], box, out var length) || length < NonceBytes + TagBytes)
        {
            return null;
        }

        var plain = new byte[length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        try
        {
            cipher.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, plain.Length), box.AsSpan(length - TagBytes, TagBytes), plain, Encoding.UTF8.GetBytes(keyId));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(plain);
    }
}
