// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Control.OwnApi.Rollouts;

namespace Frontier.OwnApi;

/// <summary>The state of the rollout, for a terminal.</summary>
internal static class RolloutText
{
    public static string Of(RolloutDocument rollout) => string.Join('\n', Lines(rollout));

    private static IEnumerable<string> Lines(RolloutDocument rollout)
    {
        if (rollout.Status == "Complete")
        {
            yield return Text($"Every edge gets version {rollout.GoodVersion}, the newest ({(rollout.Mode == "Waves" ? "rolled out in waves" : "all versions at once")}).");
            yield break;
        }

        if (rollout.Reason is { } reason)
        {
            yield return rollout.Version is { } halted
                ? Text($"Halted: version {halted} goes to no edge; all have version {rollout.GoodVersion}, or are being sent it.")
                : Text($"Halted: nothing newer than version {rollout.GoodVersion} goes to any edge.");
            yield return Text($"Why: {reason}");
            yield return "Mend the configuration and say \"frontier rollout resume\", or take the change back with \"frontier rollout rollback\".";
        }
        else if (rollout.Version is { } version)
        {
            yield return Text($"Version {version} is on {(rollout.Wave == "Canary" ? "one edge" : "one point of presence")} since {When(rollout.WaveSince)}: {string.Join(", ", rollout.Edges ?? [])}.");
            yield return rollout.ServedSince is { } since ? Text($"All of them serve it since {When(since)}. Others have version {rollout.GoodVersion}.") : Text($"Not all of them serve it yet. Others have version {rollout.GoodVersion}.");
        }
        else
        {
            yield return Text($"All edges have version {rollout.GoodVersion}; version {rollout.NewestVersion} is about to go to the first.");
        }

        if (rollout.Version is { } target && rollout.NewestVersion > target)
        {
            yield return Text($"Newer ones wait, up to version {rollout.NewestVersion}.");
        }
    }

    private static string When(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
