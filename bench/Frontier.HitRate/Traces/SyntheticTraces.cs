// SPDX-License-Identifier: Apache-2.0

namespace Frontier.HitRate.Traces;

/// <summary>The traces of the table: seeded, so that each run and each policy sees the same requests.</summary>
internal static class SyntheticTraces
{
    private const int Seed = 20_261_121;
    private const int Objects = 1_000_000;

    public static IEnumerable<Func<Trace>> All =>
    [
        () => Independent("Zipf(1.0), cache 1 %", 10_000_000, 1.0, Objects / 100),
        () => Independent("Zipf(1.0), cache 10 %", 10_000_000, 1.0, Objects / 10),
        () => Independent("Zipf(0.7), cache 1 %", 5_000_000, 0.7, Objects / 100),
        () => Independent("Zipf(0.7), cache 10 %", 5_000_000, 0.7, Objects / 10),
        ScanHeavy,
        Loop,
        SizeSkewed,
        OneHitWonders,
        Shifting,
    ];

    /// <summary>Each request drawn on its own.</summary>
    private static Trace Independent(string name, int requests, double skew, int slots)
    {
        var zipf = new Zipf(Objects, skew, new Random(Seed));
        return new Trace(name, Draw(requests, zipf.Next), slots, NoBody);
    }

    /// <summary>Zipf(0.9) over 100,000 objects; after every 20,000 requests a scan over 10,000 objects that never come again.</summary>
    private static Trace ScanHeavy()
    {
        var zipf = new Zipf(100_000, 0.9, new Random(Seed));
        var (next, left, since) = (Objects, 0, 0);
        return new Trace("Scans between Zipf(0.9)", Draw(4_000_000, Next), 5_000, NoBody);

        int Next()
        {
            if (left > 0)
            {
                left--;
                return next++;
            }

            if (++since == 20_000)
            {
                (since, left) = (0, 10_000);
            }

            return zipf.Next();
        }
    }

    /// <summary>Half of the requests go round and round over twice as many objects as the cache holds, half are Zipf(0.9).</summary>
    private static Trace Loop()
    {
        var random = new Random(Seed);
        var zipf = new Zipf(100_000, 0.9, random);
        var at = 0;
        return new Trace("Loop over twice the cache, mixed with Zipf(0.9)", Draw(4_000_000, () => random.Next(2) == 0 ? Objects + (at++ % 20_000) : zipf.Next()), 10_000, NoBody);
    }

    /// <summary>Zipf(0.9) over 200,000 objects whose sizes are log-normal (median 4 KiB, sigma 1.2, at most 64 KiB), whatever their rank.</summary>
    private static Trace SizeSkewed()
    {
        var random = new Random(Seed);
        var sizes = Draw(200_000, () => (int)Math.Clamp(4096 * Math.Exp(1.2 * Normal(random)), 1, 64 << 10));
        var zipf = new Zipf(sizes.Length, 0.9, random);
        return new Trace("Log-normal sizes, Zipf(0.9)", Draw(4_000_000, zipf.Next), 10_000, key => sizes[key]);
    }

    /// <summary>Zipf(0.8) over 100,000 objects, and as many requests again for objects that are asked for once.</summary>
    private static Trace OneHitWonders()
    {
        var random = new Random(Seed);
        var zipf = new Zipf(100_000, 0.8, random);
        var next = Objects;
        return new Trace("One-hit wonders, half of all", Draw(4_000_000, () => random.Next(2) == 0 ? next++ : zipf.Next()), 5_000, NoBody);
    }

    /// <summary>Zipf(0.9) over a window of 100,000 objects that moves on by a tenth of a percent every 1,000 requests.</summary>
    private static Trace Shifting()
    {
        var zipf = new Zipf(100_000, 0.9, new Random(Seed));
        var count = 0;

        // Ranks are spread over the window, so that the popular ones leave it at different times.
        return new Trace("Shifting popularity, Zipf(0.9)", Draw(4_000_000, () => Place(zipf.Next(), count++ / 1_000)), 5_000, NoBody);

        static int Place(int rank, int shifts)
        {
            // A rank's object changes when the window has passed its place, so that no two ranks change at once.
            var place = (int)(rank * 48_271L % 100_000);
            return (rank * 100) + ((place + (shifts * 100)) / 100_000);
        }
    }

    private static int NoBody(int key) => 0;

    private static int[] Draw(int count, Func<int> next)
    {
        var drawn = new int[count];
        for (var i = 0; i < count; i++)
        {
            drawn[i] = next();
        }

        return drawn;
    }

    /// <summary>Box and Muller.</summary>
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
