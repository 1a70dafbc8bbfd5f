// SPDX-License-Identifier: Apache-2.0

namespace Frontier.HitRate.Traces;

/// <summary>Draws ranks from 0: rank r comes with a weight of (r + 1)^-skew.</summary>
internal sealed class Zipf
{
    private readonly double[] _cumulative;
    private readonly Random _random;

    public Zipf(int objects, double skew, Random random)
    {
        _cumulative = new double[objects];
        _random = random;
        var sum = 0d;
        for (var i = 0; i < objects; i++)
        {
            _cumulative[i] = sum += Math.Pow(i + 1, -skew);
        }
    }

    public int Next()
    {
        var at = Array.BinarySearch(_cumulative, _random.NextDouble() * _cumulative[^1]);
        return at < 0 ? ~at : at;
    }
}
