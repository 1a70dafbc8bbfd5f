// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Purging;

/// <summary>
/// A polynomial hash modulo 2^61 - 1 at a secret point: the hashes of all prefixes of a target fall out of one pass over it,
/// so that a target is tested against prefixes of every length at once.
/// </summary>
internal sealed class TargetHasher(ulong secret)
{
    /// <summary>The hash of no bytes at all.</summary>
    public const ulong Empty = 1;

    private const ulong Modulus = (1UL << 61) - 1;
    private readonly ulong _point = (secret % (Modulus - 1024)) + 512;

    public ulong Hash(ReadOnlySpan<byte> target)
    {
        var hash = Empty;
        foreach (var value in target)
        {
            hash = Next(hash, value);
        }

        return hash;
    }

    /// <summary>The hash of a text one byte longer.</summary>
    public ulong Next(ulong hash, byte value)
    {
        var high = Math.BigMul(hash, _point, out var low);
        var sum = (low & Modulus) + ((low >> 61) | (high << 3)) + value + 1;
        sum = (sum & Modulus) + (sum >> 61);
        return sum >= Modulus ? sum - Modulus : sum;
    }
}
