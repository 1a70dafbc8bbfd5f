// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Rollout;

/// <summary>What an operator decides about rollouts. The bounds are on how an edge fares beside how it fared before.</summary>
public sealed record RolloutOptions
{
    public RolloutMode Mode { get; init; } = RolloutMode.AtOnce;

    /// <summary>How long the edges of a wave serve the new version, and fare well, before the next one begins. 1 second to 1 hour.</summary>
    public TimeSpan WaveTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the edges of a wave may take until they serve the new version: reading and compiling ten thousand distributions takes seconds.</summary>
    public TimeSpan LoadTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>By how much the part of an edge's own errors may rise, 0 to 1.</summary>
    public double MostMoreErrors { get; init; } = 0.01;

    /// <summary>How many times longer than before the slowest hundredth of hits may take, and at least <see cref="LeastSlowdown"/> longer.</summary>
    public double MostTimesSlower { get; init; } = 2;

    /// <summary>A slowdown below this is noise, whatever it is a multiple of.</summary>
    public TimeSpan LeastSlowdown { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Fewer requests than these prove nothing.</summary>
    public int FewestRequests { get; init; } = 100;

    /// <summary>Every fault, each naming key, value and bound.</summary>
    public IEnumerable<string> Faults()
    {
        if (WaveTime < TimeSpan.FromSeconds(1) || WaveTime > TimeSpan.FromHours(1))
        {
            yield return $"Control:Rollout:WaveTime ({WaveTime}) is not between one second and one hour.";
        }

        if (LoadTime <= TimeSpan.Zero)
        {
            yield return $"Control:Rollout:LoadTime ({LoadTime}) is not positive.";
        }

        if (MostMoreErrors is not (>= 0 and <= 1))
        {
            yield return $"Control:Rollout:MostMoreErrors ({MostMoreErrors}) is not between 0 and 1.";
        }

        if (!(MostTimesSlower >= 1))
        {
            yield return $"Control:Rollout:MostTimesSlower ({MostTimesSlower}) is less than 1.";
        }

        if (LeastSlowdown < TimeSpan.Zero || FewestRequests < 1)
        {
            yield return $"Control:Rollout:LeastSlowdown ({LeastSlowdown}) is negative, or FewestRequests ({FewestRequests}) is less than 1.";
        }
    }
}
