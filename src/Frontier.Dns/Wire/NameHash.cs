// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;

namespace Frontier.Dns.Wire;

/// <summary>
/// Hashes names label by label from the root, so that one walk gives the hashes of a name and of all that it lies below. Another
/// seed in each process: nobody outside can choose names that meet.
/// </summary>
internal static class NameHash
{
    private const ulong Multiplier = 0xA0761D6478BD642F;

    /// <summary>The hash of the root.</summary>
    public static readonly ulong Root = (ulong)Random.Shared.NextInt64() | 1;

    /// <param name="label">In lower case, without its length.</param>
    public static ulong Extend(ulong hash, ReadOnlySpan<byte> label)
    {
        hash = Mix(hash ^ (ulong)label.Length);
        while (label.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(label));
            label = label[sizeof(ulong)..];
        }

        var tail = 0UL;
        foreach (var octet in label)
        {
            tail = (tail << 8) | octet;
        }

        return Mix(hash ^ tail);
    }

    /// <param name="name">In wire form and lower case, with its root.</param>
    public static ulong Of(ReadOnlySpan<byte> name) => name[0] == 0 ? Root : Extend(Of(name[(name[0] + 1)..]), name.Slice(1, name[0]));

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value ^ 0xE7037ED1A0B428DB, Multiplier, out var low);
        return high ^ low;
    }
}
