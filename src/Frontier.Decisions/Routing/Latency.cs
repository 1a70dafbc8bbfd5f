// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Routing;

/// <summary>What a distance costs, where nobody has measured it.</summary>
public static class Latency
{
    /// <summary>The way through a viewer's own network and ours, there and back.</summary>
    private const double LastMile = 6;

    /// <summary>
    /// Light in glass goes 200 km in a millisecond, there and back 100; cables are longer than the straight line by half on the
    /// whole (Singla and others, "The Internet at the speed of light", 2014).
    /// </summary>
    private const double PerKilometre = 1.5 / 100;

    /// <summary>A round trip, in milliseconds.</summary>
    public static double Estimate(double kilometres) => LastMile + (kilometres * PerKilometre);
}
