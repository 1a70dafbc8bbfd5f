// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Frontier.Decisions.Tiers;

/// <summary>
/// A cache key in few bytes, the same on every machine: it finds the owner, and shows a parent that it has come to the same key
/// as who asks it. A parent that has come to another one, by an older configuration, must not answer.
/// </summary>
public readonly record struct TierKey
{
    /// <summary>Half of SHA-256: nobody finds two keys with the same.</summary>
    private const int Bytes = 16;

    private readonly UInt128 _digest;

    private TierKey(UInt128 digest) => _digest = digest;

    /// <summary>What <see cref="Rendezvous"/> draws by.</summary>
    public ulong Hash => (ulong)(_digest >> 64);

    public static TierKey Of(ReadOnlySpan<byte> key)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, digest);
        return new TierKey(BinaryPrimitives.ReadUInt128BigEndian(digest));
    }

    /// <summary>As <see cref="ToString"/> writes it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TierKey key)
    {
        key = default;
        if (text is not { Length: 2 * Bytes } || !UInt128.TryParse(text, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var digest))
        {
            return false;
        }

        key = new TierKey(digest);
        return true;
    }

    /// <summary>32 hex digits.</summary>
    public override string ToString() => _digest.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
