// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Decisions.Routing;
// taken at the merge
public static class Rendezvous
{
    public static ulong SeedOf(string name)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var value in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ value) * 0x100000001b3UL;
        }

        return Mix(hash);
    }

    public static double Draw(ulong seed, ulong key)
    {
        const double Unit = 1.0 / (1UL << 53);
        return ((Mix(seed ^ key) >> 11) + 0.5) * Unit;
    }

    public static double Score(ulong seed, int weight, ulong key) => weight / -Math.Log(Draw(seed, key));

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
