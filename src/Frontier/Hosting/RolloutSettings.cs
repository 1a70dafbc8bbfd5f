// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Control.Rollout;

namespace Frontier.Hosting;

/// <summary>What the operator says of rollouts.</summary>
internal static class RolloutSettings
{
    public const string Mode = "rollout";
    public const string WaveTime = "wave-time";

    /// <param name="values">By flag name.</param>
    /// <param name="isLaptop">Whether everything runs in one process: there is one edge, and whoever sits before it waits for the change.</param>
    public static RolloutOptions Read(IReadOnlyDictionary<string, string> values, bool isLaptop, List<string> faults)
    {
        var mode = values.GetValueOrDefault(Mode, isLaptop ? "at-once" : "waves");
        if (mode is not ("waves" or "at-once"))
        {
            faults.Add($"--{Mode} is \"{mode}\": give waves, for one edge first, then its point of presence, then all, or at-once.");
        }

        var text = values.GetValueOrDefault(WaveTime, "30");
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 3_600)
        {
            faults.Add($"--{WaveTime} is \"{text}\": give a number of seconds from 1 to 3600.");
        }

        return new RolloutOptions { Mode = mode == "waves" ? RolloutMode.Waves : RolloutMode.AtOnce, WaveTime = TimeSpan.FromSeconds(seconds) };
    }
}
