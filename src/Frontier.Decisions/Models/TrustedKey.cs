// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Frontier.Contracts;
using Frontier.Protocols.SignedUrls;

namespace Frontier.Decisions.Models;

/// <summary>A public key, ready to verify what its owner has signed (DP-24.2), or to encrypt for its owner (DP-25.8). Thread-safe: keys of the platform are used by one thread at a time, and kept for the next.</summary>
public sealed class TrustedKey
{
    /// <summary>More threads at once make keys of their own and throw them away.</summary>
    private const int MaxIdle = 16;

    private readonly byte[] _info;
    private readonly ConcurrentBag<AsymmetricAlgorithm> _idle = [];

    private TrustedKey(string id, byte[] info)
    {
        Id = [.. Encoding.Latin1.GetBytes(id)];
        _info = info;
    }

    /// <summary>As signers send it.</summary>
    public ImmutableArray<byte> Id { get; }

    /// <summary>What <see cref="Encrypt"/> writes; 0 for a key that cannot encrypt, which is none of RSA.</summary>
    public int RsaBytes { get; private init; }

    /// <summary>False when the text is no key of one of the two algorithms.</summary>
    public static bool TryCreate(PublicKeyConfig config, [NotNullWhen(true)] out TrustedKey? key)
    {
        key = null;
        var info = new byte[config.SubjectPublicKeyInfo.Length];
        if (!Convert.TryFromBase64String(config.SubjectPublicKeyInfo, info, out var length))
        {
            return false;
        }

        if (Import(info[..length]) is not { } first)
        {
            return false;
        }

        var made = new TrustedKey(config.Id, info[..length]) { RsaBytes = first is RSA ? (first.KeySize + 7) / 8 : 0 };
        made._idle.Add(first);
        key = made;
        return true;
    }

    public bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature, SigningHash hash)
    {
        var key = Take();
        var isGood = key switch
        {
            RSA rsa => rsa.VerifyData(text, signature, hash.Name, RSASignaturePadding.Pkcs1),
            ECDsa ecdsa => ecdsa.VerifyData(text, signature, hash.Name, DSASignatureFormat.Rfc3279DerSequence),
            _ => throw new InvalidOperationException("A key is of RSA or ECDSA."),
        };
        GiveBack(key);
        return isGood;
    }

    /// <summary>RFC 8017, section 7.1, with SHA-256 for both digests.</summary>
    /// <param name="encrypted">Exactly <see cref="RsaBytes"/> long.</param>
    /// <exception cref="CryptographicException">The numbers of the key make none.</exception>
    public void Encrypt(ReadOnlySpan<byte> secret, Span<byte> encrypted)
    {
        var key = Take();
        ((RSA)key).Encrypt(secret, encrypted, RSAEncryptionPadding.OaepSHA256);
        GiveBack(key);
    }

    private AsymmetricAlgorithm Take() =>
        _idle.TryTake(out var idle) ? idle : Import(_info) ?? throw new InvalidOperationException("A key that was imported once is none any more.");

    private void GiveBack(AsymmetricAlgorithm key)
    {
        if (_idle.Count < MaxIdle)
        {
            _idle.Add(key);
        }
        else
        {
            key.Dispose();
        }
    }

    private static AsymmetricAlgorithm? Import(byte[] info)
    {
        try
        {
            var key = PublicKey.CreateFromSubjectPublicKeyInfo(info, out var read);
            return read != info.Length ? null : (AsymmetricAlgorithm?)key.GetRSAPublicKey() ?? key.GetECDsaPublicKey();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
