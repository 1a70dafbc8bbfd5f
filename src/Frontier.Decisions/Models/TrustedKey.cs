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

/// <summary>A public key, ready to verify (DP-24.2). Thread-safe: keys of the platform are used by one thread at a time, and kept for the next.</summary>
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

    /// <summary>False when the text is no key of one of the two algorithms.</summary>
    public static bool TryCreate(PublicKeyConfig config, [NotNullWhen(true)] out TrustedKey? key)
    {
        key = null;
        var info = new byte[config.SubjectPublicKeyInfo.Length];
        if (!Convert.TryFromBase64String(config.SubjectPublicKeyInfo, info, out var length))
        {
            return false;
        }

        var made = new TrustedKey(config.Id, info[..length]);
        if (made.Import() is not { } first)
        {
            return false;
        }

        made._idle.Add(first);
        key = made;
        return true;
    }

    public bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature, SigningHash hash)
    {
        var key = _idle.TryTake(out var idle) ? idle : Import() ?? throw new InvalidOperationException("A key that was imported once is none any more.");
        var isGood = key switch
        {
            RSA rsa => rsa.VerifyData(text, signature, hash.Name, RSASignaturePadding.Pkcs1),
            ECDsa ecdsa => ecdsa.VerifyData(text, signature, hash.Name, DSASignatureFormat.Rfc3279DerSequence),
            _ => throw new InvalidOperationException("A key is of RSA or ECDSA."),
        };
        if (_idle.Count < MaxIdle)
        {
            _idle.Add(key);
        }
        else
        {
            key.Dispose();
        }

        return isGood;
    }

    private AsymmetricAlgorithm? Import()
    {
        try
        {
            var key = PublicKey.CreateFromSubjectPublicKeyInfo(_info, out var read);
            return read != _info.Length ? null : (AsymmetricAlgorithm?)key.GetRSAPublicKey() ?? key.GetECDsaPublicKey();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
