// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Frontier.Protocols.SignedUrls;

/// <summary>The digest that is signed (DP-24.2): SHA-1 where nothing is said.</summary>
public enum SigningHash
{
    Sha1,
    Sha256,
}

public static class SigningHashes
{
    extension(SigningHash hash)
    {
        public HashAlgorithmName Name => hash switch
        {
            SigningHash.Sha1 => HashAlgorithmName.SHA1,
            SigningHash.Sha256 => HashAlgorithmName.SHA256,
        };
    }

    /// <summary>The value of <c>Hash-Algorithm</c>; empty for none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out SigningHash hash)
    {
        hash = value.SequenceEqual("SHA256"u8) ? SigningHash.Sha256 : SigningHash.Sha1;
        return value.IsEmpty || hash is SigningHash.Sha256 || value.SequenceEqual("SHA1"u8);
    }
}
