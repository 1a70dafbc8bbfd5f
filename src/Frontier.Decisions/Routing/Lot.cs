// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Frontier.Decisions.Routing;

/// <summary>
/// What machines draw to decide who of them does something, the same wherever it is drawn: weighted rendezvous hashing (Thaler and
/// Ravishankar, 1998; weights after Schindelhauer and Schomaker, 2005).
/// </summary>
public static class Lot
{
    /// <summary>What the draws of a name are made of.</summary>
    public static ulong SeedOf(string name) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    /// <summary>A number between 0 and 1, and neither of them.</summary>
    public static double Draw(ulong seed, ulong key)
    {
        const double Unit = 1.0 / (1UL << 53);
        return ((Mix(seed ^ key) >> 11) + 0.5) * Unit;
    }

    /// <summary>An exponential race: of several scores for one key the highest is as often a machine's as its weight says.</summary>
    public static double Score(ulong seed, int weight, ulong key) => weight / -Math.Log(Draw(seed, key));

    /// <summary>Vigna's splitmix64: each bit of the outcome depends on each of the input.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
