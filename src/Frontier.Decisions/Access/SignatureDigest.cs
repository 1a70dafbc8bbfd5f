// SPDX-License-Identifier: Apache-2.0

using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Frontier.Decisions.Access;

/// <summary>Stands for everything that was verified, key apart: SHA-256, since whoever finds another text with the same digest gets in without a signature.</summary>
public readonly record struct SignatureDigest(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    public static SignatureDigest Of(ReadOnlySpan<byte> text)
    {
        Span<ulong> digest = stackalloc ulong[4];
        SHA256.HashData(text, MemoryMarshal.AsBytes(digest));
        return new SignatureDigest(digest[0], digest[1], digest[2], digest[3]);
    }
}
